"""Tries an address before it becomes a camera: its streams, a picture, or what is wrong with it.

ffmpeg's programs ask, for a server that misbehaves must not hang or crash our own. They may open
network addresses only: a playlist that names a file of this machine is refused by them.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from picket.domain.errors import InvalidRequest, PicketError, Unavailable

SCHEMES = ("rtsp", "rtsps", "http", "https", "rtmp", "rtmps")
PROTOCOLS = "rtsp,rtp,srtp,udp,tcp,tls,http,https,httpproxy,crypto,rtmp,rtmps"
STREAMS_S, PICTURE_S = 10.0, 8.0
"""How long each of both may take."""
PICTURE_WIDTH = 640  # pixels, unless the camera's is smaller
RECORDABLE = frozenset({"h264", "hevc"})

_COMPLAINTS: tuple[tuple[tuple[str, ...], str, type[PicketError]], ...] = (
    (
        ("401", "403", "unauthorized", "forbidden"),
        "refuses the user name or the password",
        InvalidRequest,
    ),
    (
        ("connection refused",),
        "refuses the connection: is the port right, is the service on?",
        Unavailable,
    ),
    (
        ("404", "not found"),
        "has nothing at this path: look it up in the camera's manual",
        InvalidRequest,
    ),
    (
        ("failed to resolve", "not known"),
        "is not known: the host name is wrong, or DNS is down",
        InvalidRequest,
    ),
    (
        ("no route", "unreachable"),
        "cannot be reached from here: is the address right?",
        Unavailable,
    ),
    (
        ("timed out", "timeout"),
        "does not answer: is the address right, is the camera on?",
        Unavailable,
    ),
    (
        ("not on whitelist",),
        "leads elsewhere than to the network, which is not followed",
        InvalidRequest,
    ),
    (
        ("invalid data", "nothing was found"),
        "answers, but not with a video stream",
        InvalidRequest,
    ),
)
"""What ffmpeg says, and what that means."""
_ADDRESS = re.compile(r"\w+://\S+|0x[0-9a-f]+")
"""Their ports, paths and pointers may look like a status."""


@dataclass(frozen=True, slots=True)
class FoundStream:
    """A video stream behind an address."""

    codec: str  # FFmpeg's name
    width: int  # pixels
    height: int
    fps: float  # 0.0 when it does not say
    has_audio: bool  # sound comes with it


@dataclass(frozen=True, slots=True)
class FoundCamera:
    """What an address leads to."""

    streams: tuple[FoundStream, ...]
    picture: bytes | None  # JPEG; None when none came in time


def try_camera(url: str) -> FoundCamera:
    """Ask an address for its streams and one picture, in 20 s at most.

    Args: url: of a network stream, its password percent-encoded.

    Raises:
        InvalidRequest: it is no such address, or what answers is no camera for us.
        Unavailable: nobody answers, or nobody who takes connections.
    """
    require_network(url)
    deadline = time.monotonic() + STREAMS_S
    try:
        done = _run(streams_argv(url), STREAMS_S)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"the camera sends nothing within {STREAMS_S:g} s") from None
    if done.returncode != 0:
        raise complaint(done.stderr.decode("utf-8", "replace"))
    streams = read_streams(json.loads(done.stdout))
    if not streams:
        raise InvalidRequest("the address answers, but not with a video stream")
    return FoundCamera(streams, _picture(url, max(deadline - time.monotonic(), 0.0) + PICTURE_S))


def require_network(url: str) -> None:
    """Raises: InvalidRequest for what is no address of a stream in a network."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.lower() not in SCHEMES or not rest.strip("/"):
        raise InvalidRequest(
            f"url: an address that begins with one of {', '.join(f'{s}://' for s in SCHEMES)} is"
            " needed, such as rtsp://user:password@192.168.1.20:554/stream1"
        )
    if any(ord(character) < 0x20 for character in url):
        raise InvalidRequest("url: a control character is part of no address")


def streams_argv(url: str) -> list[str]:
    """The command that prints the streams as JSON."""
    entries = "stream=codec_type,codec_name,width,height,avg_frame_rate"
    return [
        *("ffprobe", "-hide_banner", "-loglevel", "error"),
        *_network_options(url, STREAMS_S),
        *("-show_entries", entries, "-of", "json", "-i", url),
    ]


def picture_argv(url: str) -> list[str]:
    """The command that writes one JPEG to its standard output."""
    scale = f"scale='min({PICTURE_WIDTH},iw)':-2"
    return [
        *("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1"),
        *_network_options(url, PICTURE_S),
        *("-i", url, "-an", "-frames:v", "1", "-vf", scale, "-q:v", "5"),
        *("-f", "mjpeg", "pipe:1"),
    ]


def read_streams(told: Any) -> tuple[FoundStream, ...]:
    """The video streams in ffprobe's JSON."""
    streams = told.get("streams", [])
    has_audio = any(one.get("codec_type") == "audio" for one in streams)
    return tuple(
        FoundStream(
            one.get("codec_name", "unknown"),
            int(one.get("width", 0)),
            int(one.get("height", 0)),
            _rate(one.get("avg_frame_rate", "0/0")),
            has_audio,
        )
        for one in streams
        if one.get("codec_type") == "video"
    )


def complaint(said: str) -> PicketError:
    """What ffmpeg's last words mean for who adds a camera; they name no address."""
    words = _ADDRESS.sub("", said.lower())
    for signs, meaning, kind in _COMPLAINTS:
        if any(sign in words for sign in signs):
            return kind(f"the camera {meaning}")
    return InvalidRequest("the camera cannot be opened: try it in another player first")


def suggested_roles(streams: tuple[FoundStream, ...]) -> list[str]:
    """What a camera's only stream is to be used for."""
    is_recordable = any(stream.codec in RECORDABLE for stream in streams)
    return ["detect", "record"] if is_recordable else ["detect"]


def _picture(url: str, timeout_s: float) -> bytes | None:
    try:
        done = _run(picture_argv(url), timeout_s)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout or None


def _run(argv: list[str], timeout_s: float) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            argv,
            capture_output=True,
            timeout=timeout_s,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except OSError as error:
        raise Unavailable(f"{argv[0]} cannot be started: {error.strerror}") from None


def _network_options(url: str, timeout_s: float) -> list[str]:
    is_rtsp = url.lower().startswith("rtsp")
    limit = str(int(timeout_s * 1_000_000))
    return [
        *("-protocol_whitelist", PROTOCOLS),
        *(("-rtsp_transport", "tcp") if is_rtsp else ()),
        *(("-timeout", limit) if is_rtsp else ("-rw_timeout", limit)),
    ]


def _rate(text: str) -> float:
    try:
        return round(float(Fraction(text)), 3)
    except (ValueError, ZeroDivisionError):
        return 0.0
