"""What does a lender lose on all its sites together, and on whom does its book rest?"""

from overbuild.questions.portfolio.answer import portfolio

__all__ = ["portfolio"]
