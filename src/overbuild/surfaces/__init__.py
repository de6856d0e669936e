"""Doors: terminal, JSON, CSV, charts. They render an Answer and know no economics."""
