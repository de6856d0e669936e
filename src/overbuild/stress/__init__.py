"""stress: TODO."""
