"""Tests of overbuild, by room."""
