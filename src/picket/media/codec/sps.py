"""Sequence parameter sets: what a sample entry and a codec string tell about a stream.

Sources: ITU-T H.264 (08/2021) clause 7.3.2.1.1; ITU-T H.265 (08/2021) clauses 7.3.2.2 and 7.3.3;
Exp-Golomb codes: clause 9.1 of H.264, 9.2 of H.265.
"""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.errors import MediaError

_H264_WITH_CHROMA = {100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135}
_MAX_GOLOMB_ZEROS = 32
_LARGEST_PX = 16_384
"""H.264 and H.265 level 6.2 end before."""


@dataclass(frozen=True, slots=True)
class SequenceParameters:
    """The fields that containers repeat."""

    width: int  # shown pixels, after cropping
    height: int
    profile: bytes  # H.264: profile, constraints, level; H.265: the 12 bytes of the general tier
    chroma_format: int  # chroma_format_idc
    luma_bits: int
    chroma_bits: int
    sub_layers: int = 1  # H.265 temporal layers
    is_nested: bool = True  # H.265 sps_temporal_id_nesting_flag

    def __post_init__(self) -> None:
        """Raises: MediaError for what no encoder would write: the unit was damaged on its way."""
        is_size = 0 < self.width <= _LARGEST_PX and 0 < self.height <= _LARGEST_PX
        is_depth = self.luma_bits <= 16 and self.chroma_bits <= 16
        if not (is_size and is_depth and self.chroma_format <= 3):
            raise MediaError(f"a parameter set of {self.width}x{self.height} pixels is damaged")


def read_h264_sps(unit: bytes) -> SequenceParameters:
    """Parse an H.264 SPS NAL unit.

    Raises: MediaError when it ends before the picture size is known.
    """
    bits = _Bits(_unescape(unit[1:]))
    profile = bits.take_bytes(3)
    bits.golomb()  # seq_parameter_set_id
    chroma_format, luma_bits, chroma_bits = 1, 8, 8
    if profile[0] in _H264_WITH_CHROMA:
        chroma_format, luma_bits, chroma_bits = _h264_chroma(bits)
    bits.golomb()  # log2_max_frame_num_minus4
    _skip_order_count(bits)
    bits.golomb()  # max_num_ref_frames
    bits.take(1)
    width = (bits.golomb() + 1) * 16
    map_height = bits.golomb() + 1
    is_frame_only = bits.take(1)
    if not is_frame_only:
        bits.take(1)
    bits.take(1)  # direct_8x8_inference_flag
    left = right = top = bottom = 0
    if bits.take(1):
        left, right, top, bottom = (bits.golomb() for _ in range(4))
    step_x, step_y = _chroma_steps(chroma_format)
    frame_factor = 2 - is_frame_only
    return SequenceParameters(
        width - (left + right) * step_x,
        map_height * 16 * frame_factor - (top + bottom) * step_y * frame_factor,
        profile,
        chroma_format,
        luma_bits,
        chroma_bits,
    )


def read_hevc_sps(unit: bytes) -> SequenceParameters:
    """Parse an H.265 SPS NAL unit.

    Raises: MediaError when it ends before the bit depths are known.
    """
    bits = _Bits(_unescape(unit[2:]))
    bits.take(4)  # sps_video_parameter_set_id
    extra_layers = bits.take(3)
    is_nested = bool(bits.take(1))
    profile = bits.take_bytes(12)
    _skip_sub_layers(bits, extra_layers)
    bits.golomb()  # sps_seq_parameter_set_id
    chroma_format = bits.golomb()
    if chroma_format == 3:
        bits.take(1)
    width, height = bits.golomb(), bits.golomb()
    if bits.take(1):
        step_x, step_y = _chroma_steps(chroma_format)
        left, right, top, bottom = (bits.golomb() for _ in range(4))
        width -= (left + right) * step_x
        height -= (top + bottom) * step_y
    luma_bits, chroma_bits = bits.golomb() + 8, bits.golomb() + 8
    return SequenceParameters(
        width, height, profile, chroma_format, luma_bits, chroma_bits, extra_layers + 1, is_nested
    )


class _Bits:
    """Reads bits from the left; a unit is tens of bytes, so one big number serves."""

    def __init__(self, data: bytes) -> None:
        self._number = int.from_bytes(data, "big")
        self._left = len(data) * 8

    def take(self, count: int) -> int:
        if count > self._left:
            raise MediaError("a parameter set ends too early")
        self._left -= count
        return self._number >> self._left & ((1 << count) - 1)

    def take_bytes(self, count: int) -> bytes:
        return self.take(count * 8).to_bytes(count, "big")

    def golomb(self) -> int:
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > _MAX_GOLOMB_ZEROS:
                raise MediaError("a parameter set holds an impossible number")
        return (1 << zeros) - 1 + self.take(zeros)

    def signed_golomb(self) -> int:
        code = self.golomb()
        return (code + 1) // 2 if code % 2 else -(code // 2)


def _unescape(payload: bytes) -> bytes:
    """Without the bytes that keep start codes from appearing (emulation_prevention_three_byte)."""
    parts, at = [], 0
    while (escape := payload.find(b"\0\0\3", at)) >= 0:
        parts.append(payload[at : escape + 2])
        at = escape + 3
    return b"".join([*parts, payload[at:]])


def _chroma_steps(chroma_format: int) -> tuple[int, int]:
    """Luma pixels per cropping unit, across and down."""
    return (2 if chroma_format in {1, 2} else 1), (2 if chroma_format == 1 else 1)


def _h264_chroma(bits: _Bits) -> tuple[int, int, int]:
    chroma_format = bits.golomb()
    if chroma_format == 3:
        bits.take(1)
    luma_bits, chroma_bits = bits.golomb() + 8, bits.golomb() + 8
    bits.take(1)
    if bits.take(1):
        for number in range(8 if chroma_format != 3 else 12):
            if bits.take(1):
                _skip_scaling_list(bits, 16 if number < 6 else 64)
    return chroma_format, luma_bits, chroma_bits


def _skip_scaling_list(bits: _Bits, size: int) -> None:
    last, following = 8, 8
    for _ in range(size):
        if following:
            following = (last + bits.signed_golomb()) % 256
        last = following or last


def _skip_order_count(bits: _Bits) -> None:
    order_type = bits.golomb()
    if order_type == 0:
        bits.golomb()
    elif order_type == 1:
        bits.take(1)
        bits.golomb()
        bits.golomb()
        for _ in range(bits.golomb()):
            bits.golomb()


def _skip_sub_layers(bits: _Bits, count: int) -> None:
    present = [(bits.take(1), bits.take(1)) for _ in range(count)]
    if count:
        bits.take(2 * (8 - count))
    for has_profile, has_level in present:
        bits.take(88 * has_profile + 8 * has_level)
