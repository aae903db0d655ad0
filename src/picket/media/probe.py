"""ffprobe as a function: what a stream or a file says about itself."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SHOWN_FIELDS = "codec_long_name,width,height,bit_rate,duration,display_aspect_ratio,avg_frame_rate"
DEFAULT_TIMEOUT_S = 8.0


@dataclass(frozen=True, slots=True)
class ProbeAnswer:
    """How ffprobe ended."""

    return_code: int  # 0 when it understood the source
    streams: Mapping[str, Any] | None  # its JSON, None when it failed
    error: str = ""  # may name the source: mask credentials before it is shown


def probe_argv(source: str, timeout_s: float = DEFAULT_TIMEOUT_S) -> list[str]:
    """The command line that prints the shown fields of every stream as JSON."""
    is_network = "://" in source and not source.startswith("file:")
    return [
        *("ffprobe", "-hide_banner", "-loglevel", "error"),
        *(("-rtsp_transport", "tcp") if source.startswith(("rtsp://", "rtsps://")) else ()),
        *(("-timeout", str(int(timeout_s * 1_000_000))) if is_network else ()),
        *("-show_entries", f"stream={SHOWN_FIELDS}", "-of", "json", "-i", source),
    ]


def probe(source: str, timeout_s: float = DEFAULT_TIMEOUT_S) -> ProbeAnswer:
    """Ask ffprobe about a URL or a path; a missing program and a silent camera are answers too."""
    try:
        done = subprocess.run(
            probe_argv(source, timeout_s),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout_s,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return ProbeAnswer(1, None, f"no answer within {timeout_s:g} s")
    except OSError as error:
        return ProbeAnswer(1, None, f"ffprobe cannot be started: {error.strerror}")
    if done.returncode != 0:
        return ProbeAnswer(done.returncode, None, done.stderr.strip())
    return ProbeAnswer(0, json.loads(done.stdout), done.stderr.strip())
