"""Which workflows are worth a budget, and what share of all work must agents take for the spend on AI to be earned?"""

from overbuild.questions.agents_all.answer import agents_all

__all__ = ["agents_all"]
