"""What can be wrong with a formula, said with the line that was being computed and its place in the source."""

from __future__ import annotations

from types import FrameType
from typing import Any

from overbuild.errors import InputError

_ROOM = "overbuild.equations"


class TraceError(InputError):
    """A formula that cannot be traced.

    Codes: `not_traceable` (a construct that works on floats only), `literal` (a number that is no field of the
    case), `line_twice` (a line's name used again), `tested_flag` (a trigger compared with a number), `bad_operand`, `no_cell_form`
    (an operation or a function that a spreadsheet cell cannot express).
    """


def trace_error(code: str, met: object, hint: str, frame: FrameType | None = None) -> TraceError:
    """The error for the formula that is running now: names the line that it was computing, as far as known.

    The line is the one whose `line(...)` statement is running, or else the next one in the same function.
    """
    frame = frame or _formula_frame()
    if frame is None:
        return TraceError(code, "formula", met, hint)
    name = _line_at(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_firstlineno)
    place = f'line "{name}"' if name else f"function {frame.f_code.co_name}"
    return TraceError(code, place, met, hint, file=frame.f_code.co_filename, line=frame.f_lineno)


def _formula_frame() -> FrameType | None:
    import inspect

    frame = inspect.currentframe()
    while frame is not None and str(frame.f_globals.get("__name__", "")).startswith(_ROOM):
        frame = frame.f_back
    return frame


def _line_at(filename: str, row: int, first_row: int) -> str | None:
    import ast
    import linecache

    try:
        tree = ast.parse("".join(linecache.getlines(filename)))
    except (SyntaxError, ValueError):
        return None
    function = min(
        (f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and _begins(f) <= first_row and _ends(f) >= row),
        key=lambda f: _ends(f) - f.lineno,
        default=None,
    )
    if function is None:
        return None
    calls = [
        call for call in ast.walk(function) if isinstance(call, ast.Call) and _is_line(call) and _ends(call) >= row
    ]
    nearest = min(calls, key=lambda call: (_ends(call), call.lineno), default=None)
    if nearest is None:
        return None
    first = nearest.args[0]
    return str(first.value) if isinstance(first, ast.Constant) else ast.unparse(first).removeprefix("f").strip("'\"")


def _begins(node: Any) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _ends(node: Any) -> int:
    return int(node.end_lineno or node.lineno)


def _is_line(call: Any) -> bool:
    return getattr(call.func, "id", None) == "line" and bool(call.args)
