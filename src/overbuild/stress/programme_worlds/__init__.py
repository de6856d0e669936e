"""A portfolio of workflows over many worlds: programmes that fail together, and the range of the share of work needed."""

from overbuild.stress.programme_worlds.common_shock import CommonWorth as CommonWorth
from overbuild.stress.programme_worlds.common_shock import common_worth as common_worth
from overbuild.stress.programme_worlds.needed_range import NeededRange as NeededRange
from overbuild.stress.programme_worlds.needed_range import needed_range as needed_range
