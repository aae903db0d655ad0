"""Which ffmpeg input arguments libav understands by itself. Pure.

Source: https://ffmpeg.org/ffmpeg-formats.html (format options), ffmpeg-protocols.html (rtsp, http,
tcp, tls, udp), ffmpeg.html (main options).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PASSED_ON = frozenset(
    [
        *("analyzeduration", "probesize", "fpsprobesize", "formatprobesize", "max_probe_packets"),
        *("fflags", "max_delay", "format_whitelist", "protocol_whitelist"),
        # rtsp and rtp
        *("rtsp_transport", "rtsp_flags", "timeout", "listen_timeout", "reorder_queue_size"),
        *("buffer_size", "user_agent", "allowed_media_types", "min_port", "max_port", "pkt_size"),
        "localaddr",
        # http, rtmp, tls
        *("rw_timeout", "headers", "cookies", "referer", "reconnect", "reconnect_at_eof"),
        *("reconnect_streamed", "reconnect_on_network_error", "reconnect_on_http_error"),
        *("reconnect_delay_max", "multiple_requests", "seekable", "http_proxy", "auth_type"),
        *("tls_verify", "ca_file", "cert_file", "key_file", "verifyhost", "rtmp_live"),
        *("rtmp_buffer", "live_start_index"),
        # devices
        *("video_size", "framerate", "pixel_format", "input_format"),
    ]
)
"""Options that `avformat_open_input` takes under the same name."""

RENAMED = {"stimeout": "timeout", "user-agent": "user_agent", "r": "framerate"}
"""Older names."""

WITHOUT_EFFECT = frozenset(
    [
        # of a muxer or a decoder: nothing to a reader that hands packets on
        *("avoid_negative_ts", "flags", "flags2", "strict", "err_detect", "threads"),
        # our reader has a thread, a log and a clock of its own
        *("thread_queue_size", "loglevel", "v", "use_wallclock_as_timestamps"),
    ]
)
"""Options with a value that a reader can leave out."""

SWITCHES = frozenset(["hide_banner", "nostdin", "nostats", "re"])
"""Options without a value; only `re` means something to a reader."""


@dataclass(frozen=True, slots=True)
class LibavOptions:
    """Arguments for opening an input with libav."""

    options: Mapping[str, str]
    format: str | None = None  # demuxer by name; None lets libav guess
    is_repeated: bool = False  # `-re` or `-stream_loop` were asked for: only files can do that here


def libav_options(words: Sequence[str]) -> LibavOptions | None:
    """The same as the ffmpeg input arguments in libav's terms; None when one has no equivalent.

    Args:
        words: separate arguments, presets already replaced.
    """
    given = _pairs(words)
    if given is None:
        return None
    options: dict[str, str] = {}
    format_name: str | None = None
    for name, value in given:
        if name == "fflags":
            options[name] = _joined_flags(options.get(name), value)
        elif name in PASSED_ON:
            options[name] = value
        elif name == "f":
            format_name = value
        elif not _is_harmless(name, value):
            return None
    return LibavOptions(options, format_name, bool({"re", "stream_loop"} & {n for n, _ in given}))


def _pairs(words: Sequence[str]) -> list[tuple[str, str]] | None:
    """Options with their values, "" for a switch; None when the words are no such list."""
    pairs: list[tuple[str, str]] = []
    rest = iter(words)
    for word in rest:
        name = RENAMED.get(word[1:], word[1:])
        value = "" if name in SWITCHES else next(rest, None)
        if not word.startswith("-") or value is None:
            return None
        pairs.append((name, value))
    return pairs


def _is_harmless(name: str, value: str) -> bool:
    """Whether a reader may leave the option out, or does what it says by itself."""
    return name in SWITCHES | WITHOUT_EFFECT or (name, value) == ("stream_loop", "-1")


def _joined_flags(before: str | None, value: str) -> str:
    """`-fflags a -fflags +b` means a+b; without a sign the later one replaces the earlier."""
    return f"{before}{value}" if before and value[:1] in "+-" else value
