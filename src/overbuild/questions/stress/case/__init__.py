"""A case of any kind over many worlds, if its file form is its record."""
