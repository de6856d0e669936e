"""Tests of the questions room."""
