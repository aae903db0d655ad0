"""The one resolver between names that came from outside and files."""

from __future__ import annotations

from pathlib import Path

from picket.domain.errors import NotFound


def resolve_inside(root: Path, relative: str) -> Path:
    """The absolute path of `relative` below `root`, symbolic links followed.

    Raises: NotFound when the name leads out of the folder or is no name at all; whether the file
        exists is not looked at.
    """
    if not relative or "\0" in relative:
        raise NotFound("a file below the media folder needs a name")
    folder = root.resolve()
    path = (folder / relative).resolve()
    if path == folder or not path.is_relative_to(folder):
        raise NotFound("the name leads out of the media folder")
    return path


def snapshot_names(camera: str, event_id: str) -> tuple[str, str]:
    """Names below the clips folder of an event's picture and of its copy without drawings."""
    stem = f"{camera}-{event_id}"
    return f"{stem}.jpg", f"{stem}-clean.png"
