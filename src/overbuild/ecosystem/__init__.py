"""The sum over everyone: the gap, what must be earned, when it pays back."""
