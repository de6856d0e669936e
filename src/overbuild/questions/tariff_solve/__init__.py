"""Which minimum take, exit fee or collateral keeps other customers whole?"""

from overbuild.questions.tariff_solve.answer import solve_tariff

__all__ = ["solve_tariff"]
