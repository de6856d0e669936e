"""Stress: how far a site is from breaking."""
