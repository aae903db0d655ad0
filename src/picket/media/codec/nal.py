"""H.264 and H.265 byte streams: NAL units, their types, parameter sets, storage form.

Sources: ITU-T H.264 (08/2021) clause 7.4.1 and annex B; ITU-T H.265 (08/2021) clause 7.4.2.2 and
annex B; ISO/IEC 14496-15 clauses 5.3 and 8.3 (`avcC`, `hvcC`, length-prefixed samples).
"""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.errors import MediaError

H264_SPS, H264_PPS = 7, 8
HEVC_VPS, HEVC_SPS, HEVC_PPS = 32, 33, 34

_START_CODE = b"\x00\x00\x01"
_PARAMETER_TYPES = {"h264": (H264_SPS, H264_PPS), "hevc": (HEVC_VPS, HEVC_SPS, HEVC_PPS)}


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """What a decoder needs before the first slice; NAL units without start codes or lengths."""

    vps: tuple[bytes, ...] = ()  # H.265 only
    sps: tuple[bytes, ...] = ()
    pps: tuple[bytes, ...] = ()

    @property
    def units(self) -> frozenset[bytes]:
        """All of them, to look one up."""
        return frozenset((*self.vps, *self.sps, *self.pps))

    def updated(self, newer: ParameterSets) -> ParameterSets:
        """The newer sets, and ours for each kind that the newer lack."""
        return ParameterSets(newer.vps or self.vps, newer.sps or self.sps, newer.pps or self.pps)


def nal_type(unit: bytes, codec: str) -> int:
    """nal_unit_type of a unit; -1 for an empty one."""
    if not unit:
        return -1
    return unit[0] & 0x1F if codec == "h264" else unit[0] >> 1 & 0x3F


def split_annex_b(data: bytes) -> list[bytes]:
    """The NAL units between start codes; zero bytes that pad a unit's end are dropped."""
    units = []
    start = data.find(_START_CODE)
    while start >= 0:
        start += 3
        end = data.find(_START_CODE, start)
        unit = data[start:] if end < 0 else data[start:end]
        if unit.endswith(b"\0"):
            unit = unit.rstrip(b"\0")
        if unit:
            units.append(unit)
        start = end
    return units


def split_lengths(data: bytes, length_size: int = 4) -> list[bytes]:
    """The whole NAL units behind their lengths; a packet that was cut short has fewer."""
    units, at = [], 0
    while at < len(data):
        start = at + length_size
        at = start + int.from_bytes(data[at:start], "big")
        if at > len(data):
            break
        units.append(data[start:at])
    return units


def join_lengths(units: list[bytes]) -> bytes:
    """The stored form: each unit behind its length in four bytes."""
    return b"".join([part for unit in units for part in (len(unit).to_bytes(4, "big"), unit)])


def collect_parameter_sets(units: list[bytes], codec: str) -> ParameterSets:
    """The distinct parameter sets among the units, in order."""
    found: dict[int, dict[bytes, None]] = {kind: {} for kind in _PARAMETER_TYPES[codec]}
    for unit in units:
        kind = nal_type(unit, codec)
        if kind in found:
            found[kind][unit] = None
    *vps, sps, pps = (tuple(sets) for sets in found.values())
    return ParameterSets(vps[0] if vps else (), sps, pps)


def read_extradata(extradata: bytes, codec: str) -> ParameterSets:
    """Parameter sets out of what libav calls extradata: Annex B, `avcC` or `hvcC`.

    Raises: MediaError when a configuration record is cut short.
    """
    if is_annex_b(extradata):
        return collect_parameter_sets(split_annex_b(extradata), codec)
    try:
        units = _avcc_units(extradata) if codec == "h264" else _hvcc_units(extradata)
    except IndexError as error:
        raise MediaError(f"the {codec} configuration record is cut short") from error
    return collect_parameter_sets(units, codec)


def is_annex_b(extradata: bytes) -> bool:
    """Whether packets of the track carry start codes; configuration records begin with a 1."""
    return not extradata or extradata[0] != 1


def length_size(extradata: bytes, codec: str) -> int:
    """Bytes of the length before each unit, as the configuration record tells."""
    at = 4 if codec == "h264" else 21
    if len(extradata) <= at:
        raise MediaError(f"the {codec} configuration record is cut short")
    return (extradata[at] & 3) + 1


def _avcc_units(record: bytes) -> list[bytes]:
    units, at = [], 5
    for mask in (0x1F, 0xFF):  # number of SPS in five bits, of PPS in eight
        count = record[at] & mask
        at += 1
        for _ in range(count):
            size = record[at] << 8 | record[at + 1]
            units.append(record[at + 2 : at + 2 + size])
            at += 2 + size
    return units


def _hvcc_units(record: bytes) -> list[bytes]:
    units, at = [], 23
    for _ in range(record[22]):
        count = record[at + 1] << 8 | record[at + 2]
        at += 3
        for _ in range(count):
            size = record[at] << 8 | record[at + 1]
            units.append(record[at + 2 : at + 2 + size])
            at += 2 + size
    return units
