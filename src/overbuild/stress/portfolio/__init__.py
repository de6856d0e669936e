"""A book of loans to sites: holdings of one lender, run in the same worlds."""
