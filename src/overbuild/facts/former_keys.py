"""What facts and sources were called before: a case that cites an older name is still understood."""

from __future__ import annotations

import csv
import functools
import io
from importlib.resources import files
from typing import NamedTuple


class FormerKey(NamedTuple):
    """A key as it is called now, and what is to be said of it; a row that is gone keeps its key and says why."""

    now: str
    note: str = ""


class FormerKeys(NamedTuple):
    """Names of before: of whole facts, of subjects (`ENTITY.METRIC`) and of sources."""

    rows: dict[str, FormerKey]

    def of(self, key: str) -> FormerKey:
        """What a citing key is called today; itself where nothing in it was renamed.

        >>> former_keys().of("rate.fed_funds_effective@2026-03-19#peersense-2026-rates-banner").now
        'US.fed_funds_effective_rate@2026-03-19#peersense-2026-rates-banner'
        """
        if key in self.rows:
            return self.rows[key]
        about, hash_, source = key.partition("#")
        subject, at, period = about.partition("@")
        subject = self.rows[subject].now if subject in self.rows else subject
        source = self.rows[source].now if source in self.rows else source
        return FormerKey(f"{subject}{at}{period}{hash_}{source}")


@functools.cache
def former_keys() -> FormerKeys:
    """The names of before, as `former_keys.csv` has them: former, now, note."""
    text = files("overbuild.facts").joinpath("tables", "former_keys.csv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return FormerKeys({row["former"]: FormerKey(row["now"] or row["former"], row["note"]) for row in rows})
