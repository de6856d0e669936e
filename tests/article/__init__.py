"""Tests of the article itself."""
