"""Workflows together: which are worth a budget, and what share of all work agents must take for a spend to be earned."""
