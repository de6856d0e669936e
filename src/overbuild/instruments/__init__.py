"""instruments: TODO."""
