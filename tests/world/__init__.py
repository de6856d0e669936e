"""Tests of the world room."""
