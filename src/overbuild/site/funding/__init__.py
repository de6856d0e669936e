"""Construction: what it uses, and who pays."""
