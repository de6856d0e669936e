"""Does an agent pay on this workflow, at which values does it stop to pay, and what is the programme worth?"""

from overbuild.questions.agents.answer import agents

__all__ = ["agents"]
