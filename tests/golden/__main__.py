"""Run every golden case of a folder; exit 1 on a difference, 2 on a shape nobody knows or a folder without cases.

A shape of which the package has no quantity ends with 2 as well, and says which that is.
A case that rests on a rule which the model no longer has is told apart: it must differ, or it is a failure too.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.golden.absent import ABSENT
from tests.golden.compare import worst_difference
from tests.golden.shapes import ADAPTERS
from tests.golden.superseded import SUPERSEDED


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="prefixes of ids, separated by commas")
    chosen = parser.parse_args(arguments)
    prefixes = tuple(prefix.strip() for prefix in chosen.only.split(",") if prefix.strip()) or ("",)
    cases = [json.loads(path.read_text("utf-8")) for path in sorted(chosen.folder.glob("*.json"))]
    cases = [case for case in cases if case["id"].startswith(prefixes)]
    if not cases:
        print(f"no case in {chosen.folder} whose id begins with {chosen.only or 'anything'}", file=sys.stderr)
        return 2
    unknown = [case for case in cases if case["shape"] not in ADAPTERS]
    failed = 0
    for case in cases:
        if case["shape"] in ADAPTERS:
            worst = worst_difference(ADAPTERS[case["shape"]](case["inputs"]), case["outputs"], case["tolerance"])
            rule = SUPERSEDED.get(case["id"])
            failed += (worst > 1) == (rule is None)
            agrees = "ok" if worst <= 1 else "FAIL"
            print(
                f"{case['id']} {agrees} {worst:.3g}" if rule is None else f"{case['id']} superseded {worst:.3g}: {rule}"
            )
    for case in unknown:
        absent = ABSENT.get(case["shape"])
        known = f"is not known; known: {', '.join(sorted(ADAPTERS))}"
        told = f"is not known: {absent}" if absent else known
        print(f"{case['id']}: shape {case['shape']} {told}", file=sys.stderr)
    return 2 if unknown else 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
