"""Index and files compared: nothing is missed, nothing is made up, and little is believed."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from picket.record.reconciliation import FEW_ROWS, FoundFile, compare, refusal
from picket.store.reconcile_queries import IndexedFile

names = st.sets(st.sampled_from([f"2024-01-15/12/front/00.{n:02}.mp4" for n in range(30)]))


@given(files=names, rows=names)
def test_each_side_is_told_what_only_the_other_has(files: set[str], rows: set[str]) -> None:
    indexed = [IndexedFile(path, path, is_closed=True) for path in rows]
    found = compare((FoundFile(path, 0.0) for path in files), indexed, math.inf)
    assert [file.path for file in found.unknown] == sorted(files - rows)
    assert {row.path for row in found.gone} == rows - files


@given(files=names, rows=names, settled=names)
def test_what_may_be_in_use_is_left_alone(
    files: set[str], rows: set[str], settled: set[str]
) -> None:
    indexed = [IndexedFile(path, path, path in settled) for path in rows]
    listed = (FoundFile(path, 10.0 if path in settled else 30.0) for path in files)
    found = compare(listed, indexed, settled_before=20.0)
    assert {file.path for file in found.unknown} == (files - rows) & settled
    assert {row.path for row in found.gone} == (rows - files) & settled


@given(rows=st.integers(0, 10_000), share=st.floats(0, 1), is_own=st.booleans())
def test_most_of_an_index_never_goes_unasked(rows: int, share: float, *, is_own: bool) -> None:
    gone = int(rows * share)
    may_go = refusal(rows, gone, is_own_volume=is_own) is None
    if may_go and gone:
        assert is_own
        assert rows <= FEW_ROWS or gone <= rows / 2


def test_a_refusal_names_the_cure() -> None:
    for told in (refusal(100, 51, is_own_volume=True), refusal(100, 1, is_own_volume=False)):
        assert told is not None
        assert "mount" in told
        assert "--force" in told
