"""Who is hurt when a payer of the AI economy fails, and how much of that is known?"""

from overbuild.questions.contagion.answer import contagion

__all__ = ["contagion"]
