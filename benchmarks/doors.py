"""What 20,000 rows of one's own cost: entering them, and asking the gap beside them.

    python benchmarks/doors.py [RUNS]

Prints medians of CPU seconds of several runs, each command in a process of its own and all in turn: `gap`, `gap` beside the
rows, `facts add` of the rows; and their ratios, with `gap` as the measure of the machine. Then what is read of a workbook of
50 MB and of one of 30 MB: the time and the memory at its peak. The rows are of 100 names, 5 metrics and 40 quarters, from
1,000 documents.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROWS, METRICS, QUARTERS = 20_000, 5, 40
ENDS = (("01-01", "03-31"), ("04-01", "06-30"), ("07-01", "09-30"), ("10-01", "12-31"))
HEADER = "entity,metric,period_start,period_end,value,unit,kind,source_title,source_url,published,source_class,known_at"
CELL = '<c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c><c r="B{row}"><v>{row}.5</v></c>'


def own_rows(path):
    lines = [HEADER]
    for number in range(ROWS):
        quarter, metric = number % QUARTERS, number // QUARTERS % METRICS
        name, year = f"E{number // (QUARTERS * METRICS)}", 2015 + quarter // 4
        first, last = (f"{year}-{end}" for end in ENDS[quarter % 4])
        page = f"Report {name} {year},https://www.example.org/{name}/{year},{year + 1}-02-01"
        value = 100 + (number * 7919 % 5000) / 100
        lines.append(f"{name},metric_{metric},{first},{last},{value},USD_mn,reported,{page},filing,{year + 1}-02-01")
    path.write_text("\n".join(lines) + "\n")


def large_workbook(path, megabytes):
    """A sheet of rows that hardly pack: the file has about as many bytes as were asked for."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        book.writestr(
            "xl/workbook.xml",
            '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
        )
        relation = '<Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/>'
        book.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relation}</Relationships>")
        with book.open("xl/worksheets/s.xml", "w") as part:
            part.write(b"<worksheet><sheetData>")
            for row in range(1, megabytes * 1_720):
                cells = CELL.format(row=row, text=os.urandom(512).hex())
                part.write(f'<row r="{row}">{cells}</row>'.encode())
            part.write(b"</sheetData></worksheet>")


def cpu_of(folder, *arguments):
    """CPU seconds of a command whose modules are compiled, as those of an installed program are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "overbuild", *arguments]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, env=kept | {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


READ = """
import resource, sys, time
from pathlib import Path
from overbuild.errors import InputError
from overbuild.foreign.workbook.read import Workbook
try:
    with Workbook(Path(sys.argv[1])) as book:
        said = f"{sum(len(row) for row in book.rows()):,} cells read"
except InputError as error:
    said = f"refused ({error.code}): {error.hint}"
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{said}; {time.process_time():.2f} s of CPU, {peak:.0f} MB at the peak")
"""


def main(runs):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own_rows(folder / "own.csv")
        beside = ("gap", "--workspace", str(folder / "ws"))
        for first in (("facts", "add", str(folder / "own.csv"), "--workspace", str(folder / "ws")), beside):
            cpu_of(folder, *first)
        found = {"gap": [], "gap beside 20,000 own rows": [], "facts add of 20,000 rows": []}
        for run in range(runs):
            found["gap"].append(cpu_of(folder, "gap"))
            found["gap beside 20,000 own rows"].append(cpu_of(folder, *beside))
            place = str(folder / f"new-{run}")
            found["facts add of 20,000 rows"].append(
                cpu_of(folder, "facts", "add", str(folder / "own.csv"), "--workspace", place)
            )
        measure = statistics.median(found["gap"])
        for what, times in found.items():
            median = statistics.median(times)
            print(f"{what:30} {median:6.2f} s of CPU  {median / measure:5.2f} times gap  {median - measure:+.2f} s")
        for megabytes in (50, 30):
            large_workbook(folder / "large.xlsx", megabytes)
            size = (folder / "large.xlsx").stat().st_size / 2**20
            told = subprocess.run(
                [sys.executable, "-c", READ, str(folder / "large.xlsx")], check=True, capture_output=True, text=True
            )
            print(f"workbook of {size:.0f} MB: {told.stdout.strip()}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
