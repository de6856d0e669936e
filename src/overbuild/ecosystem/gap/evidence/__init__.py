"""Evidence of a day: which purchases are still alive, and what holds the figures of the article up."""
