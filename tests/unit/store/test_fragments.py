from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.errors import StoreError
from picket.domain.segment import Fragment
from picket.store.fragments import pack_fragments, unpack_fragments

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


def test_a_fragment_takes_25_bytes() -> None:
    one = Fragment(0, 1, 2, 3, is_keyframe=True)
    assert len(pack_fragments((one,) * 10)) == 1 + 10 * 25


@pytest.mark.parametrize(
    "blob", [b"", b"\x02", pack_fragments((Fragment(0, 1, 2, 3, is_keyframe=True),))[:-1]]
)
def test_another_version_or_a_torn_record_is_refused(blob: bytes) -> None:
    with pytest.raises(StoreError, match="rebuild the index"):
        unpack_fragments(blob)
