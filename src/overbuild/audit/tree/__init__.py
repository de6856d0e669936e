"""The tree behind a number: what it is made of, down to documents and reasons; as rows, and as it is drawn."""
