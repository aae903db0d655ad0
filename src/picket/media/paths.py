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
