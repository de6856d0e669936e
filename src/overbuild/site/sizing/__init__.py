"""Sizing: how much the site can borrow, by which schedule, and how construction is funded."""
