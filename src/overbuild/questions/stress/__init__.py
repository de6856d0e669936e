"""How likely is a site to fail, how and when, and what does each of its lenders lose?"""

from overbuild.questions.stress.answer import stress

__all__ = ["stress"]
