"""Faults of a plan, each with its path: what the equations cannot run on, and what a case says to no effect."""
