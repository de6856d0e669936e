"""Machine code from the text of a kernel, kept on disk: the only code that knows llvmlite."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingImports=false
# (llvmlite has no types)

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overbuild.equations.kernel.bindings import Scenarios

_WHOLE, _POINTER = ctypes.c_int64, ctypes.c_void_p
_PREPARE = ctypes.CFUNCTYPE(None, _POINTER, _WHOLE, _POINTER, _POINTER, _POINTER)
_RUN = ctypes.CFUNCTYPE(None, *[_WHOLE] * 5, _POINTER, _WHOLE, *[_POINTER] * 5)
_MAGIC = b"overbuild kernel 1\n"


class Processor(NamedTuple):
    """A processor: its name and its features as LLVM writes them, and how many scenarios go together on it."""

    cpu: str
    features: str
    lanes: int

    @property
    def contracts(self) -> bool:
        """Whether it has an instruction for a * b + c."""
        return "+fma" in self.features or platform.machine().lower() in ("arm64", "aarch64")


class Native(NamedTuple):
    """The two functions of a kernel, on so many lanes; `engine` owns their code."""

    prepare: Callable[..., None]
    run: Callable[..., None]
    lanes: int
    engine: Any
    from_disk: bool


class CaseNumbers(NamedTuple):
    """What a kernel takes of a case: where its loops begin and end, the last of the ends, and the table that was prepared."""

    bounds: NDArray[np.int64]
    stride: int
    table: NDArray[np.float64]


class LaneArrays(NamedTuple):
    """What a run reads and writes: lanes, lane columns, values, rows; scenarios last."""

    lanes: NDArray[np.float64]
    columns: NDArray[np.float64]
    values: NDArray[np.float64]
    rows: NDArray[np.float64]


def host() -> Processor:
    """The processor that this runs on. Raises ImportError where llvmlite is not installed."""
    import llvmlite.binding as llvm

    features = llvm.get_host_cpu_features().flatten()
    return Processor(llvm.get_host_cpu_name(), features, 16 if "+avx512f" in features else 8)


def native(text: str, target: Processor, folder: Path | None) -> Native:
    """The machine code of a text: from the folder where it was kept, else compiled, and kept if the folder lets it.

    Raises ImportError where llvmlite is not installed, RuntimeError or OSError where machine code is refused.
    """
    import llvmlite.binding as llvm

    machine = _machine(target)
    path = None if folder is None else folder / f"{_key(text, target)}.o"
    code = _kept(path)
    found = code is not None
    if code is None:
        code = _compiled(text, machine)
        _keep(path, code)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    addresses = [engine.get_function_address(name) for name in ("prepare", "run")]
    if not all(addresses):
        raise RuntimeError("the kernel has no address")
    return Native(_PREPARE(addresses[0]), _RUN(addresses[1]), target.lanes, engine, found)


def prepared(
    made: Native, bounds: NDArray[np.int64], numbers: NDArray[Any], columns: NDArray[Any], size: int
) -> CaseNumbers:
    """The table of a case, of so many entries, from its numbers and its columns (column, place)."""
    table = np.empty(max(1, size))
    stride = int(bounds.max())
    made.prepare(_at(bounds), stride, _at(numbers), _at(columns), _at(table))
    return CaseNumbers(bounds, stride, table)


def run_lanes(made: Native, case: CaseNumbers, of: Scenarios, arrays: LaneArrays, threads: int, block: int) -> None:
    """Run scenarios in blocks, each in a thread; the last, too few for all lanes, are filled up with copies."""
    whole, step = of.size // made.lanes, max(1, block // made.lanes)

    def go(groups: range, some: Scenarios, on: LaneArrays) -> None:
        fixed = _at(case.bounds), case.stride, _at(case.table)
        made.run(groups.start, groups.stop, some.size, some.first, some.seed, *fixed, *(_at(one) for one in on))

    def block_from(low: int) -> None:
        go(range(low, min(low + step, whole)), of, arrays)

    if threads > 1 and whole > step:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(block_from, range(0, whole, step)))
    else:
        for low in range(0, whole, step):
            block_from(low)
    rest = of.size % made.lanes
    if rest:
        last = LaneArrays(*(_filled_up(one, rest, made.lanes) for one in arrays))
        go(range(1), of._replace(size=made.lanes, first=of.first + of.size - rest), last)
        for one, copied in zip(arrays[2:], last[2:], strict=True):
            one[..., one.shape[-1] - rest :] = copied[..., :rest]


def _filled_up(array: NDArray[np.float64], rest: int, lanes: int) -> NDArray[np.float64]:
    """The last `rest` entries, the very last again and again up to all lanes."""
    places = np.minimum(np.arange(lanes), rest - 1) + array.shape[-1] - rest
    return np.ascontiguousarray(array[..., np.maximum(places, 0)])


def _at(array: NDArray[Any]) -> int:
    return int(array.ctypes.data)


def cache_folder() -> Path | None:
    """Where object code is kept: the user's cache; None where there is no home.

    `OVERBUILD_CACHE` names another folder; empty, nothing is kept.
    """
    named = os.environ.get("OVERBUILD_CACHE")
    if named is not None:
        return Path(named) / "kernels" if named else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "overbuild" / "kernels"


def _machine(target: Processor) -> Any:
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    made = llvm.Target.from_default_triple()
    return made.create_target_machine(cpu=target.cpu, features=target.features, opt=3, jit=True)


def _key(text: str, target: Processor) -> str:
    import llvmlite
    import llvmlite.binding as llvm

    parts = (
        text,
        llvmlite.__version__,
        str(llvm.llvm_version_info),
        llvm.get_default_triple(),
        target.cpu,
        target.features,
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _compiled(text: str, machine: Any) -> bytes:
    import llvmlite.binding as llvm

    module = llvm.parse_assembly(text)
    tuning = llvm.create_pipeline_tuning_options(speed_level=3)
    tuning.slp_vectorization = tuning.loop_vectorization = False
    passes = llvm.create_pass_builder(machine, tuning)
    passes.getModulePassManager().run(module, passes)
    return machine.emit_object(module)


def _kept(path: Path | None) -> bytes | None:
    """What was kept, if it is whole."""
    if path is None:
        return None
    try:
        held = path.read_bytes()
    except OSError:
        return None
    head = len(_MAGIC) + 32
    code = held[head:]
    whole = held[: len(_MAGIC)] == _MAGIC and hashlib.sha256(code).digest() == held[len(_MAGIC) : head]
    return code if whole and code else None


def _keep(path: Path | None, code: bytes) -> None:
    """Keep the code: written beside and moved, so that a reader never meets half of it. Silent where it cannot be."""
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(_MAGIC + hashlib.sha256(code).digest() + code)
        Path(file.name).replace(path)
    except OSError:
        return
