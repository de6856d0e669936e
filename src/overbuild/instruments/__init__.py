"""Instruments: loans, leases and recoveries by themselves."""
