"""How the tests are run: folders of them on every core; a file or a test that is named, in one process.

`-n` says otherwise: `-n 0` runs all tests in one process, `-n 2` named files in two. A file goes to one worker, so that
what it prepares for its tests is prepared once.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# on a machine that others use a property may be slow to draw, which is no fault of it
settings.register_profile("shared machine", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("shared machine")

collect_ignore = ["benchmarks"]


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Use every core where no file is named, if pytest-xdist is there and this is not one of its workers."""
    if not config.pluginmanager.hasplugin("xdist") or hasattr(config, "workerinput"):
        return
    if config.option.numprocesses is None and not any(".py" in named for named in config.args):
        config.option.numprocesses = "logical"
    if config.option.numprocesses and config.option.dist == "no":
        config.option.dist = "loadfile"
