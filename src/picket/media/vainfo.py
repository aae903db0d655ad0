"""What the machine's video hardware can do, as the program `vainfo` tells."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

RENDER_NODES = Path("/dev/dri")
TIMEOUT_S = 5.0
NOT_STARTED = 127  # as a shell says it


@dataclass(frozen=True, slots=True)
class VainfoAnswer:
    """How vainfo ended."""

    return_code: int
    output: str
    error: str


def ask_vainfo(nodes: Path = RENDER_NODES) -> VainfoAnswer:
    """Ask about the first render node; that there is none, or no program, is an answer too."""
    node = min(nodes.glob("renderD*"), default=None)
    if node is None:
        return VainfoAnswer(1, "", f"there is no render node in {nodes}: no graphics hardware")
    try:
        done = subprocess.run(
            ["vainfo", "--display", "drm", "--device", str(node)],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TIMEOUT_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return VainfoAnswer(1, "", f"vainfo did not answer within {TIMEOUT_S:g} s")
    except OSError as error:
        return VainfoAnswer(NOT_STARTED, "", f"vainfo cannot be started: {error.strerror}")
    return VainfoAnswer(done.returncode, done.stdout.strip(), done.stderr.strip())
