"""What a sample entry that somebody else wrote says of its codec.

Sources: ISO/IEC 14496-12 clause 8.5.2 (fixed parts), ISO/IEC 14496-15 annex E and RFC 6381 clause
3.3 (codec strings), ISO/IEC 14496-1 clause 7.2.6 (descriptors of `esds`).
"""

from __future__ import annotations

from struct import unpack_from

from picket.domain.errors import MediaError
from picket.media.boxes import BoxSpan, find_box
from picket.media.codec.sample_entry import SampleEntry, hevc_codec

_VISUAL_SIZE, _SOUND_SIZE = 86, 36
"""Bytes before the boxes inside a sample entry, its header counted."""
_QUICKTIME_EXTRA = {0: 0, 1: 16, 2: 36}
"""Bytes that later versions of QuickTime's sound description add."""
_DECODER, _SPECIFIC = 4, 5
_DESCRIPTOR_FIELDS = {3: 3, _DECODER: 13}
"""Bytes of fields before the descriptors inside a descriptor, by its tag."""
_AAC = 0x40
_VISUAL_DECODERS = {0x20: "mpeg4", 0x6C: "mjpeg"}


def describe_entry(entry: bytes) -> SampleEntry | None:
    """The entry with its codec string and size; None for a codec that players do not know.

    `hev1` becomes `hvc1`: the parameter sets are in the entry, and some players take nothing else.

    Raises: MediaError when the entry is damaged.
    """
    kind = entry[4:8]
    try:
        if kind in {b"avc1", b"avc3"}:
            avcc = _child(entry, _VISUAL_SIZE, b"avcC")
            profile = entry[avcc.body + 1 : avcc.body + 4].hex().upper()
            return _picture(entry, f"{kind.decode()}.{profile}")
        if kind in {b"hvc1", b"hev1"}:
            hvcc = _child(entry, _VISUAL_SIZE, b"hvcC")
            codec = hevc_codec(entry[hvcc.body + 1 : hvcc.body + 13])
            return _picture(entry[:4] + b"hvc1" + entry[8:], codec)
        if kind == b"mp4v":
            return _picture(entry, f"mp4v.{_object_type(entry, _VISUAL_SIZE)[0]:02X}")
        return _sound(entry, kind)
    except (IndexError, ValueError) as error:
        raise MediaError(f"a sample entry of kind {kind!r} is cut short") from error


def decoder_setup(entry: bytes) -> tuple[str, bytes]:
    """What a decoder of a picture's sample entry is called by libav, and its configuration.

    Raises: MediaError when the entry is damaged or of a codec that is not recorded.
    """
    kind = entry[4:8]
    try:
        if kind in {b"avc1", b"avc3"}:
            return "h264", _body(entry, _child(entry, _VISUAL_SIZE, b"avcC"))
        if kind in {b"hvc1", b"hev1"}:
            return "hevc", _body(entry, _child(entry, _VISUAL_SIZE, b"hvcC"))
        if kind == b"mp4v":
            object_type, config = _object_type(entry, _VISUAL_SIZE)
            return _VISUAL_DECODERS[object_type], config
    except (IndexError, KeyError, ValueError) as error:
        raise MediaError(f"a sample entry of kind {kind!r} is cut short") from error
    raise MediaError(f"no decoder is known for a sample entry of kind {kind!r}")


def _body(entry: bytes, child: BoxSpan) -> bytes:
    return entry[child.body : child.end]


def _sound(entry: bytes, kind: bytes) -> SampleEntry | None:
    if kind == b"Opus":
        return SampleEntry(entry, "opus")
    if kind != b"mp4a":
        return None
    (version,) = unpack_from(">H", entry, 16)
    object_type, config = _object_type(entry, _SOUND_SIZE + _QUICKTIME_EXTRA.get(version, 0))
    if object_type == _AAC and config:
        return SampleEntry(entry, f"mp4a.40.{config[0] >> 3}")
    return SampleEntry(entry, f"mp4a.{object_type:02X}")


def _picture(entry: bytes, codec: str) -> SampleEntry:
    width, height = unpack_from(">HH", entry, 32)
    return SampleEntry(entry, codec, width, height)


def _child(entry: bytes, fixed: int, kind: bytes) -> BoxSpan:
    return find_box(entry, BoxSpan(entry[4:8], 0, fixed, len(entry)), kind)


def _object_type(entry: bytes, fixed: int) -> tuple[int, bytes]:
    """The codec's number and its own configuration, which may be empty."""
    esds = _child(entry, fixed, b"esds")
    at, object_type = esds.body + 4, 0
    while at < esds.end:
        tag, at, size = _descriptor(entry, at)
        if tag == _DECODER:
            object_type = entry[at]
        if tag == _SPECIFIC:
            return object_type, entry[at : at + size]
        at += _DESCRIPTOR_FIELDS.get(tag, size)
    return object_type, b""


def _descriptor(entry: bytes, at: int) -> tuple[int, int, int]:
    """Tag, where the body begins, and its size, of which each byte carries seven bits."""
    tag, size, is_last = entry[at], 0, False
    while not is_last:
        at += 1
        size = size << 7 | entry[at] & 0x7F
        is_last = not entry[at] & 0x80
    return tag, at + 1, size
