"""How a case file is written, and the same in the names of its records: words, paths, dates, two forms."""
