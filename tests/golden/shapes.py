"""Every shape of golden case and the function that runs it."""

from __future__ import annotations

from tests import golden_site
from tests.golden import facts, required_revenue

ADAPTERS = {**facts.ADAPTERS, **required_revenue.ADAPTERS, **golden_site.ADAPTERS}
