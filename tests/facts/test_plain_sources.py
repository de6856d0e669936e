"""Sources of plain blocks are read without a TOML reader, and as TOML reads them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overbuild.errors import FactError
from overbuild.facts.sources import plain_blocks, read_sources

SHIPPED = files("overbuild.facts").joinpath("sources.toml").read_text("utf-8")


def test_the_shipped_sources_are_what_toml_reads_in_them():
    assert plain_blocks(SHIPPED) == tomllib.loads(SHIPPED)


words = st.text(st.characters(codec="utf-8"), max_size=12)
keys = st.from_regex(r"[a-z0-9-]{1,6}", fullmatch=True)
blocks = st.dictionaries(keys, st.dictionaries(keys, words, min_size=1, max_size=3), max_size=4)


@given(blocks, st.sampled_from(["\n", "\n\n", "# a word\n", "#\t\n\n"]), words)
def test_a_text_is_read_as_toml_reads_it_or_left_to_it(written, gap, noise):
    text = gap.join(
        f"[{key}]\n" + "".join(f'{name} = "{value}"\n' for name, value in fields.items())
        for key, fields in written.items()
    )
    for one in (text, text + noise):
        found = plain_blocks(one)
        if found is not None:
            assert found == tomllib.loads(one)


@pytest.mark.parametrize(
    "text",
    ['[a]\ntitle = "x"\n[a]\ntitle = "y"\n', '[a]\ntitle = "x"\ntitle = "y"\n', '[a]\ntitle = "x\n', "[a\n", "a = 1\n"],
)
def test_a_text_that_is_not_toml_is_still_refused(text):
    assert plain_blocks(text) is None
    with pytest.raises(FactError):
        read_sources(text, "sources.toml")
