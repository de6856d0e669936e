"""What a refusal is held to: its code, the place of the input, what was met, and what was allowed."""

import pytest

from overbuild.errors import InputError


def assert_refused(run, code, path, got, hint):
    with pytest.raises(InputError) as caught:
        run()
    assert (caught.value.code, caught.value.path) == (code, path)
    assert caught.value.value == pytest.approx(got) if isinstance(got, float) else caught.value.value == got
    assert hint in caught.value.hint
