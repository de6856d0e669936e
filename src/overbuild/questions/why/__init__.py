"""Where does this number come from: its formula, its operands, down to inputs, facts and documents."""

from overbuild.questions.why.answer import why

__all__ = ["why"]
