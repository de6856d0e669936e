"""In what do two site cases differ: as they stand, and over the same worlds?"""

from overbuild.questions.compare.cases import compare, entry_of

__all__ = ["compare", "entry_of"]
