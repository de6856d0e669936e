"""Loans of a site: rates, debt service, balloons and the loans that refinance them."""
