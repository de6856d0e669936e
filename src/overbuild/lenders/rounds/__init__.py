"""Rounds: a payer stops, those it paid lose, and some of them stop too."""
