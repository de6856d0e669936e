"""Chips and their ageing: what a unit earns, how long it pays to run it, what the books say of it meanwhile."""
