"""What every export is made with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from picket.config.paths import MediaPaths
from picket.store.database import Database


@dataclass(frozen=True, slots=True)
class ExportTools:
    """Brought by the program."""

    media: MediaPaths
    open_index: Callable[[], Database]  # a connection of one's own, for reading
    timelapse_args: Callable[[str], str]  # ffmpeg arguments for a camera
