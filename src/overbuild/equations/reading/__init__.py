"""reading: TODO."""
