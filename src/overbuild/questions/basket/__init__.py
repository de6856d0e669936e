"""Do the shares of a basket still move together?"""

from overbuild.questions.basket.answer import basket

__all__ = ["basket"]
