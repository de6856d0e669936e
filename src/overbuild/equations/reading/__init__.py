"""Reading: programs as named lines, formulas in words, and cells of a sheet."""
