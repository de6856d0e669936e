"""waterfall: TODO."""
