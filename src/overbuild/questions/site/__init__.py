"""Does this site pay its lenders and owners; how much debt can it carry?"""

from overbuild.questions.site.answer import all_faults, check, site

__all__ = ["all_faults", "check", "site"]
