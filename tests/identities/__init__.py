"""Tests that hold for every number."""
