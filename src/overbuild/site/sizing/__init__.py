"""sizing: TODO."""
