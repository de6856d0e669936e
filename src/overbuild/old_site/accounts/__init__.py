"""Accounts: depreciation, income tax, the balance sheet, the class of a lease."""
