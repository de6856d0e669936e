"""A case file: started, checked, described, as a workbook."""
