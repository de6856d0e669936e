"""Every shape of golden case and the function that runs it."""

from __future__ import annotations

from tests.golden import facts, required_revenue, site

ADAPTERS = {**facts.ADAPTERS, **required_revenue.ADAPTERS, **site.ADAPTERS}
