"""Why a site's numbers are what they are: a line of a period, a result over all periods, an input of the case."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from overbuild.audit.labels import label_of_result
from overbuild.audit.site_inputs import site_origins
from overbuild.audit.tree.break_numbers import BreakNumbers
from overbuild.audit.tree.leaves import Leaves
from overbuild.audit.tree.tree import Tree, Why
from overbuild.equations.reported import Reported
from overbuild.errors import InputError, did_you_mean, did_you_mean_first
from overbuild.site.case.dates import first_in_service
from overbuild.site.case_run import CaseRun, run_case
from overbuild.timeline.run import evaluate


def site_why(
    path: str, file: Path, depth: int, *, shocks: tuple[str, ...] = (), workspace: Path | str | None = None
) -> Why:
    """The tree of a number of a site: `cfads@2029Q3`, `min_dscr`, `site.pue`.

    Raises InputError `unknown_name` with close names, `missing` for a line without its period, `bad_period` for a
    period the site does not have.
    """
    return SiteNumbers(run_case(file, (), shocks, workspace=workspace), workspace).find(path, depth)


class SiteNumbers:
    """The numbers of a site as run, each with its tree."""

    def __init__(self, case: CaseRun, workspace: Path | str | None) -> None:
        self.case, self.run = case, case.run
        self.leaves = Leaves("site", site_origins(case), case.shocked.inputs, case.shocked.form.unit_of, workspace)

    @cached_property
    def tree(self) -> Tree:
        """Every line with what it is made of; whole rows are shown at the period of minimum DSCR."""
        return Tree("site", evaluate(self.run.model), self.leaves.of, self.case.calendar.label, self._shown_at)

    @property
    def _shown_at(self) -> int:
        """The place of the least cover; the first one in service where no debt is served."""
        lines = self.run.lines
        served = [place for place, due in enumerate(lines["debt_is_due"]) if due > 0.0]
        first = min(first_in_service(phase) for phase in self.run.plan.phases)
        return min(served, key=lines["dscr"].__getitem__, default=min(first, self.run.plan.horizon.periods))

    def find(self, path: str, depth: int) -> Why:
        """The tree of a number by its id after the colon."""
        name, _, label = path.partition("@")
        if label:
            return self._at(name, label, depth)
        if name in self.case.shocked.inputs:
            return self.leaves.input(name)
        declared = {one.id: one for one in self.run.model.reported}
        if name in declared and declared[name].solved:
            return self._solved(declared[name])
        breaks = BreakNumbers(self.case, self.leaves, lambda line: self.find(line, depth - 1))
        if name in breaks.ids:
            return breaks.find(name)
        line = declared[name].line if name in declared else name
        found = self.tree.result(line, depth)
        if found is None:
            raise self._unknown(name, (*declared, *breaks.ids), tuple(self.case.shocked.inputs))
        return found._replace(id=f"site:{name}")

    def _at(self, name: str, label: str, depth: int) -> Why:
        found = self.tree.at(name, self.case.calendar.place(label), depth)
        if found is None:
            hint = f"no such line in {label}.{did_you_mean(name, self.tree.lines(run_once=False))}"
            raise InputError("unknown_name", f"site:{name}@{label}", name, hint)
        return found

    def _unknown(self, name: str, answered: tuple[str, ...], inputs: tuple[str, ...]) -> InputError:
        lines = self.tree.lines(run_once=False)
        if name in lines:
            example = f"site:{name}@{self.case.labels[self._shown_at]}"
            hint = f"a line has one value a period; say which, as in {example}"
            return InputError("missing", f"site:{name}", None, hint)
        close = did_you_mean_first(name, answered, [*inputs, *self.tree.lines(run_once=True), *lines])
        return InputError("unknown_name", f"site:{name}", name, f"no such number.{close}")

    def _solved(self, found: Reported) -> Why:
        """A number that a solver finds, with how."""
        results = self.case.results
        status = results.status.get(found.id, "")
        return Why(
            f"site:{found.id}",
            label_of_result(found.id),
            results.values[found.id],
            found.unit,
            "result",
            found.solved,
            "; ".join(part for part in ("solved after the run", status) if part),
        )
