"""Who pays under this tariff when a large load comes late, small, not at all, or leaves?"""

from overbuild.questions.tariff.answer import tariff

__all__ = ["tariff"]
