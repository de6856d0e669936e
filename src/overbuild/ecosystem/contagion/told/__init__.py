"""What a study says of each party, each contract and each ceiling."""
