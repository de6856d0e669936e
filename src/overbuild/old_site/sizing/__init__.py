"""Sizing: how much the site can borrow, on which schedule, and how construction is funded."""
