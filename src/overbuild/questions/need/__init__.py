"""What revenue must be earned for a hurdle return, and when does it break even?"""

from overbuild.questions.need.answer import need

__all__ = ["need"]
