"""Where a cluster is: processes of this machine, or the scheduler of one that runs."""

from __future__ import annotations

import re
from typing import NamedTuple

from overbuild.errors import InputError

CLUSTER = "--cluster"
_MOST_LOCAL, _HIGHEST_PORT = 256, 65_535
_SCHEDULER = re.compile(r"(tcp|tls)://[^/\s:]+:\d{1,5}|(tcp|tls)://\[[0-9a-fA-F:]+\]:\d{1,5}")


class ClusterAddress(NamedTuple):
    """A cluster as it is named: `local` processes of this machine, or 0 and the scheduler's address."""

    written: str
    local: int = 0


def address_of(written: str) -> ClusterAddress:
    """The cluster that is meant by `local:N` or `tcp://HOST:PORT`. Raises InputError `syntax` or `out_of_range`.

    >>> address_of("local:2").local, address_of("tcp://10.0.0.7:8786").local
    (2, 0)
    """
    kind, _, rest = written.partition(":")
    if kind == "local":
        if not (rest.isascii() and rest.isdigit() and 1 <= int(rest) <= _MOST_LOCAL):
            hint = f"local:N is so many processes of this machine: N is a whole number from 1 to {_MOST_LOCAL}"
            raise InputError("out_of_range", CLUSTER, written, hint)
        return ClusterAddress(written, int(rest))
    is_scheduler = _SCHEDULER.fullmatch(written) is not None
    if not is_scheduler or not 0 < int(written.rpartition(":")[2]) <= _HIGHEST_PORT:
        hint = "is local:N, or the address of a dask scheduler such as tcp://10.0.0.7:8786 (tls:// where it wants keys), port 1 to 65535"
        raise InputError("syntax", CLUSTER, written, hint)
    return ClusterAddress(written)
