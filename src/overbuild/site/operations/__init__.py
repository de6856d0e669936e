"""operations: TODO."""
