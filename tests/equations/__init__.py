"""Tests of the equations room."""
