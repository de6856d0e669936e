"""The reference page of terms."""

from __future__ import annotations

from overbuild.questions.glossary import terms


def glossary_page() -> str:
    """Every term with its meaning, unit, where it is used and what else it is called."""
    rows = [
        f"| {one.term} | {one.meaning} | {one.unit} | {', '.join(one.used_in)} | {', '.join(one.also_called)} |"
        for one in terms()
    ]
    head = [
        "# Glossary",
        "",
        "Generated from `terms.csv`. `overbuild glossary WORD` prints one of them.",
        "",
        "| term | meaning | unit | used in | also called |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"
