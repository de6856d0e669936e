"""Clearing: what everyone pays when everyone pays what it can."""
