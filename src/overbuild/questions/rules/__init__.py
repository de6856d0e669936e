"""What do rules cost a firm, how bad is a bad year, and do controls pay for themselves?"""

from overbuild.questions.rules.answer import rules

__all__ = ["rules"]
