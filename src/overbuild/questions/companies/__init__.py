"""Who spends, out of which cash, under which definition of capex; and who diverges?"""

from overbuild.questions.companies.answer import companies

__all__ = ["companies"]
