"""Loans of a project: rates, debt service, balloons and the loans that refinance them."""
