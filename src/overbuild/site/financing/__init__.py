"""Financing: who pays for the site while it is built, and what they are owed."""
