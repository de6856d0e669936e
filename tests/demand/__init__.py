"""Tests of what is asked of AI and by whom it is earned."""
