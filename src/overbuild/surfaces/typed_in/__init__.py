"""What a user types in: numbers of one grammar, and how a table of his is written."""

from overbuild.surfaces.typed_in.options import table_options, with_plain_numbers

__all__ = ["table_options", "with_plain_numbers"]
