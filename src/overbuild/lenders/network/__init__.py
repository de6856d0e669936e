"""A network of payers: entities with their balance sheets, and the dated contracts between them."""
