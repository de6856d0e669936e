"""Charts: an Answer's Vega-Lite specification as an SVG or PNG file."""

from __future__ import annotations

import json
from pathlib import Path

from overbuild.answer import Answer, Chart
from overbuild.errors import InputError, did_you_mean
from overbuild.files import check_path, write_whole
from overbuild.surfaces.safe_text import chart_text, one_line, with_texts

FORMATS = (".svg", ".png")

WITHOUT = (
    "why, facts search, facts source and glossary have none: they print a tree, lists and words; "
    "`stress` draws pictures from 20 worlds on"
)
"""Which questions have no chart."""


def check_chart_path(path: Path, *, overwrite: bool = False) -> None:
    """Refuse an ending that is not offered (InputError `bad_value`), or a path as `check_path` does."""
    if path.suffix.lower() not in FORMATS:
        raise InputError("bad_value", "--chart", str(path), f"a chart file ends in {' or '.join(FORMATS)}")
    check_path(path, "--chart", overwrite=overwrite)


def list_of_charts(answer: Answer) -> str:
    """Every chart of an answer: its name, what it says, what it measures."""
    if not answer.charts:
        return f"The answer to {answer.question} has no chart; {WITHOUT}."
    width = max(len(one.name) for one in answer.charts)
    lines = [f"{one.name.ljust(width)}  {one_line(one.title)}" for one in answer.charts]
    return "\n".join([*lines, "", "--chart FILE.svg writes the first, --chart-name NAME another."])


def chosen_chart(answer: Answer, name: str | None) -> Chart:
    """The first chart, or the one of a name. Raises InputError `missing` without any, `unknown_name` with close ones."""
    if not answer.charts:
        raise InputError("missing", "--chart", None, f"the answer to {answer.question} has no chart; {WITHOUT}")
    if name is None:
        return answer.charts[0]
    names = [one.name for one in answer.charts]
    if name not in names:
        hint = f"no such chart.{did_you_mean(name, names)} Charts: {', '.join(names)}"
        raise InputError("unknown_name", "--chart-name", name, hint)
    return answer.charts[names.index(name)]


def write_chart(answer: Answer, path: Path, *, name: str | None = None, overwrite: bool = False) -> None:
    """Write the answer's first chart, or the one of a name; the file appears whole or not at all.

    Raises InputError as `check_chart_path` and `chosen_chart`.
    """
    import vl_convert

    check_chart_path(path, overwrite=overwrite)
    spec = json.dumps(with_texts(chosen_chart(answer, name).spec, chart_text))
    as_svg = path.suffix.lower() == ".svg"
    image = vl_convert.vegalite_to_svg(spec).encode() if as_svg else vl_convert.vegalite_to_png(spec, scale=2)
    write_whole(path, image, "--chart", overwrite=overwrite)
