"""Does this site pay its lenders and owners; how much debt can it carry?"""

from overbuild.questions.site.answer import site

__all__ = ["site"]
