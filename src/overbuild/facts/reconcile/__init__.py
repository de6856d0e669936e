"""A table that someone typed, held against the ledger: each cell agrees, differs by definition, is wrong, or unknown."""
