"""What the type of a record says of its fields: the kind of value, its unit, how many there are, whether it may be missing.

    it_mw: Mw                    a number in MW
    spend: tuple[Share, ...]     a series of shares
    amount: UsdStock | None      USD, or nothing
    loan: Loan                   a record

Whoever reads, describes or labels the fields of a record asks here; nobody guesses a unit from a name.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints


class Field(NamedTuple):
    """A field's type without its decoration. With `many` the kind and the unit are those of each entry."""

    kind: Any
    unit: str = ""
    many: bool = False
    nullable: bool = False

    @property
    def is_record(self) -> bool:
        """Whether a value, or each entry, is a record with fields of its own."""
        return hasattr(self.kind, "_fields")


@functools.cache
def fields_of(record: Any) -> Mapping[str, Field]:
    """The fields of a record type by name, in their order.

    >>> from overbuild.site.case.plan import Offtake
    >>> fields_of(Offtake)["long_stop_periods"]
    Field(kind=<class 'int'>, unit='periods', many=False, nullable=True)
    """
    return {name: field_of(hint) for name, hint in get_type_hints(record, include_extras=True).items()}


def field_of(hint: Any) -> Field:
    """The field that a type hint describes.

    >>> field_of(tuple[Annotated[float, "share"], ...])
    Field(kind=<class 'float'>, unit='share', many=True, nullable=False)
    """
    if get_origin(hint) in (Union, types.UnionType):
        option = next(option for option in get_args(hint) if option is not types.NoneType)
        return field_of(option)._replace(nullable=True)
    if get_origin(hint) is Annotated:
        kind, unit, *_ = get_args(hint)
        return field_of(kind)._replace(unit=str(unit))
    if get_origin(hint) is tuple:
        return field_of(get_args(hint)[0])._replace(many=True)
    return Field(hint)


_WORDS = {str: "word", bool: "true or false"}
"""What stands in the place of a unit where a value is no number."""


def unit_of_leaf(record: Any, path: str) -> str:
    """The unit of one leaf of a record by its path, or of all entries of a series; empty where the type says none.

    >>> from overbuild.site.case.plan import SitePlan
    >>> unit_of_leaf(SitePlan, "components.it.spend.3"), unit_of_leaf(SitePlan, "market.utilisation")
    ('share', 'share')
    >>> unit_of_leaf(SitePlan, "tax.loss_use"), unit_of_leaf(SitePlan, "site.no_such_name")
    ('word', '')
    """
    field = field_of(record)
    for step in path.split("."):
        if field.many:
            field = field._replace(many=False)
            continue
        found = fields_of(field.kind).get(step) if field.is_record else None
        if found is None:
            return ""
        field = found
    return field.unit or _WORDS.get(field.kind, "")
