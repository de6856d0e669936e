"""When do a spender's chips have to be written down, how large, and for whom?"""

from overbuild.questions.vintages.answer import vintages
from overbuild.questions.vintages.spenders import spenders

__all__ = ["spenders", "vintages"]
