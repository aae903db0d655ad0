from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.errors import StoreError
from picket.domain.segment import Fragment
from picket.store.fragments import (
    FragmentSums,
    pack_fragments,
    sum_fragments,
    unpack_fragments,
)

fragments = st.builds(
    Fragment,
    offset=st.integers(0, 2**64 - 1),
    size=st.integers(0, 2**32 - 1),
    start_ticks=st.integers(-(2**63), 2**63 - 1),
    duration_ticks=st.integers(0, 2**32 - 1),
    is_keyframe=st.booleans(),
)


@given(st.lists(fragments, max_size=20))
def test_what_is_packed_comes_back(some: list[Fragment]) -> None:
    assert unpack_fragments(pack_fragments(tuple(some))) == tuple(some)


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


def test_a_fragment_takes_25_bytes() -> None:
    one = Fragment(0, 1, 2, 3, is_keyframe=True)
    assert len(pack_fragments((one,) * 10)) == 1 + 10 * 25


@pytest.mark.parametrize(
    "blob", [b"", b"\x02", pack_fragments((Fragment(0, 1, 2, 3, is_keyframe=True),))[:-1]]
)
def test_another_version_or_a_torn_record_is_refused(blob: bytes) -> None:
    with pytest.raises(StoreError, match="rebuild the index"):
        unpack_fragments(blob)
    with pytest.raises(StoreError, match="rebuild the index"):
        sum_fragments([blob], [1.0])
