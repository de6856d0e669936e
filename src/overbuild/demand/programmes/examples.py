"""Work for the worked numbers of this room."""

from __future__ import annotations

from overbuild.demand.programmes.needed_share import NeededTerms

WORK = NeededTerms(800.0, 1.0, 0.5, 0.5, 10000.0, 0.25, 0.4, 0.5)
"""800 must be earned, a quarter of it by agents out of wages of 10,000 there; a fifth of a USD of work is paid for AI."""
