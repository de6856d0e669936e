"""The sum over everyone: the gap, what must be earned, and whose published sum closes."""
