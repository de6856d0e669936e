"""A case file as it was read, in its own form: the short one or the general one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from overbuild.site.case.file_form.written_paths import WrittenPaths
from overbuild.site.case.plan import SitePlan
from overbuild.site.case.published.published_plan import PublishedBlock
from overbuild.site.case.short_form.from_short_form import from_short_form
from overbuild.site.case.short_form.short_plan import ShortPlan
from overbuild.world.drivers.declared import DriversBlock
from overbuild.world.fields import unit_of_leaf


class SiteHeader(NamedTuple):
    """What stands above the plan in a case file: the name of the case, and the calendar period of financial close."""

    name: str
    close: str


BESIDE_THE_PLAN = (SiteHeader, PublishedBlock, DriversBlock)
"""What a case file says in either form beside its plan."""


def record_of(path: str, record: type) -> type:
    """The record that a path of a file stands in: one beside the plan, or that of its form.

    >>> record_of("published.loan.value", SitePlan).__name__, record_of("tax.rate", SitePlan).__name__
    ('PublishedBlock', 'SitePlan')
    """
    first = path.partition(".")[0]
    return next((one for one in BESIDE_THE_PLAN if first in one._fields), record)


class FormRead(NamedTuple):
    """The record of a file in its own form, what the file calls paths of that record, and units that records do not say.

    `units` is by path of the file.
    """

    record: ShortPlan | SitePlan
    written: WrittenPaths
    units: Mapping[str, str]

    def unit_of(self, path: str) -> str:
        """The unit of an input by its path in the file; `word` where it is none.

        >>> from overbuild.site.examples import PLAN
        >>> FormRead(PLAN, WrittenPaths(), {}).unit_of("phases.hall.it_mw")
        'MW'
        """
        return self.units.get(path) or unit_of_leaf(record_of(path, type(self.record)), path)


def plan_of(record: ShortPlan | SitePlan) -> SitePlan:
    """The plan that the record of a file states.

    >>> from overbuild.site.examples import PLAN
    >>> plan_of(PLAN) is PLAN
    True
    """
    return from_short_form(record) if isinstance(record, ShortPlan) else record
