"""How big is the gap between AI spend and AI revenue, on the facts known on a day?"""

from overbuild.questions.gap.answer import gap

__all__ = ["gap"]
