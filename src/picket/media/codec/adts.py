"""AAC as transport streams carry it: each frame behind a header that tells rate and channels.

Source: ISO/IEC 13818-7 clauses 6.2 and 6.2.1 (the header has 7 bytes, 9 with a checksum).
"""

from __future__ import annotations

from dataclasses import dataclass

from picket.media.codec.sample_entry import AAC_RATES

AAC_FRAME = 1024
"""Samples of a frame."""

_SYNC, _SYNC_MASK = 0xFFF0, 0xFFF6
_SHORT, _LONG = 7, 9


@dataclass(frozen=True, slots=True)
class AdtsHeader:
    """What a frame says of itself."""

    size: int  # bytes of the header
    sample_rate: int  # Hz
    channels: int

    @property
    def frame_s(self) -> float:
        """Seconds of sound in a frame."""
        return AAC_FRAME / self.sample_rate


def read_adts(data: bytes) -> AdtsHeader | None:
    """The header that a frame begins with, or None when it has none."""
    if len(data) < _LONG or (data[0] << 8 | data[1]) & _SYNC_MASK != _SYNC:
        return None
    rate_index, channels = data[2] >> 2 & 0xF, (data[2] & 1) << 2 | data[3] >> 6
    if rate_index >= len(AAC_RATES):
        return None
    return AdtsHeader(_SHORT if data[1] & 1 else _LONG, AAC_RATES[rate_index], channels)
