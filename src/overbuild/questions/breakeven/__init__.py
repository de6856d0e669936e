"""At which price, use, cost, delay or failure do lenders and owners of a site stop being paid; what breaks first?"""

from overbuild.questions.breakeven.answer import BreakEvens, breakeven

__all__ = ["BreakEvens", "breakeven"]
