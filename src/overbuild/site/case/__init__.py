"""case: TODO."""
