"""What runs on a worker: the block function made there from what was sent, held against the sender's digits, and run.

What travels is a recipe: the bound numbers of the case and how they are drawn, in a pickle. A worker makes the machine
code from it once. Before its first part it runs the first scenarios and compares its digest with the sender's, so a worker
of another version, library or processor that gives other digits gives none at all.
"""

from __future__ import annotations

import hashlib
import pickle
import platform
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple, TypeAlias

import numpy as np

from overbuild.stress.worlds.summaries import Asked, digest_of
from overbuild.stress.worlds.workers.summarised import BlockFunction, Summarised, summarised
from overbuild.version import __version__

Recipe: TypeAlias = Callable[[], BlockFunction]
"""Makes the block function of a run, on whatever machine it is called."""

_PROBED = 512
_MADE: dict[str, BlockFunction] = {}
_MAKING = Lock()


class Signature(NamedTuple):
    """What a worker has to agree with: its versions, and the digest of the first scenarios."""

    overbuild: str
    python: str
    numpy: str
    digest: str = ""


class Refusal(NamedTuple):
    """Why a worker gives no digits."""

    why: str


def versions_here() -> Signature:
    """The versions of this process."""
    return Signature(__version__, ".".join(platform.python_version_tuple()[:2]), np.__version__)


def signature_of(block: BlockFunction, asked: Asked) -> Signature:
    """What every worker has to agree with."""
    return versions_here()._replace(digest=_probe(block, asked))


def run_there(recipe: bytes, asked: Asked, wanted: Signature, first: int, count: int) -> Summarised | Refusal:
    """What comes of a part of the scenarios on this worker, or why it runs none."""
    why = differs(wanted, versions_here())
    if why:
        return Refusal(why)
    block = _made(recipe, asked, wanted.digest)
    return block if isinstance(block, Refusal) else summarised(block, asked, first, count)


def differs(wanted: Signature, there: Signature) -> str:
    """How the versions of a worker differ, in words; empty where they do not.

    >>> differs(Signature("0.3.0", "3.12", "2.4.6"), Signature("0.2.0", "3.12", "2.4.6"))
    'has overbuild 0.2.0 (0.3.0 here)'
    """
    told = [
        f"{name} {other} ({own} here)"
        for name, own, other in zip(Signature._fields, wanted, there, strict=True)
        if name != "digest" and own != other
    ]
    return f"has {', '.join(told)}" if told else ""


def _made(recipe: bytes, asked: Asked, digest: str) -> BlockFunction | Refusal:
    """The block function of a recipe, made once in a process."""
    name = hashlib.sha256(recipe).hexdigest()
    with _MAKING:
        if name not in _MADE:
            make: Recipe = pickle.loads(recipe)
            block = make()
            own = _probe(block, asked)
            if own != digest:
                return Refusal(f"computes other digits (digest of the first worlds {own}, {digest} here)")
            _MADE.clear()
            _MADE[name] = block
        return _MADE[name]


def _probe(block: BlockFunction, asked: Asked) -> str:
    return digest_of(*summarised(block, asked, 0, _PROBED))
