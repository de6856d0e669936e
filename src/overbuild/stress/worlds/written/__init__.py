"""Worlds written to a file, a row a world, for other people's tools."""
