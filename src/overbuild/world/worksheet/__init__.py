"""A case as a worksheet: the same tree as that of a YAML file, an input a row."""
