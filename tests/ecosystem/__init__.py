"""Tests of the ecosystem room."""
