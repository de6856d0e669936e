"""Whose published sum closes?"""

from overbuild.questions.claims.answer import add, claims, explain

__all__ = ["add", "claims", "explain"]
