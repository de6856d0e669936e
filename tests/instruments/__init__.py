"""Tests of the instruments by themselves."""
