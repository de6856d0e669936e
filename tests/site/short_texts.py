"""Case files in the short form drawn at random: every block, numbers written in every way, comments everywhere."""

from __future__ import annotations

import random


class ShortText:
    """A file as it is drawn. `comments` are all that were written, each with a number of its own."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.comments = []
        self.reasons = []
        self.built = self.draw.randint(1, 4)
        self.count = self.draw.choice((1, 1, 2, 4, 12))
        self.periods = self.draw.randint(6, 14) * (2 if self.count == 12 else 1)
        self.text = self._file()

    def comment(self, chance=0.15):
        if self.draw.random() > chance:
            return ""
        self.comments.append(
            f"# note {len(self.comments)}: {self.draw.choice(('as built', 'see: the term sheet', '50 % # x'))}"
        )
        return self.comments[-1]

    def lines(self, name, value, indent):
        """The lines of an entry, flow or block, with comments."""
        margin = " " * indent
        above = self.comment(0.1)
        if above:
            yield margin + above
        flow = f"{margin}{name}: {flowing(value)}"
        if not isinstance(value, dict | list) or self.draw.random() < 0.6 or not value:
            beside = self.comment()
            yield f"{flow}  {beside}" if beside else flow
            return
        yield f"{margin}{name}:"
        if isinstance(value, dict):
            for key, one in value.items():
                yield from self.lines(key, one, indent + 2)
            return
        for one in value:
            if not isinstance(one, dict):
                beside = self.comment(0.05)
                yield f"{margin}  - {flowing(one)}" + (f"  {beside}" if beside else "")
                continue
            if self.draw.random() < 0.2:
                yield f"{margin}  {self.comment(1.0)}"
            entries = [line for key, inner in one.items() for line in self.lines(key, inner, indent + 4)]
            while entries[0].lstrip().startswith("#"):
                yield f"{margin}  {entries.pop(0).lstrip()}"
            yield f"{margin}  - {entries[0].lstrip()}"
            yield from entries[1:]

    def number(self, low, high, whole=False):
        """A number as its text, or a block that says where it comes from."""
        draw = self.draw
        value = draw.randint(low, high) if whole else draw.uniform(low, high)
        if not whole and value > 1e5:
            text = draw.choice((f"{value / 1e6:.1f}e6", f"{value / 1e6:.1f}e+6", f"{value:.0f}.0"))
        else:
            text = str(value) if whole else f"{value:.{draw.choice((2, 3, 4))}f}"
        if draw.random() < 0.5:
            return text
        self.reasons.append(f"Reason {len(self.reasons)}, by hand.")
        block = {"value": text}
        if draw.random() < 0.5:
            block |= {"low": text, "high": text}
        words = self.reasons[-1] if draw.random() < 0.5 else f'"{self.reasons[-1]}"'
        if draw.random() < 0.5:
            return {**block, "reason": words, "author": "A. Analyst"}
        return {**block, "source": f'"Term sheet of 12 October 2026: {self.reasons[-1]}"'}

    def series(self, low, high, length):
        if self.draw.random() < 0.5:
            return self.number(low, high)
        numbers = [f"{self.draw.uniform(low, high):.3f}" for _ in range(length)]
        if self.draw.random() < 0.5:
            return numbers
        return {"value": numbers, "reason": '"A series, by hand."', "author": "A. Analyst"}

    def some(self, block, chance=0.5):
        """A part of the entries of a block."""
        return {name: one for name, one in block.items() if self.draw.random() < chance}

    def _file(self):
        draw = self.draw
        close = {1: "2027", 2: "2027H2", 4: "2027Q3", 12: "2027-05"}[self.count]
        file = {
            "name": draw.choice((f"case-{draw.randint(1, 9)}", '"my own case"')),
            "close": draw.choice((f'"{close}"', close)),
        }
        parts = list(self._body().items())
        if draw.random() < 0.5:
            draw.shuffle(parts)
        found = ["# A case.", self.comment(1.0)]
        for name, one in {**file, **dict(parts)}.items():
            if draw.random() < 0.3:
                found.append("")
            if one not in ({}, []):
                found += self.lines(name, one, 0)
        return "\n".join([*found, self.comment(1.0), ""])

    def _body(self):
        draw, n = self.draw, self.periods
        contract = draw.randint(2, n - 2)
        refresh = draw.randint(2, n - 3) if draw.random() < 0.4 else None
        relet = draw.randint(max(contract, (refresh or 0) + 1), n - 1) if draw.random() < 0.4 else None
        self.chips = draw.choice(("it", "chips")) if refresh else "it"
        offtake = draw.random() < 0.8
        body = {
            "site": self._site(),
            "components": self._components(),
            "market": {
                "price_per_gpu_hour": self.number(1.0, 4.0),
                "decline_per_year": draw.choice(("0.0", "0", self.number(0.01, 0.2), self.number(-0.2, -0.01))),
                "utilisation": self.series(0.4, 0.9, n),
            },
            "power": self.some({"price_per_mwh": self.number(40, 90), "escalator_per_year": self.growth()}, 0.8),
            "costs": self._costs(),
            "tax": self.some(
                {
                    "rate": self.number(0.1, 0.3),
                    "nol_share": "0.8",
                    "interest_share": draw.choice(("null", "0.3")),
                    "loss_use": "carry",
                }
            ),
            "funding": self.some(
                {"rule": draw.choice(("pro_rata", "debt_first")), "contingency": "5.0e6", "standby": "1e7"}, 0.3
            ),
            **self._debt(contract if offtake else None),
            "owners": self.some({"hurdle_per_year": self.number(0.08, 0.15), "walk_away": "true"}),
            "enforcement": self.some(
                {"cost_share": "0.08", "lag_years": "1.0", "decay_per_year": self.number(0.1, 0.4)}
            ),
        }
        if offtake:
            body["offtake"] = self._offtake(contract)
            if draw.random() < 0.3:
                body["offtaker_default"] = {
                    "period": self.number(1, n, whole=True),
                    "recovery_share": "0.30",
                    "claim_periods": "2",
                }
        if refresh:
            body["refresh"] = {
                "period": str(refresh),
                "cost": self.number(3e7, 9e7),
                "replaces": self.chips,
            } | self.some(
                {
                    "old_it_proceeds": "1.0e6",
                    "reserve_periods": "1",
                    "performance_gain": self.number(1, 3),
                    "paid_by": draw.choice(("project", "owners")),
                    "mode": "committed",
                }
            )
        if relet:
            body["relet"] = {"period": str(relet), "rent_per_kw_month": self.number(80, 160)} | self.some(
                {
                    "rent_escalator_per_year": self.growth(),
                    "let_share": "0.90",
                    "cost_per_mw_year": self.number(4e4, 3e5),
                    "it_proceeds": "2.0e6",
                }
            )
        if draw.random() < 0.2:
            body["lease"] = {"payment_per_year": "2.0e6", "rate_per_year": "0.07"}
        if draw.random() < 0.2:
            body["holdco"] = {"amount": "1.0e7", "rate_per_year": "0.12", "tenor": "3"}
        return body

    def growth(self):
        return self.draw.choice(("0.0", "0", self.number(0.01, 0.05)))

    def _site(self):
        draw = self.draw
        needed = {
            "it_mw": self.number(20, 100),
            "kw_per_gpu": self.number(1, 3),
            "construction_periods": str(self.built),
            "operating_periods": str(self.periods),
        }
        if self.count > 1 or draw.random() < 0.5:
            needed["periods_per_year"] = str(self.count)
        others = {
            "attrition_per_year": "0.0",
            "availability_share": self.number(0.9, 0.99),
            "pue": self.number(1.1, 1.4),
            "idle_load_share": "0.35",
            "delay_periods": "1",
            "delay_cost_per_period": "1.0e6",
            "terminal_proceeds": self.number(1e7, 5e7),
            "decommissioning": "1e6",
            "residual_value_guarantee": "2.5e7",
            "residual_value_guarantor": "third_party",
        }
        return needed | self.some(others)

    def _components(self):
        names = ["shell", self.chips, "network"][: self.draw.choice((2, 3))]
        return [self._component(name) for name in names]

    def _component(self, name):
        spend = ["1.0"] if self.built == 1 else ["0.5", *["0.0"] * (self.built - 2), "0.5"]
        needed = {
            "name": name,
            "cost": self.number(5e7, 4e8),
            "spend": spend,
            "book_life_years": "6",
            "tax_class": "MACRS5",
        }
        return needed | self.some(
            {
                "liquidation_share": self.number(0.2, 0.6),
                "decay_per_year": "0.1",
                "overrun": "0.05",
                "maintained": self.draw.choice(("true", "false")),
            },
            0.4,
        )

    def _costs(self):
        return self.some(
            {
                "staff_per_year": self.number(1e6, 9e6),
                "maintenance_share_per_year": "0.02",
                "insurance_share_per_year": self.number(0.001, 0.005),
                "property_tax_share_per_year": "0.005",
                "inflation_per_year": self.growth(),
                "receivable_days": "30",
                "payable_days": "30",
                "maintained": self.draw.choice(([], ["shell"], ["shell", self.chips])),
            },
            0.7,
        )

    def _offtake(self, tenor):
        needed = {
            "tenor": self.number(tenor, tenor, whole=True),
            "contract_share": self.number(0.5, 1.0),
            "price_per_gpu_hour": self.number(2.0, 4.0),
            "utilisation": self.series(0.5, 0.95, self.periods),
        }
        return needed | self.some(
            {
                "escalator_per_year": self.growth(),
                "take_or_pay_share": "0.90",
                "long_stop_periods": self.number(0, 3, whole=True),
            }
        )

    def _loan(self, name, kind):
        rates = {"rate_per_year": self.number(0.04, 0.1)}
        if self.draw.random() < 0.5:
            base = self.series(0.03, 0.05, self.periods)
            rates = {"base_rate_per_year": base, "margin_per_year": self.number(0.02, 0.04), "floor_per_year": "0.01"}
        size = {"sculpted": {"target_dscr": self.number(2, 3), "max_debt_share": "0.30"}}.get(
            kind, {"debt_share": "0.20", "repayment": kind}
        )
        others = {
            "construction_rate_per_year": self.number(0.05, 0.09),
            "upfront_fee_share": "0.01",
            "commitment_fee_per_year": "0.005",
        }
        return {"name": name, "tenor": self.number(2, self.periods, whole=True), **rates, **size, **self.some(others)}

    def _debt(self, contract):
        draw = self.draw
        first = draw.choice(("sculpted", "annuity", "level_parts", "straight_line", "bullet"))
        loans = [self._loan("senior", first)][: draw.choice((0, 1, 1, 1))]
        if loans and draw.random() < 0.5:
            loans.append(self._loan("second", draw.choice(("annuity", "level_parts"))) | {"rank": "2"})
        if loans and draw.random() < 0.4:
            loans[0]["collateral"] = [draw.choice(("shell", self.chips))]
        found = {"loans": loans}
        if loans and draw.random() < 0.3:
            tenor = self.number(2, self.periods, whole=True)
            found["mezzanine"] = {
                "debt_share": "0.05",
                "cash_rate_per_year": "0.09",
                "tenor": tenor,
                "pik_rate_per_year": self.number(0.01, 0.03),
            }
        if contract and draw.random() < 0.3:
            found["prepayment"] = {"amount": "1.0e7", "received": ["1.0"], "credited_periods": "1"} | self.some(
                {"credited_from": str(draw.randint(1, contract))}
            )
        if loans:
            found["reserves"] = self.some({"dsra_periods": "1"})
            found["waterfall"] = self._waterfall()
        return found

    def _waterfall(self):
        water = self.some(
            {"lockup_dscr": self.number(1.1, 1.3), "cures": self.number(0, 3, whole=True), "sweep_share": "0.50"}
        )
        if "sweep_share" in water and self.draw.random() < 0.5:
            water["sweep_trigger"] = self.number(1.1, 1.4)
        if self.draw.random() < 0.6:
            water |= {
                "default_dscr": self.number(1.0, 1.1),
                "covenant": self.draw.choice(("flag", "cure", "sweep_all", "accelerate")),
            }
        if self.count == 4 and self.draw.random() < 0.3:
            water["cures_in_four"] = "1"
        return water


def flowing(value):
    """A value on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {quoted(flowing(one))}' for name, one in value.items())}}}"
    return f"[{', '.join(flowing(one) for one in value)}]" if isinstance(value, list) else value


def quoted(text):
    """A text as it may stand between braces."""
    return f'"{text}"' if "," in text and text[0] not in "\"'[{" else text
