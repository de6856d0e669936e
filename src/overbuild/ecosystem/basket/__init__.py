"""Whether the shares of a basket still move together: correlation, dispersion, and a test of their change."""
