"""Ten thousand mutated inputs of every reader of filings: only our own errors. `python -m tests.facts.filings.fuzz` runs more."""

from tests.facts.filings.fuzz import feed


def test_mutated_filings_are_read_or_refused_by_name():
    met = feed(10_000, seed=17)
    assert sum(met.values()) == 10_000
    for reader in ("companyfacts", "typed table", "tickers", "page", "instance"):
        assert met[f"{reader}: read"] > 0
        assert sum(times for name, times in met.items() if name.startswith(reader)) > met[f"{reader}: read"]
