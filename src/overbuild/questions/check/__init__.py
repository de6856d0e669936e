"""Is this case file sound, where do its numbers come from, and what became of an old one?"""

from overbuild.questions.check.answer import all_faults, check

__all__ = ["all_faults", "check"]
