"""The end of a period: what counts of it, what must add up, the books, the state that it hands on."""
