"""The year's spend and what must be earned for it; who spends, out of which cash."""
