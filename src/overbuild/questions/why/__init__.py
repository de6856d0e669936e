"""Where does this number come from?"""

from overbuild.questions.why.answer import why

__all__ = ["why"]
