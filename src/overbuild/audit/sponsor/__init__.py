"""A sponsor's own model: which of its labelled numbers are inputs of a case, and whether the two agree."""
