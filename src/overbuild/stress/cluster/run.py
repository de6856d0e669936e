"""A run of many worlds on a cluster: how large its parts are, what is sent, what is told where it breaks off."""

from __future__ import annotations

from overbuild.errors import InputError, OverbuildError, raise_all
from overbuild.stress.cluster.address import CLUSTER, ClusterAddress, address_of
from overbuild.stress.cluster.dask_workers import DaskWorkers, packed
from overbuild.stress.cluster.part_size import part_size
from overbuild.stress.cluster.there import signature_of
from overbuild.stress.worlds.kept import OUT, KeptBlocks, size_kept
from overbuild.stress.worlds.run import Progress, WorldsRun, run_on
from overbuild.stress.worlds.settings import StressSettings
from overbuild.stress.worlds.written.run_out import PlannedRun, kept_in
from overbuild.stress.worlds.written.worlds_file import is_file_of_worlds


def cluster_of(settings: StressSettings) -> ClusterAddress:
    """The cluster of the settings. Raises InputError(s): as `address_of`, and `contradiction` for what a cluster cannot do."""
    faults, found = list[OverbuildError](), None
    try:
        found = address_of(str(settings.cluster))
    except InputError as error:
        faults.append(error)
    if settings.until_error is not None:
        hint = "ends a run on one machine; say --scenarios for a run on a cluster"
        faults.append(InputError("contradiction", "until_error", settings.until_error, hint))
    if settings.threads is not None:
        hint = "are threads of this machine; on a cluster each worker has its own: leave --threads or --cluster out"
        faults.append(InputError("contradiction", "threads", settings.threads, hint))
    if settings.out is not None and is_file_of_worlds(settings.out):
        hint = "a file of every world is written by one machine; name a folder, or leave --cluster out"
        faults.append(InputError("contradiction", OUT, str(settings.out), hint))
    raise_all(faults)
    assert found is not None
    return found


def run_on_cluster(planned: PlannedRun, settings: StressSettings, progress: Progress | None = None) -> WorldsRun:
    """Run scenarios on the cluster of the settings: the same digits as on one core.

    Raises InputError: `no_cluster`, `no_workers`, `other_version` before anything is run or `cluster_lost` in the middle,
    saying what is kept; else as `cluster_of` and `run_worlds`.
    """
    address = cluster_of(settings)
    asked, out = planned.columns.asked, settings.out
    size = None if out is None else size_kept(out)
    kept = None
    try:
        if out is not None and size is not None:
            kept = kept_in(out, planned, size)
        recipe, wanted = packed(planned.recipe), signature_of(planned.block, asked)
        with DaskWorkers(address) as workers:
            size = size or part_size(planned.block, asked, planned.wanted.scenarios, workers.threads)
            if out is not None and kept is None:
                kept = kept_in(out, planned, size)
            workers.sent(recipe, asked, wanted)
            return run_on(workers, asked, planned.wanted._replace(block=size), kept=kept, progress=progress)
    except InputError as error:
        raise _with_what_is_kept(error, kept) from None


def _with_what_is_kept(error: InputError, kept: KeptBlocks | None) -> InputError:
    """An error of the cluster, with what is to be done about what was run."""
    if error.path != CLUSTER or (kept is None and error.code != "cluster_lost"):
        return error
    if kept is None:
        hint = f"{error.hint}. Nothing was kept: with --out FOLDER a run goes on where it broke off"
    else:
        hint = f"{error.hint}. {kept.kept():,} parts are kept in {kept.folder}: run the same command again"
    return InputError(error.code, CLUSTER, error.value, hint)
