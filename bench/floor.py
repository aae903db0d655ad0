"""The floor: ffmpeg doing the two things that cannot be avoided, on the same streams."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.support.servers import end_tree

QUIETLY = ("ffmpeg", "-nostdin", "-v", "fatal")
MOST_STREAMS = 2
"""More would take the cores from what is measured. Cameras of a scenario send the same pictures, so
that what these cost is multiplied."""


def decode_argv(url: str) -> list[str]:
    """Decode every frame and throw it away."""
    read = ("-threads", "1", "-rtsp_transport", "tcp", "-i", url)
    return [*QUIETLY, *read, "-an", "-f", "null", "-"]


def copy_argv(url: str, target: Path) -> list[str]:
    """Store the packets as they come."""
    form = ("-f", "mp4", "-movflags", "frag_keyframe+empty_moov+default_base_moof")
    return [*QUIETLY, "-rtsp_transport", "tcp", "-i", url, "-c", "copy", *form, str(target)]


@contextmanager
def floor(urls: Sequence[str], folder: Path) -> Iterator[dict[str, list[int]]]:
    """Process ids by what the processes do, of the first streams; they are gone afterwards."""
    urls = urls[:MOST_STREAMS]
    commands = {
        "decode": [decode_argv(url) for url in urls],
        "copy": [copy_argv(url, folder / f"copy{n}.mp4") for n, url in enumerate(urls)],
    }
    with ExitStack() as stack:
        yield {name: [_start(argv, stack) for argv in argvs] for name, argvs in commands.items()}


def _start(argv: list[str], stack: ExitStack) -> int:
    process = subprocess.Popen(argv)
    stack.callback(end_tree, process)
    return process.pid
