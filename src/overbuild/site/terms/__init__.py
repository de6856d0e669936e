"""What the equations of a site are given: what is static, constant, and given period by period; what a period leaves."""
