"""Drawn: the inputs of a site that a world can move, and the site that takes them from it."""
