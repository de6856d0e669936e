"""Reference pages, generated from the code: `python -m overbuild.surfaces.reference docs/reference` writes them."""

from overbuild.surfaces.reference.pages import PAGES, main

__all__ = ["PAGES", "main"]
