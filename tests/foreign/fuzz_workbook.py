"""Read many broken workbooks and count what becomes of them: python -m tests.foreign.fuzz_workbook 100000 SEED."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.foreign.mutations import mutated, outcome_of, small_workbook


def main(count: int, seed: int) -> None:
    chance = random.Random(seed)
    slowest, outcomes = 0.0, Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        data = small_workbook(Path(folder) / "sound.xlsx").read_bytes()
        path = Path(folder) / "broken.xlsx"
        for _ in range(count):
            path.write_bytes(mutated(data, chance))
            begun = time.process_time()
            outcomes[outcome_of(path)] += 1
            slowest = max(slowest, time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count} broken workbooks, seed {seed}: {dict(outcomes)}; slowest {slowest:.3f} s of CPU; peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
