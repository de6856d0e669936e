"""A large load on its grid, and under a tariff."""
