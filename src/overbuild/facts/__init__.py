"""What is known: dated figures with their sources, and what was known on a day."""
