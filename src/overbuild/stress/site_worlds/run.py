"""A site run over many worlds: from a case as read to its distribution."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from overbuild.errors import OverbuildError
from overbuild.site.case.uncertain.uncertain import Uncertain, uncertain
from overbuild.site.case_run import CaseRun
from overbuild.site.sizing.sizing import Sizing
from overbuild.site.terms.columns import Schedules
from overbuild.site.terms.from_plan import Commitments
from overbuild.stress.site_worlds.drawing import source_of
from overbuild.stress.site_worlds.measures import MOVED, asked_of, described
from overbuild.stress.site_worlds.results import SiteDistribution
from overbuild.stress.worlds.bindings.bound import Bound, bound
from overbuild.stress.worlds.kept import Identity
from overbuild.stress.worlds.run import Progress
from overbuild.stress.worlds.sampling import planned
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.written.run_out import run_out
from overbuild.stress.worlds.written.worlds_file import WrittenColumns
from overbuild.version import __version__


def stressed(basis: CaseRun, settings: StressSettings, progress: Progress | None = None) -> SiteDistribution:
    """The distribution of a site over the worlds of its drivers, on amounts and schedules as sized.

    Raises InputError(s) for settings that cannot be, CaseError for a driver that the case cannot take, and as
    `run_worlds`.
    """
    case = basis.shocked
    found = uncertain(case.drivers, case.forms)
    leaves = bound_of(basis, found, settings.spread)
    wanted, sampling = planned(len(leaves.names), settings)
    source = source_of(leaves, sampling)
    model = leaves.variants[0].model
    asked = asked_of(model, basis.run.plan.horizon.periods + 1)
    identity = _identity(basis, found, settings)
    columns = WrittenColumns(asked, source.followed, MOVED, described(asked))
    identity = {**identity, "scramble": wanted.scramble, "computed by": source.means}
    worlds = run_out(source.block, wanted, columns, settings.out, identity, progress)
    return SiteDistribution(basis, found, settings, worlds, source, owners_complete(basis))


def bound_of(basis: CaseRun, found: Uncertain, spread: float) -> Bound:
    """The leaves that what is uncertain moves, on the sizing of the case. Raises CaseError, located, as `bound`."""
    completed = CompletedByOwners(basis.sizing) if owners_complete(basis) else basis.sizing
    try:
        return bound(basis.shocked.forms, completed, found, spread)
    except OverbuildError as error:
        raise basis.shocked.locate(error) from None


def owners_complete(basis: CaseRun) -> bool:
    """Whether owners pay what building costs beyond the budget: where the case does not say, or has no lender to ask.

    A case that is not funded as it stands stays so.
    """
    silent = STANDBY not in basis.shocked.inputs or not basis.run.plan.loans
    return silent and basis.run.outcome != "unfunded"


STANDBY = "funding.standby"
"""The input that says what owners promise beyond the budget."""


class CompletedByOwners(NamedTuple):
    """A sizing under which owners pay what building takes beyond all commitments, up to as much again as the uses."""

    sizing: Sizing

    def commitments(self) -> Commitments:
        """What lenders and owners have promised."""
        return self.sizing.commitments(spare_equity=self.sizing.uses)

    @property
    def schedules(self) -> Schedules:
        """Principal by period, and the base case."""
        return self.sizing.schedules


def _identity(basis: CaseRun, found: Uncertain, settings: StressSettings) -> Identity:
    """What makes a run this run: what it is of, and how it is drawn."""
    of = (basis.run.plan, basis.sizing.commitments(), found.told, found.correlations.tolist(), found.world.mix)
    return {
        "case": f"{basis.sized.name} ({hashlib.sha256(repr(of).encode()).hexdigest()[:16]})",
        "seed": settings.seed,
        "sampler": settings.sampler,
        "degrees of freedom": str(settings.freedom or "Gaussian"),
        "spread": str(settings.spread),
        "version": __version__,
    }
