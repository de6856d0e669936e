"""Figures as issuers filed them: SEC companyfacts, inline XBRL and classic instances as rows of the ledger."""
