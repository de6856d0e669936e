"""What does a large load do to its grid: prices, capacity, the bills of others, carbon?"""

from overbuild.questions.grid.answer import grid

__all__ = ["grid"]
