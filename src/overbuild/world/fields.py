"""What the type of a record says of its fields: the kind of value, its unit or its words, whether it may be missing.

    it_mw: Mw                    a number in MW
    spend: tuple[Share, ...]     a series of shares
    amount: UsdStock | None      USD, or nothing
    covenant: CovenantMode       one of some words
    loans: tuple[Loan, ...]      records

Whoever reads, describes or labels the fields of a record asks here; nobody guesses a unit from a name.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from overbuild.errors import CaseError, did_you_mean


class Field(NamedTuple):
    """A field's type without its decoration: a number with its unit, a choice with the words that it may be.

    With `many` all this is said of each entry.
    """

    kind: Any
    unit: str = ""
    many: bool = False
    nullable: bool = False
    words: tuple[str, ...] = ()

    @property
    def is_record(self) -> bool:
        """Whether a value, or each entry, is a record with fields of its own."""
        return hasattr(self.kind, "_fields")


@functools.cache
def fields_of(record: Any) -> Mapping[str, Field]:
    """The fields of a record type by name, in their order.

    >>> from overbuild.site.case.plan import OfftakeContract
    >>> fields_of(OfftakeContract)["long_stop"]
    Field(kind=<class 'int'>, unit='period', many=False, nullable=True, words=())
    """
    return {name: field_of(hint) for name, hint in get_type_hints(record, include_extras=True).items()}


def field_of(hint: Any) -> Field:
    """The field that a type hint describes.

    >>> field_of(tuple[Annotated[float, "share"], ...])
    Field(kind=<class 'float'>, unit='share', many=True, nullable=False, words=())
    """
    if get_origin(hint) in (Union, types.UnionType):
        option = next(option for option in get_args(hint) if option is not types.NoneType)
        return field_of(option)._replace(nullable=True)
    if get_origin(hint) is Annotated:
        kind, unit, *_ = get_args(hint)
        return field_of(kind)._replace(unit=str(unit))
    if get_origin(hint) is tuple:
        return field_of(get_args(hint)[0])._replace(many=True)
    if get_origin(hint) is Literal:
        return Field(str, words=get_args(hint))
    return Field(hint)


_WORDS = {str: "word", bool: "true or false"}
"""What stands in the place of a unit where a value is no number."""


def unit_of_leaf(record: Any, path: str) -> str:
    """The unit of one leaf of a record by its path, or of all entries of a series; empty where the type says none.

    >>> from overbuild.site.case.plan import SitePlan
    >>> unit_of_leaf(SitePlan, "components.it.spend.3"), unit_of_leaf(SitePlan, "market.price")
    ('share', 'USD per GPU-hour')
    >>> unit_of_leaf(SitePlan, "tax.loss_use"), unit_of_leaf(SitePlan, "horizon.no_such_name")
    ('word', '')
    """
    field = field_at(record, path)
    return "" if field is None else field.unit or _WORDS.get(field.kind, "")


@functools.lru_cache(maxsize=16_384)
def field_at(record: Any, path: str) -> Field | None:
    """The field of a record, or of the records in it, by its path; None for a path that has none.

    >>> from overbuild.site.case.plan import SitePlan
    >>> field_at(SitePlan, "tax.loss_use").words
    ('carry', 'immediate')
    """
    field = field_of(record)
    for step in path.split("."):
        if field.many:
            field = field._replace(many=False)
            continue
        found = fields_of(field.kind).get(step) if field.is_record else None
        if found is None:
            return None
        field = found
    return field


def word_faults(record: object, path: str = "") -> Iterator[CaseError]:
    """Words of a record, and of the records in it, that are none of their choice.

    >>> from overbuild.site.examples import PLAN
    >>> [fault.path for fault in word_faults(PLAN._replace(tax=PLAN.tax._replace(loss_use="sell")))]
    ['tax.loss_use']
    """
    return iter(()) if _words_are_sound(record) else _word_faults(record, path)


def _words_are_sound(record: object) -> bool:
    """Whether all words are of their choice: plans are checked by the hundred, and a fault is seldom."""
    for name, field in _with_words(type(record)):
        value = getattr(record, name)
        entries: tuple[Any, ...] = () if value is None else value if field.many else (value,)
        for one in entries:
            if not _words_are_sound(one) if field.is_record else one not in field.words:
                return False
    return True


def _word_faults(record: object, path: str) -> Iterator[CaseError]:
    for name, field in _with_words(type(record)):
        value, where = getattr(record, name), f"{path}.{name}" if path else name
        entries: tuple[Any, ...] = () if value is None else value if field.many else (value,)
        for place, one in enumerate(entries, start=1):
            at = f"{where}.{getattr(one, 'name', place)}" if field.many else where
            if field.is_record:
                yield from _word_faults(one, at)
            elif one not in field.words:
                hint = f"one of {', '.join(field.words)}.{did_you_mean(str(one), field.words)}"
                yield CaseError("unknown_name", at, one, hint)


@functools.cache
def _with_words(record: Any) -> tuple[tuple[str, Field], ...]:
    """The fields that are choices, or records in which a choice may be."""
    return tuple(
        (name, field)
        for name, field in fields_of(record).items()
        if field.words or (field.is_record and _with_words(field.kind))
    )


def currency_of(record: object) -> str:
    """The currency that a record names; empty where it names none.

    >>> currency_of(("no", "record"))
    ''
    """
    return str(getattr(record, "currency", ""))


def in_currency(unit: str, currency: str) -> str:
    """A unit with the currency in the place of `money`; as it is where none is named.

    >>> in_currency("money per task", "EUR"), in_currency("money per task", ""), in_currency("share", "EUR")
    ('EUR per task', 'money per task', 'share')
    """
    return unit.replace("money", currency) if currency else unit
