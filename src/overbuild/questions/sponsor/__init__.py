"""What of a sponsor's own model is a case, what is left of it, and do the two agree?"""

from overbuild.questions.sponsor.answer import from_model

__all__ = ["from_model"]
