"""Capacity: GPUs, the hours they can sell, their utilisation, and the energy they take."""

from __future__ import annotations

from overbuild.equations import blend, line, power
from overbuild.old_site.terms.inputs import Inputs
from overbuild.old_site.terms.terms import OfftakeTerms, SiteTerms
from overbuild.units import HOURS_PER_YEAR, KW_PER_MW, Flag01, GpuHours, Mwh, Ratio, Share, Years


def gpu_hours(site: SiteTerms, it_age_years: Years, refreshed: Flag01, performance_gain: Ratio) -> GpuHours:
    """GPU-hours of base compute that the site can sell in one period.

        gpu_hours = (it_mw * 1000 / kw_per_gpu) * (1 - attrition_per_year)^it_age_years * availability_share
                    * 8760 / periods_per_year * (performance_gain where refreshed, else 1)

    Valid: attrition below 1.
    Source: ours, a simplification: chips fail at one rate a year, and those that fail are not replaced.

    >>> from overbuild.old_site.examples import TERMS
    >>> round(gpu_hours(TERMS.site._replace(attrition_per_year=0.5), 1.0, 0.0, 2.0) / 1e6, 6)
    303.471429
    """
    gpus = site.it_mw * KW_PER_MW / site.kw_per_gpu
    working = power(1.0 - site.attrition_per_year, it_age_years) * site.availability_share
    return gpus * working * HOURS_PER_YEAR / site.periods_per_year * blend(refreshed, performance_gain, 1.0)


def contracted_share(offtake: OfftakeTerms, inputs: Inputs) -> Share:
    """Share of capacity that the contract takes: 0 before it starts, after it ends and once it is terminated.

        contracted_share = contract_runs * contract_share

    Source: ours, a definition: while the contract runs it takes one share, the same in every period.

    >>> from overbuild.old_site.examples import INPUTS, TERMS
    >>> contracted_share(TERMS.offtake, INPUTS)
    0.8
    """
    return line("contracted_share", inputs.contract_runs * offtake.contract_share)


def utilisation(contracted: Share, inputs: Inputs) -> Share:
    """Utilisation of the capacity; take-or-pay raises revenue, not utilisation.

        utilisation_share = contracted * utilisation_contract + (1 - contracted) * utilisation_merchant

    Source: ours, an identity: a mean of two uses, weighted by capacity.

    >>> from overbuild.old_site.examples import INPUTS
    >>> utilisation(0.5, INPUTS)
    0.75
    """
    used = blend(contracted, inputs.utilisation_contract, inputs.utilisation_merchant)
    return line("utilisation_share", used)


def energy(site: SiteTerms, utilisation_share: Share, chips_run: Flag01) -> Mwh:
    """Energy that the site takes in one period, MWh: idle GPUs still draw a share of full load, PUE adds cooling.

        energy_mwh = chips_run * it_mw * (idle_load_share + (1 - idle_load_share) * utilisation_share) * pue
                     * 8760 / periods_per_year

    `chips_run` is 0 once the hall is let: the tenant pays the power.
    Source: ours, a simplification: the load of a chip is linear in its use, and cooling a fixed multiple of it.

    >>> from overbuild.old_site.examples import TERMS
    >>> energy(TERMS.site, 0.5, 1.0)
    709560.0
    """
    load_factor = line("load_factor", blend(utilisation_share, 1.0, site.idle_load_share))
    return line("energy_mwh", chips_run * site.it_mw * load_factor * site.pue * HOURS_PER_YEAR / site.periods_per_year)
