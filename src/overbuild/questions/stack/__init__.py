"""Who keeps the margin when a layer of the stack is shocked, and does owning layers pay?"""

from overbuild.questions.stack.answer import stack

__all__ = ["stack"]
