"""The stored form of an appearance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.domain.appearance import CHROMA_BYTES, LUMA_BYTES, Appearance


@given(
    st.binary(min_size=LUMA_BYTES, max_size=LUMA_BYTES),
    st.binary(min_size=CHROMA_BYTES, max_size=CHROMA_BYTES),
)
def test_what_is_stored_comes_back(luma: bytes, chroma: bytes) -> None:
    appearance = Appearance(luma, chroma)
    assert Appearance.from_bytes(appearance.to_bytes()) == appearance


@pytest.mark.parametrize("size", [0, LUMA_BYTES, LUMA_BYTES + CHROMA_BYTES + 1])
def test_bytes_of_another_length_are_no_appearance(size: int) -> None:
    with pytest.raises(ValueError, match="256 and 32 bytes"):
        Appearance.from_bytes(bytes(size))
