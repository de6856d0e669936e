"""What are these chips worth as they age, and what do the books say meanwhile?"""

from overbuild.questions.fleet.answer import fleet

__all__ = ["fleet"]
