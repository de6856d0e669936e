"""One bad input file per fault, each with its exact message."""
