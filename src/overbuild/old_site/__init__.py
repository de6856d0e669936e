"""Site: one project financed, from the first spending to the last distribution."""
