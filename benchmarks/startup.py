"""How long the program takes to start: whole commands, in turn with an empty Python, median of several runs.

    python benchmarks/startup.py [RUNS]

Prints wall seconds and the ratio to `python -c pass` run beside it. Machines are noisy: the ratio travels, the
seconds do not.
"""

import statistics
import subprocess
import sys
import time

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import overbuild": [sys.executable, "-c", "import overbuild"],
    "overbuild --help": [sys.executable, "-m", "overbuild", "--help"],
    "overbuild gap --json": [sys.executable, "-m", "overbuild", "gap", "--json"],
    "overbuild facts show MSFT capex": [sys.executable, "-m", "overbuild", "facts", "show", "MSFT", "capex"],
    "overbuild facts list": [sys.executable, "-m", "overbuild", "facts", "list"],
    "overbuild demo": [sys.executable, "-m", "overbuild", "demo"],
}


def seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    empty = statistics.median(times["python -c pass"])
    print(f"{'command':34} {'median s':>9} {'ratio to empty Python':>22}")
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:34} {median:9.3f} {median / empty:22.1f}")


if __name__ == "__main__":
    main()
