"""The waterfall: from operating cash to distributions, and what a default leaves."""
