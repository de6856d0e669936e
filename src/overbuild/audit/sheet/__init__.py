"""A case as a worksheet: what each of its inputs is called, its unit, and what it may be."""
