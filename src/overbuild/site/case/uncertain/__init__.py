"""Uncertain: what drivers name of a case, the plan that they make of it, and how they move together."""
