"""Paths: how a world moves from period to period, as a stage in front of whatever takes from it."""
