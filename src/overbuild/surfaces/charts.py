"""Charts: an Answer's Vega-Lite specification as an SVG or PNG file."""

from __future__ import annotations

import json
from pathlib import Path

from overbuild.answer import Answer
from overbuild.errors import InputError
from overbuild.files import check_path, write_whole
from overbuild.surfaces.safe_text import chart_text, with_texts

FORMATS = (".svg", ".png")


def check_chart_path(path: Path, *, overwrite: bool = False) -> None:
    """Refuse an ending that is not offered (InputError `bad_value`), or a path as `check_path` does."""
    if path.suffix.lower() not in FORMATS:
        raise InputError("bad_value", "--chart", str(path), f"a chart file ends in {' or '.join(FORMATS)}")
    check_path(path, "--chart", overwrite=overwrite)


def write_chart(answer: Answer, path: Path, *, overwrite: bool = False) -> None:
    """Write the answer's first chart; the file appears whole or not at all.

    Raises InputError as `check_chart_path`, and `missing` when the answer has no chart.
    """
    import vl_convert

    check_chart_path(path, overwrite=overwrite)
    if not answer.charts:
        raise InputError("missing", "--chart", str(path), f"the answer to {answer.question} has no chart")
    spec = json.dumps(with_texts(answer.charts[0].spec, chart_text))
    as_svg = path.suffix.lower() == ".svg"
    image = vl_convert.vegalite_to_svg(spec).encode() if as_svg else vl_convert.vegalite_to_png(spec, scale=2)
    write_whole(path, image, "--chart", overwrite=overwrite)
