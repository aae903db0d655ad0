"""What a thing looks like, small enough to be kept for ever."""

from __future__ import annotations

from dataclasses import dataclass

LUMA_CELLS = 16
CHROMA_CELLS = 4
LUMA_BYTES = LUMA_CELLS**2
CHROMA_BYTES = 2 * CHROMA_CELLS**2


@dataclass(frozen=True, slots=True)
class Appearance:
    """The crop of one detection, reduced; made and compared by `media.appearance`."""

    luma: bytes  # int8, 16 rows of 16 cells: brightness less its mean, in 32nds of its spread
    chroma: bytes  # int8, planes U and V, each 4 rows of 4 cells: distance from grey

    def __post_init__(self) -> None:
        if (len(self.luma), len(self.chroma)) != (LUMA_BYTES, CHROMA_BYTES):
            raise ValueError(
                f"an appearance has {LUMA_BYTES} and {CHROMA_BYTES} bytes,"
                f" got {len(self.luma)} and {len(self.chroma)}"
            )

    def to_bytes(self) -> bytes:
        """The form that is stored."""
        return self.luma + self.chroma

    @classmethod
    def from_bytes(cls, stored: bytes) -> Appearance:
        """Back from the form that is stored. Raises: ValueError when it has another length."""
        return cls(stored[:LUMA_BYTES], stored[LUMA_BYTES:])
