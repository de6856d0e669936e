"""What is known, where a number comes from, what a word means."""
