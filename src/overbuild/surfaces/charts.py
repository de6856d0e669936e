"""Charts: an Answer's Vega-Lite specification as an SVG or PNG file."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from overbuild.answer import Answer
from overbuild.errors import InputError

FORMATS = (".svg", ".png")


def check_chart_path(path: Path) -> None:
    """Refuse an ending that is not offered (InputError `bad_value`) or a folder that is not there (`not_writable`)."""
    if path.suffix.lower() not in FORMATS:
        raise InputError("bad_value", "--chart", str(path), f"a chart file ends in {' or '.join(FORMATS)}")
    if not path.parent.is_dir():
        raise InputError("not_writable", "--chart", str(path), f"there is no folder {path.parent}")


def write_chart(answer: Answer, path: Path) -> None:
    """Write the answer's first chart; the file appears whole or not at all.

    Raises InputError as `check_chart_path`, and `missing` when the answer has no chart.
    """
    import vl_convert

    check_chart_path(path)
    if not answer.charts:
        raise InputError("missing", "--chart", str(path), f"the answer to {answer.question} has no chart")
    spec = json.dumps(answer.charts[0].spec)
    as_svg = path.suffix.lower() == ".svg"
    image = vl_convert.vegalite_to_svg(spec).encode() if as_svg else vl_convert.vegalite_to_png(spec, scale=2)
    handle, name = -1, ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(image)
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise InputError("not_writable", "--chart", str(path), f"cannot be written ({error.strerror})") from None
