"""In what do two site cases differ: as they stand, and over the same worlds?"""

from overbuild.questions.compare.answer import compare
from overbuild.questions.compare.cases import entry_of

__all__ = ["compare", "entry_of"]
