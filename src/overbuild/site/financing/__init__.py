"""financing: TODO."""
