"""terms: TODO."""
