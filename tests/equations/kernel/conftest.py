"""Kernels of these tests are kept in a folder of their own."""

import pytest

from overbuild.equations.kernel import kernel


@pytest.fixture(scope="package", autouse=True)
def own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERBUILD_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def nothing_kept(monkeypatch):
    monkeypatch.setattr(kernel, "_KEPT", {})
