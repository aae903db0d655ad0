from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.errors import StoreError
from picket.domain.segment import Fragment
from picket.store.fragment_sums import FragmentSums, sum_fragments
from picket.store.fragments import pack_fragments

small = st.builds(
    Fragment,
    offset=st.integers(0, 2**40),
    size=st.integers(0, 2**32 - 1),
    start_ticks=st.integers(-100, 100),
    duration_ticks=st.integers(0, 2**32 - 1),
    is_keyframe=st.booleans(),
)


@given(st.lists(st.tuples(st.lists(small, max_size=5), st.integers(-50, 150)), max_size=5))
def test_sums_are_those_of_the_fragments_before_the_limit(
    rows: list[tuple[list[Fragment], int]],
) -> None:
    blobs = [pack_fragments(tuple(some)) for some, _ in rows]
    kept = [[one for one in some if one.start_ticks < limit] for some, limit in rows]
    assert sum_fragments(blobs, [limit for _, limit in rows]) == [
        FragmentSums(len(some), sum(f.duration_ticks for f in some), sum(f.size for f in some))
        for some in kept
    ]


def test_another_version_is_refused() -> None:
    with pytest.raises(StoreError, match="rebuild the index"):
        sum_fragments([b"\x02"], [1.0])
