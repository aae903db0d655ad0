"""Folders as lists of JSON, in the form that web servers have for it.

Source: https://nginx.org/en/docs/http/ngx_http_autoindex_module.html, `autoindex_format json`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from picket.domain.errors import NotFound
from picket.media.paths import resolve_inside


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a folder."""

    name: str
    mtime: float  # Unix seconds
    size_bytes: int | None  # None for a folder


def read_folder(root: Path, folder: Path) -> list[Entry] | None:
    """What a folder shows; None when it is no folder.

    Nothing that begins with a dot, and no link that leads out of `root`.
    """
    try:
        with os.scandir(folder) as found:
            entries = [_entry(one) for one in found if _is_shown(root, one)]
    except OSError:
        return None
    return [one for one in entries if one is not None]


def listing_text(entries: Iterable[Entry]) -> str:
    """The list, folders first, both in the order of their bytes."""
    ordered = sorted(entries, key=lambda one: (one.size_bytes is not None, os.fsencode(one.name)))
    return "[\n" + ",\n".join(map(_row, ordered)) + "\n]\n"


def _row(entry: Entry) -> str:
    kind = "directory" if entry.size_bytes is None else "file"
    size = "" if entry.size_bytes is None else f', "size":{entry.size_bytes}'
    mtime = formatdate(entry.mtime, usegmt=True)
    return f'{{ "name":{json.dumps(entry.name)}, "type":"{kind}", "mtime":"{mtime}"{size} }}'


def _entry(found: os.DirEntry[str]) -> Entry | None:
    """None when it is deleted in this moment."""
    try:
        stat = found.stat()
    except OSError:
        return None
    return Entry(found.name, stat.st_mtime, None if found.is_dir() else stat.st_size)


def _is_shown(root: Path, entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith("."):
        return False
    if not entry.is_symlink():
        return True
    try:
        return resolve_inside(root, str(Path(entry.path).relative_to(root))).exists()
    except NotFound:
        return False
