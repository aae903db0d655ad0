"""Whether the recordings' folder still lies on the volume on which it was found.

When a mounted disk vanishes, its mount point is an ordinary folder of the disk below: whoever goes
on writing there fills the system's disk, and hides what he wrote when the other one comes back.
"""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Volume:
    """Where a folder lies."""

    device: int  # of the folder, or of the nearest one above it that exists
    below: int  # of the folder that holds the mount point; the same for the system's disk


def volume_of(folder: Path) -> Volume:
    """Look where a folder lies. Raises: OSError."""
    place = _nearest(folder.absolute())
    device = below = place.stat().st_dev
    for parent in place.parents:
        below = parent.stat().st_dev
        if below != device:
            break
    return Volume(device, below)


def still_mounted(folder: Path, before: Volume | None) -> Volume:
    """Where the folder lies now.

    Args:
        folder: of the recordings.
        before: where it lay when it was last looked at, None: this is the first look.

    Raises: OSError (ENODEV) when only the mount point is left.
    """
    now = volume_of(folder)
    if before is not None and before.device != before.below == now.device:
        raise OSError(errno.ENODEV, f"{os.strerror(errno.ENODEV)}: the volume is not mounted")
    return now


def _nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
