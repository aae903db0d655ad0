"""Finds the truth of a video among files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from picket.domain.errors import ConfigError
from picket.evaluate.truth.event_list import read_event_list
from picket.evaluate.truth.mot import read_mot
from picket.evaluate.truth.values import Truth

BOX_SUFFIXES = (".txt", ".csv")
LIST_SUFFIXES = (".yml", ".yaml", ".json")


def find_truth(video: Path, given: Sequence[Path], *, is_only: bool) -> Path | None:
    """The file that tells about a video.

    Boxes win over lists. In folders, and where there are several videos, names decide:
    `yard.gt.txt`, `yard.txt` and `yard.yml` belong to `yard.mp4`.

    Args:
        video: whose name is compared.
        given: files and folders.
        is_only: there is no other video, so a single file is about it whatever its name.

    Raises: ConfigError when something given does not exist or has another form.
    """
    files = [file for each in given for file in _files(each)]
    if is_only and len(given) == 1 and given[0].is_file():
        return given[0]
    named = [file for file in files if _stem(file) == video.stem]
    return min(named, key=lambda file: file.suffix not in BOX_SUFFIXES, default=None)


def read_truth(path: Path, fps: float) -> Truth:
    """The content of a file; `fps` makes times of the frame numbers of boxes.

    Raises: ConfigError with file, line and cure when it cannot be read.
    """
    try:
        if path.suffix in BOX_SUFFIXES:
            return read_mot(path, fps)
        return read_event_list(path)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read ({error}): it must be UTF-8 text") from error


def _files(given: Path) -> Iterable[Path]:
    if given.is_dir():
        known = (*BOX_SUFFIXES, *LIST_SUFFIXES)
        return sorted(file for file in given.iterdir() if file.suffix in known)
    if not given.is_file():
        raise ConfigError(f"there is no truth at {given}: name an existing file or folder")
    if given.suffix not in (*BOX_SUFFIXES, *LIST_SUFFIXES):
        raise ConfigError(
            f"{given} is no truth by its name: boxes end in .txt or .csv, event lists in .yml"
        )
    return [given]


def _stem(file: Path) -> str:
    return file.stem.removesuffix(".gt")
