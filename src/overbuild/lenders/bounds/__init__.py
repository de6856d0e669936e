"""Bounds over every network that agrees with known totals, and the one network that says least beyond them."""
