"""Financing: sources of funds during construction, and what lenders are owed in operation."""
