"""Companyfacts from the SEC's own service: politely, once, with every body kept."""
