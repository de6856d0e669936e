"""A case as a plain function, for other people's tools: a matrix of inputs in, columns of results out."""
