"""What is computed of a company's figures, on one page a period."""
