"""Shape B09: tax of an asset, with bonus, a limit on interest and losses carried forward."""

from __future__ import annotations

from overbuild.site.accounts.books import tax_charge
from overbuild.site.accounts.tax import tax_of_period
from overbuild.site.case.tax_tables import LONGEST_BONUS_YEARS, depreciation_table, recovery_years
from overbuild.site.examples import SHAPE, TERMS
from overbuild.site.terms.opening import before_close
from overbuild.timeline.series import padded


def tax_of_an_asset(inputs):
    """What the year allows, uses and loses is read from the sums that it leaves to the next."""
    years, share, nol_cap = len(inputs["ebitda"]), inputs.get("cap163j"), inputs.get("nol_cap")
    bonus = (inputs.get("bonus") or 0.0) if recovery_years(inputs["cls"]) <= LONGEST_BONUS_YEARS else 0.0
    terms = TERMS.tax._replace(
        federal_rate=inputs["rate"], nol_share=1.0 if nol_cap is None else nol_cap, interest_share=share
    )
    before, rows = before_close(SHAPE).tax, []
    interests = inputs.get("interest") or [0.0] * years
    tables = zip(padded(depreciation_table(inputs["cls"]), years), padded((1.0,), years), strict=True)
    for ebitda, interest, (table, first) in zip(inputs["ebitda"], interests, tables, strict=True):
        charge = tax_charge(inputs["cost"], bonus, first, table)
        found = tax_of_period(SHAPE, before, terms, 1.0, ebitda, charge, interest)
        after = found.year
        allowed = interest + before.interest_carry - after.interest_carry
        taxable = ebitda - charge - allowed
        rows.append(
            {
                "dep": charge,
                "interest_allowed": allowed,
                "carryforward": after.interest_carry,
                "taxable_before_nol": taxable,
                "nol_used": before.nol + max(0.0, -taxable) - after.nol,
                "nol_close": after.nol,
                "tax": found.tax,
            }
        )
        before = after
    return {"rows": rows, "total_tax": sum(row["tax"] for row in rows)}


ADAPTERS = {"B09": tax_of_an_asset}
"""The function of each shape: `inputs` of a case file in, `outputs` of the same form out."""
