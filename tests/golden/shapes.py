"""Every shape of golden case and the function that runs it."""

from __future__ import annotations

from tests.golden import facts, instruments, own_sites, projects, required_revenue, site

ADAPTERS = {
    **facts.ADAPTERS,
    **instruments.ADAPTERS,
    **required_revenue.ADAPTERS,
    **site.ADAPTERS,
    **own_sites.ADAPTERS,
    **projects.ADAPTERS,
}
