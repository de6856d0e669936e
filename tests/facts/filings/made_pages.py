"""Small pages of inline XBRL and classic instances made for a story."""

from __future__ import annotations

from typing import NamedTuple

NAMESPACES = (
    'xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"'
    ' xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"'
    ' xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:dei="http://xbrl.sec.gov/dei/2024" xmlns:us-gaap="http://fasb.org/us-gaap/2024"'
    ' xmlns:srt="http://fasb.org/srt/2024" xmlns:exco="http://example.com/2024" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
)


class Fact(NamedTuple):
    """One tagged number as a page prints it."""

    tag: str
    text: str
    start: str
    end: str
    scale: int = 6
    sign: str = ""
    form: str = "ixt:num-dot-decimal"
    unit: str = "usd"
    members: tuple[tuple[str, str], ...] = ()


def page(facts: list[Fact], *, form: str = "10-K", end: str = "December 31, 2024", cik: str = "0000004242") -> bytes:
    """A page of inline XBRL with a cover."""
    contexts = "".join(_context(f"c{place}", fact, cik) for place, fact in enumerate(facts))
    numbers = "".join(
        f'<p>Line <ix:nonFraction unitRef="{fact.unit}" contextRef="c{place}" decimals="-6" name="{fact.tag}"'
        f' format="{fact.form}" scale="{fact.scale}"' + (f' sign="{fact.sign}"' if fact.sign else "")
        + f' id="f{place}">{fact.text}</ix:nonFraction></p>'
        for place, fact in enumerate(facts)
    )  # fmt: skip
    cover = "".join(
        f'<ix:nonNumeric contextRef="cover" name="dei:{name}">{value}</ix:nonNumeric>'
        for name, value in (
            ("EntityCentralIndexKey", cik), ("EntityRegistrantName", "EXAMPLE COMPUTE, INC."), ("DocumentType", form),
            ("DocumentPeriodEndDate", end),
        )
    )  # fmt: skip
    cover_context = _context("cover", Fact("", "", "2024-01-01", "2024-12-31"), cik)
    units = "".join(
        f'<xbrli:unit id="{name}"><xbrli:measure>{measure}</xbrli:measure></xbrli:unit>'
        for name, measure in (("usd", "iso4217:USD"), ("pure", "xbrli:pure"), ("shares", "xbrli:shares"))
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><html {NAMESPACES}><head><title>t</title></head><body><div style="display:none">'
        f"<ix:header><ix:hidden>{cover}</ix:hidden><ix:resources>{cover_context}{contexts}{units}</ix:resources></ix:header></div>"
        f'{numbers}<ix:nonNumeric contextRef="cover" name="us-gaap:Policy" continuedAt="k1">text</ix:nonNumeric>'
        f'<ix:continuation id="k1" continuedAt="k1">round and round</ix:continuation></body></html>'
    ).encode()


def instance(facts: list[Fact]) -> bytes:
    """A classic instance."""
    contexts = "".join(_context(f"c{place}", fact, "0000004242") for place, fact in enumerate(facts))
    numbers = "".join(
        f'<{fact.tag} contextRef="c{place}" unitRef="usd" decimals="-6">{fact.text}</{fact.tag}>'
        for place, fact in enumerate(facts)
    )
    cover = "".join(
        f'<dei:{name} contextRef="c0">{value}</dei:{name}>'
        for name, value in (
            ("EntityCentralIndexKey", "0000004242"), ("EntityRegistrantName", "EXAMPLE COMPUTE"), ("DocumentType", "10-K"),
            ("DocumentPeriodEndDate", "2024-12-31"),
        )
    )  # fmt: skip
    names = NAMESPACES.replace('xmlns="http://www.w3.org/1999/xhtml"', 'xmlns="http://www.xbrl.org/2003/instance"')
    unit = '<unit id="usd"><measure>iso4217:USD</measure></unit>'
    return f'<?xml version="1.0"?><xbrl {names}>{contexts}{unit}{cover}{numbers}</xbrl>'.encode()


def _context(name: str, fact: Fact, cik: str) -> str:
    members = "".join(
        f'<xbrldi:explicitMember dimension="{axis}">{member}</xbrldi:explicitMember>' for axis, member in fact.members
    )
    segment = f"<xbrli:segment>{members}</xbrli:segment>" if members else ""
    days = (
        f"<xbrli:startDate>{fact.start}</xbrli:startDate><xbrli:endDate>{fact.end}</xbrli:endDate>"
        if fact.start
        else f"<xbrli:instant>{fact.end}</xbrli:instant>"
    )
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">{cik}</xbrli:identifier>'
        f"{segment}</xbrli:entity><xbrli:period>{days}</xbrli:period></xbrli:context>"
    )
