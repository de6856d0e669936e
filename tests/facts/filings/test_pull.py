"""Pulling: polite to a server that misbehaves, and never taken in by it."""

import json
from pathlib import Path

import pytest

from overbuild.errors import FactError, InputErrors, OverbuildError
from overbuild.facts.filings.pull.archive import Archive
from overbuild.facts.filings.pull.company import pull
from overbuild.facts.filings.pull.manners import Manners, Service
from overbuild.facts.store import load_ledger
from tests.facts.filings.made import CAPEX, a_year, company_facts
from tests.facts.filings.misbehaving_server import MisbehavingServer, misbehaving_server

CONTACT = "ann@firm.example"
CIKS = {"MSFT": 789019, "GOOGL": 1652044, "ORCL": 1341439}


@pytest.fixture
def server():
    with misbehaving_server() as state:
        for place, (ticker, cik) in enumerate(CIKS.items(), 1):
            body = company_facts(
                {CAPEX: a_year(10e9 * place, 21e9 * place, 33e9 * place, 46e9 * place)}, cik=cik, name=ticker
            )
            state.bodies[f"/facts/{cik}"] = body
        state.bodies["/tickers"] = json.dumps({"0": {"cik_str": 4242, "ticker": "EXCO", "title": "Example"}}).encode()
        state.bodies["/facts/4242"] = company_facts({CAPEX: a_year(1e9, 2e9, 3e9, 4e9)})
        yield state


def asked(
    server: MisbehavingServer,
    folder: Path,
    *tickers: str,
    contact: str = CONTACT,
    per_second: float = 100.0,
    most: int = 10**6,
):
    service = Service(company_facts=server.address + "/facts/{cik}", tickers=server.address + "/tickers")
    manners = Manners(
        per_second=per_second, attempts=4, first_wait=0.01, longest_wait=2.0, most_bytes=most,
        counted_in=folder.parent / "requests.sqlite",
    )  # fmt: skip
    server.per_second = 1000 if per_second > 10 else server.per_second
    return pull(tickers, folder, contact, service=service, manners=manners)


def faults_of(caught: pytest.ExceptionInfo[OverbuildError]) -> list[OverbuildError]:
    return list(caught.value.errors) if isinstance(caught.value, InputErrors) else [caught.value]


def test_what_was_pulled_stands_in_the_ledger_beside_all_other_facts(server, tmp_path):
    done = asked(server, tmp_path / "mine", "MSFT", "GOOGL")
    assert [(one.ticker, one.is_new, one.entered) for one in done] == [("MSFT", True, 7), ("GOOGL", True, 7)]
    view = load_ledger(tmp_path / "mine").as_of("2025-03-01")
    quarter = view.find("MSFT", "capex", "2024-10-01", "2024-12-31")
    assert quarter is not None
    assert (quarter.value, quarter.status, quarter.known_at) == (13e9, "computed", "2025-02-05")


def test_the_second_time_only_changes_are_asked_for(server, tmp_path):
    asked(server, tmp_path / "mine", *CIKS)
    server.answers.clear()
    again = asked(server, tmp_path / "mine", *CIKS)
    assert server.answers == [304, 304, 304]
    assert [(one.is_new, one.entered, one.known_already) for one in again] == [(False, 0, 7)] * 3
    newer = a_year(10e9, 21e9, 33e9, 46e9)
    newer.append(
        {**newer[-1], "start": "2025-01-01", "end": "2025-03-31", "filed": "2025-04-25", "accn": "0000004242-25-000425"}
    )
    server.bodies[f"/facts/{CIKS['MSFT']}"] = company_facts({CAPEX: newer}, cik=CIKS["MSFT"], name="MSFT")
    third = asked(server, tmp_path / "mine", *CIKS)
    assert server.answers[3:] == [200, 304, 304]
    assert [one.entered for one in third] == [1, 0, 0]
    assert len(list((tmp_path / "mine" / "archive" / "bodies").iterdir())) == 4, "the older body is kept"


def test_it_never_asks_faster_than_it_says(server, tmp_path):
    server.per_second = 8
    for part in (("MSFT", "GOOGL"), ("ORCL", "EXCO")):  # one limit over two runs
        asked(server, tmp_path / "mine", *part, per_second=8)
    assert len(server.asked) == 5
    assert server.most_in_a_second <= 8
    gaps = [later[0] - earlier[0] for earlier, later in zip(server.asked, server.asked[1:], strict=False)]
    assert min(gaps) > 0.8 / 8
    assert 429 not in server.answers


def test_without_a_contact_it_does_not_ask(server, tmp_path):
    for contact, code in (("", "missing"), ("me", "bad_value"), ("a b@c.d", "bad_value")):
        with pytest.raises(FactError) as caught:
            asked(server, tmp_path / "mine", "MSFT", contact=contact)
        assert caught.value.code == code
    assert server.asked == []


def test_it_says_who_it_is(server, tmp_path):
    asked(server, tmp_path / "mine", "MSFT")
    assert CONTACT in server.asked[0][2]["User-Agent"]


def test_a_ticker_of_no_table_is_looked_up_once(server, tmp_path):
    (one,) = asked(server, tmp_path / "mine", "EXCO")
    assert (one.cik, one.entered) == (4242, 7)
    assert server.paths() == ["/tickers", "/facts/4242"]
    with pytest.raises(FactError) as caught:
        asked(server, tmp_path / "mine", "EXCP")
    assert caught.value.code == "unknown_name"
    assert "EXCO" in caught.value.hint


@pytest.mark.parametrize(
    "fault", [["503"], ["503", "500", "502"], ["429 1"], ["truncated"], ["truncated", "503"], ["cut json"]]
)
def test_what_may_pass_is_waited_for(server, tmp_path, fault):
    server.faults[f"/facts/{CIKS['MSFT']}"] = list(fault)
    (one,) = asked(server, tmp_path / "mine", "MSFT")
    assert one.entered == 7
    if fault == ["429 1"]:
        assert server.asked[1][0] - server.asked[0][0] >= 1.0, "as long as the server asked for"


@pytest.mark.parametrize(
    ("fault", "code", "requests"),
    [
        ("403 always", "refused", 1), ("503 always", "unreachable", 4), ("429 4000 always", "unreachable", 1),
        ("truncated always", "unreachable", 4), ("page always", "not_json", 1), ("elsewhere always", "redirected", 1),
        ("around always", "redirected", 4), ("endless always", "too_large", 1), ("404", "no_such_page", 1),
        ("410", "unreachable", 1),
    ],
)  # fmt: skip
def test_what_does_not_pass_is_said_and_nothing_else_is_lost(server, tmp_path, fault, code, requests):
    server.faults[f"/facts/{CIKS['GOOGL']}"] = [fault]
    with pytest.raises(OverbuildError) as caught:
        asked(server, tmp_path / "mine", "MSFT", "GOOGL", "ORCL")
    faults = faults_of(caught)
    assert faults[0].code == code
    assert server.paths().count(f"/facts/{CIKS['GOOGL']}") == requests
    entities = {fact.entity for fact in load_ledger(tmp_path / "mine").facts if fact.file.startswith(str(tmp_path))}
    if code == "refused":
        assert [one.code for one in faults] == ["refused", "refused"], "nothing more is asked after a refusal"
        assert entities == {"MSFT"}
    else:
        assert len(faults) == 1
        assert entities == {"MSFT", "ORCL"}
    archive = Archive(tmp_path / "mine" / "archive")
    assert archive.newest(f"{server.address}/facts/{CIKS['GOOGL']}") is None, "no body that was not checked is kept"


def test_a_body_of_another_company_is_refused(server, tmp_path):
    server.bodies[f"/facts/{CIKS['MSFT']}"] = server.bodies["/facts/4242"]
    with pytest.raises(FactError) as caught:
        asked(server, tmp_path / "mine", "MSFT")
    assert caught.value.code == "other_entity"


def test_a_body_that_was_harmed_on_disk_is_fetched_again(server, tmp_path):
    (one,) = asked(server, tmp_path / "mine", "MSFT")
    body = tmp_path / "mine" / "archive" / "bodies" / f"{one.sha256}.json"
    body.write_bytes(b"{}")
    (again,) = asked(server, tmp_path / "mine", "MSFT")
    assert server.answers == [200, 200]
    assert again.sha256 == one.sha256
    assert body.read_bytes() == server.bodies[f"/facts/{CIKS['MSFT']}"]


def test_a_line_cut_by_a_crash_is_no_answer_and_a_foreign_line_is_a_fault(tmp_path):
    Archive(tmp_path)
    lines = tmp_path / "retrievals.jsonl"
    lines.write_text('{"address": "x", "retri')
    assert Archive(tmp_path).newest("x") is None
    lines.write_text("what?\n")
    with pytest.raises(FactError) as caught:
        Archive(tmp_path)
    assert (caught.value.code, caught.value.line) == ("syntax", 1)
