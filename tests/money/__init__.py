"""Tests of the money room."""
