"""The figures that are read from filings: one table of names, definitions and XBRL tags (concepts.csv).

`tags` are tried in order; `A+B` is a sum that stands only where one filing gives both for one period. A tag without a
prefix is of us-gaap. `choice` says which of the tags of one filing and period is the figure: `first` the one that
comes first in the order, `largest` the largest amount (parts of a total are tagged like the total). The others that
stand in the same filing check it.
"""

from __future__ import annotations

import csv
import functools
import io
from importlib.resources import files
from typing import NamedTuple

SPANS = ("duration", "instant", "average")
"""A flow over a period, a stock on a day, or an average over a period, which is never differenced."""


NET_INVESTING = "us-gaap:NetCashProvidedByUsedInInvestingActivities"
WHAT_IS_LEFT = "us-gaap:NetCashProvidedByUsedInInvestingActivities less its other lines"
"""Not a tag: what investing cash flow leaves for capex after its other lines (see `investing`)."""

_INFLOWS = (
    "ProceedsFromSaleAndMaturityOfMarketableSecurities", "ProceedsFromMaturitiesPrepaymentsAndCallsOfAvailableForSaleSecurities",
    "ProceedsFromSaleOfAvailableForSaleSecuritiesDebt", "ProceedsFromSaleOfAvailableForSaleSecurities",
    "ProceedsFromSaleMaturityAndCollectionsOfInvestments", "ProceedsFromSaleAndMaturityOfAvailableForSaleSecurities",
    "ProceedsFromSaleAndMaturityOfOtherInvestments", "ProceedsFromSaleOfPropertyPlantAndEquipment",
    "ProceedsFromDivestitureOfBusinesses", "ProceedsFromPaymentsForOtherInvestingActivities",
    "ProceedsFromMaturitiesPrepaymentsAndCallsOfHeldToMaturitySecurities", "ProceedsFromSaleOfProductiveAssets",
)  # fmt: skip
_OUTFLOWS = (
    "PaymentsToAcquireAvailableForSaleSecuritiesDebt", "PaymentsToAcquireAvailableForSaleSecurities",
    "PaymentsToAcquireMarketableSecurities", "PaymentsToAcquireInvestments", "PaymentsToAcquireOtherInvestments",
    "PaymentsToAcquireBusinessesNetOfCashAcquired", "PaymentsForProceedsFromOtherInvestingActivities",
    "PaymentsToAcquireIntangibleAssets", "PaymentsToAcquireEquityMethodInvestments", "PaymentsToAcquireHeldToMaturitySecurities",
    "PaymentsToAcquireBusinessesAndInterestInAffiliates", "PaymentsForSoftware",
)  # fmt: skip
INVESTING_LINES = {f"us-gaap:{tag}": sign for sign, tags in ((1, _INFLOWS), (-1, _OUTFLOWS)) for tag in tags}
"""Lines of the investing section beside capex, with the sign by which they enter its total."""


class Concept(NamedTuple):
    """A figure by its name in the ledger. `tags` are ways to fill it, each one tag or the tags of a sum.

    `unit` is the ledger's (USD or count), `span` a word of `SPANS`; `sign` is `positive` or `outflow` where the figure
    is a gross amount that is never negative, else `any`; `choice` is `first` or `largest`.
    """

    name: str
    label: str
    unit: str
    span: str
    sign: str
    choice: str
    tags: tuple[tuple[str, ...], ...]
    definition: str


@functools.cache
def concepts() -> dict[str, Concept]:
    """Every concept by its name, in the order of the table."""
    text = files("overbuild.facts.filings").joinpath("tables", "concepts.csv").read_text("utf-8")
    found: dict[str, Concept] = {}
    for row in csv.DictReader(io.StringIO(text)):
        ways = tuple(tuple(_with_prefix(tag) for tag in way.split("+")) for way in row["tags"].split("|"))
        found[row["name"]] = Concept(
            row["name"], row["label"], row["unit"], row["span"], row["sign"], row["choice"], ways, row["definition"]
        )
    return found


@functools.cache
def tags_read() -> dict[str, tuple[str, ...]]:
    """Every tag that is read, by its taxonomy: `us-gaap`, `dei`, `ifrs-full`."""
    by_taxonomy: dict[str, dict[str, None]] = {}
    tags = [tag for concept in concepts().values() for way in concept.tags for tag in way if tag != WHAT_IS_LEFT]
    for tag in (*tags, NET_INVESTING, *INVESTING_LINES):
        taxonomy, _, name = tag.partition(":")
        by_taxonomy.setdefault(taxonomy, {})[name] = None
    return {taxonomy: tuple(names) for taxonomy, names in by_taxonomy.items()}


def _with_prefix(tag: str) -> str:
    return tag if ":" in tag else f"us-gaap:{tag}"
