"""The waterfall: from operating cash to distributions, and recoveries in a default."""
