"""Contagion: who is hurt when one of the economy's payers fails, and how much is known of it."""
