"""Drivers: what is uncertain in a case, how it is spread, how it moves over time, what it moves with."""
