"""Sample entries of MP4 tracks and the codec strings of playlists.

Sources: ISO/IEC 14496-12 clause 8.5.2, ISO/IEC 14496-15 clauses 5.3 (`avc1`, `avcC`), 8.3 (`hvc1`,
`hvcC`) and annex E (codec strings), ISO/IEC 14496-14 clause 5.6 and 14496-1 clause 7.2.6 (`esds`),
"Encapsulation of Opus in ISOBMFF" clause 4.3, RFC 6381 clause 3.3.
"""

from __future__ import annotations

from dataclasses import dataclass
from struct import pack

from picket.domain.errors import MediaError
from picket.domain.stream import TrackInfo
from picket.media.boxes import box, full_box
from picket.media.codec.nal import ParameterSets
from picket.media.codec.sps import read_h264_sps, read_hevc_sps

AAC_RATES = (
    96000,
    88200,
    64000,
    48000,
    44100,
    32000,
    24000,
    22050,
    16000,
    12000,
    11025,
    8000,
    7350,
)
_AAC, _MP3, _MPEG4_VISUAL, _JPEG = 0x40, 0x6B, 0x20, 0x6C
_HEVC_TYPES = (32, 33, 34)

STORED_AUDIO = frozenset({"aac", "mp3", "opus"})
"""What `audio_entry` takes."""


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """How the samples of a track are to be read."""

    data: bytes  # the whole box
    codec: str  # RFC 6381
    width: int = 0  # pixels, video only
    height: int = 0


def h264_entry(sets: ParameterSets) -> SampleEntry:
    """`avc1`. Raises: MediaError when a parameter set is missing or damaged."""
    sps = read_h264_sps(_first(sets.sps, "SPS"))
    _first(sets.pps, "PPS")
    record = b"".join(
        (
            b"\x01" + sps.profile + b"\xff",
            bytes([0xE0 | len(sets.sps)]) + _sized(sets.sps),
            bytes([len(sets.pps)]) + _sized(sets.pps),
        )
    )
    if sps.profile[0] not in {66, 77, 88}:
        record += bytes(
            [0xFC | sps.chroma_format, 0xF8 | sps.luma_bits - 8, 0xF8 | sps.chroma_bits - 8, 0]
        )
    entry = _visual(b"avc1", sps.width, sps.height, box(b"avcC", record))
    return SampleEntry(entry, f"avc1.{sps.profile.hex().upper()}", sps.width, sps.height)


def hevc_entry(sets: ParameterSets) -> SampleEntry:
    """`hvc1`. Raises: MediaError when a parameter set is missing or damaged."""
    sps = read_hevc_sps(_first(sets.sps, "SPS"))
    arrays = [
        bytes([0x80 | kind]) + pack(">H", len(units)) + _sized(units)
        for kind, units in zip(_HEVC_TYPES, (sets.vps, sets.sps, sets.pps), strict=True)
        if _first(units, "VPS, SPS or PPS")
    ]
    tail = 0x03 | sps.is_nested << 2 | sps.sub_layers << 3  # four-byte lengths
    record = b"".join(
        (
            b"\x01" + sps.profile + b"\xf0\x00\xfc",
            bytes([0xFC | sps.chroma_format, 0xF8 | sps.luma_bits - 8, 0xF8 | sps.chroma_bits - 8]),
            b"\x00\x00" + bytes([tail, len(arrays)]),
            *arrays,
        )
    )
    entry = _visual(b"hvc1", sps.width, sps.height, box(b"hvcC", record))
    return SampleEntry(entry, hevc_codec(sps.profile), sps.width, sps.height)


def hevc_codec(profile: bytes) -> str:
    """`hvc1.<profile>.<compatibility, bits reversed>.<tier and level>.<constraints>`.

    Args:
        profile: the twelve bytes of the general tier, as an SPS and `hvcC` have them.
    """
    space = ("", "A", "B", "C")[profile[0] >> 6]
    compatibility = int(f"{int.from_bytes(profile[1:5], 'big'):032b}"[::-1], 2)
    tier = "H" if profile[0] & 0x20 else "L"
    constraints = "".join(f".{byte:X}" for byte in profile[5:11].rstrip(b"\0"))
    return f"hvc1.{space}{profile[0] & 0x1F}.{compatibility:X}.{tier}{profile[11]}{constraints}"


def other_video_entry(track: TrackInfo) -> SampleEntry:
    """`mp4v` for MPEG-4 part 2 and Motion JPEG. Raises: MediaError for any other codec."""
    kinds = {"mpeg4": _MPEG4_VISUAL, "mjpeg": _JPEG}
    if track.codec not in kinds or not (track.width and track.height):
        raise MediaError(
            f"video of codec {track.codec!r} cannot be recorded: choose H.264 or H.265"
        )
    kind = kinds[track.codec]
    entry = _visual(b"mp4v", track.width, track.height, _esds(kind, 0x11, track.extradata))
    return SampleEntry(entry, f"mp4v.{kind:02X}", track.width, track.height)


def audio_entry(track: TrackInfo) -> SampleEntry:
    """`mp4a` or `Opus`.

    Raises: MediaError for a codec that MP4 players do not know, such as G.711, or a rate of 0.
    """
    if track.codec == "aac":
        config = track.extradata or _aac_config(track)
        kind = config[0] >> 3
        return SampleEntry(_sound(b"mp4a", track, _esds(_AAC, 0x15, config)), f"mp4a.40.{kind}")
    if track.codec == "mp3":
        return SampleEntry(_sound(b"mp4a", track, _esds(_MP3, 0x15, b"")), "mp4a.6B")
    if track.codec == "opus":
        return SampleEntry(_sound(b"Opus", track, _dops(track)), "opus")
    raise MediaError(f"MP4 does not hold sound of codec {track.codec}")


def _first(units: tuple[bytes, ...], name: str) -> bytes:
    if not units:
        raise MediaError(f"the stream has not sent its {name} yet")
    return units[0]


def _sized(units: tuple[bytes, ...]) -> bytes:
    if any(len(unit) > 0xFFFF for unit in units):
        raise MediaError("a parameter set is too large to be one")
    return b"".join(pack(">H", len(unit)) + unit for unit in units)


def _visual(kind: bytes, width: int, height: int, *extensions: bytes) -> bytes:
    fixed = pack(">6xH16xHHII4xH32sHh", 1, width, height, 72 << 16, 72 << 16, 1, b"", 24, -1)
    return box(kind, fixed, *extensions)


def _sound(kind: bytes, track: TrackInfo, *extensions: bytes) -> bytes:
    fixed = pack(">6xH8xHH4xI", 1, track.channels or 1, 16, min(track.sample_rate, 0xFFFF) << 16)
    return box(kind, fixed, *extensions)


def _esds(object_type: int, stream_type: int, config: bytes) -> bytes:
    """Elementary stream descriptor: DecoderConfig (tag 4) with its DecoderSpecificInfo (tag 5)."""
    specific = _descriptor(5, config) if config else b""
    decoder = _descriptor(4, bytes([object_type, stream_type]) + bytes(11) + specific)
    return full_box(b"esds", 0, 0, _descriptor(3, pack(">HB", 0, 0) + decoder + b"\x06\x01\x02"))


def _descriptor(tag: int, body: bytes) -> bytes:
    size = len(body)
    return bytes([tag, *(size >> shift & 0x7F | 0x80 for shift in (21, 14, 7)), size & 0x7F]) + body


def _aac_config(track: TrackInfo) -> bytes:
    """AudioSpecificConfig of AAC-LC (ISO/IEC 14496-3 clause 1.6.2.1)."""
    if track.sample_rate not in AAC_RATES:
        raise MediaError(f"AAC at {track.sample_rate} Hz has no place in its configuration")
    bits = 2 << 11 | AAC_RATES.index(track.sample_rate) << 7 | track.channels << 3
    return bits.to_bytes(2, "big")


def _dops(track: TrackInfo) -> bytes:
    """`dOps`, from an Opus identification header (RFC 7845 clause 5.1) where there is one."""
    header = track.extradata
    if header.startswith(b"OpusHead") and len(header) >= 19:
        skip = int.from_bytes(header[10:12], "little")
        rate = int.from_bytes(header[12:16], "little")
        return box(b"dOps", pack(">BBHIhB", 0, header[9], skip, rate, 0, 0))
    return box(b"dOps", pack(">BBHIhB", 0, track.channels, 0, track.sample_rate, 0, 0))
