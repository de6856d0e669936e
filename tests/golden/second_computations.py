"""The second computation of each of our own cases: in plain Python and NumPy, without a line of the package."""

from __future__ import annotations

from tests.golden import plain_loans, plain_stack, plain_whole_site

SECOND = {
    "OWN1": plain_loans.delayed,
    "OWN2": plain_loans.cured,
    "OWN3": plain_loans.swapped,
    "OWN4": plain_loans.leased_or_bought,
    "OWN5": plain_loans.prepaid,
    "OWN6": plain_stack.defaulted,
    "OWN7": plain_stack.refreshed,
    "OWN8": plain_whole_site.whole_site,
    "OWN9": plain_whole_site.whole_site,
}
"""The second computation of each case."""
