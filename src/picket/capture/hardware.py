"""Opens libav's hardware decoders, or says why there is none."""

from __future__ import annotations

import av
from av.codec.codec import UnknownCodecError
from av.codec.context import CodecContext
from av.codec.hwaccel import HWAccel, hwdevices_available
from av.error import FFmpegError
from av.video.codeccontext import VideoCodecContext

from picket.config.hardware import Hardware
from picket.domain.errors import MediaError
from picket.domain.stream import TrackInfo


def open_hardware(track: TrackInfo, hardware: Hardware) -> VideoCodecContext:
    """A decoder that was asked for; its pictures are handed out in main memory.

    Raises: MediaError when there is no such decoder or device here, or it is for another codec.
    """
    name = hardware.decoder or track.codec
    _check_codec(name, track.codec)
    if hardware.kind and not hardware.decoder:
        _check_kind(hardware.kind)
    try:
        context = CodecContext.create(name, "r", _device(hardware))
        if not isinstance(context, VideoCodecContext):
            raise MediaError(f"{name} is not a video decoder")
        if track.extradata:
            context.extradata = track.extradata
        context.open()
    except (FFmpegError, ValueError) as error:  # a device that has no such name is a ValueError
        raise MediaError(f"{hardware} cannot be opened: {error}") from error
    if not hardware.decoder and not context.is_hwaccel:
        raise MediaError(f"{hardware.kind} does not decode {track.codec} here")
    return context


def _check_codec(name: str, codec: str) -> None:
    try:
        decoded = av.Codec(name, "r").canonical_name
    except UnknownCodecError as error:
        raise MediaError(f"this libav has no decoder {name}") from error
    if decoded != codec:
        raise MediaError(f"{name} decodes {decoded}, and the camera sends {codec}")


def _check_kind(kind: str) -> None:
    known = hwdevices_available()
    if kind not in known:
        raise MediaError(f"this libav knows no {kind}, only {', '.join(known) or 'none'}")


def _device(hardware: Hardware) -> HWAccel | None:
    """None for decoders that find their device themselves."""
    if hardware.decoder or not hardware.kind:
        return None
    return HWAccel(hardware.kind, hardware.device, allow_software_fallback=False)
