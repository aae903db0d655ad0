"""Finds the truth of videos among files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from picket.domain.errors import ConfigError
from picket.evaluate.truth.event_list import read_event_list
from picket.evaluate.truth.mot import read_mot
from picket.evaluate.truth.values import Truth

BOX_SUFFIXES = (".txt", ".csv")
LIST_SUFFIXES = (".yml", ".yaml", ".json")


def find_truths(videos: Sequence[Path], given: Sequence[Path]) -> tuple[Path | None, ...]:
    """The file that tells about each video; None where there is none.

    A single file is about a single video. Else names decide: `yard.gt.txt`, `yard.txt` and
    `yard.yml` belong to `yard.mp4`; boxes win over lists.

    Args:
        videos: whose names are compared.
        given: files, and folders in which only what fits is looked at.

    Raises: ConfigError when something given does not exist, has another form or fits no video.
    """
    files = [file for each in given for file in _files(each)]
    if len(videos) == 1 and len(given) == 1 and given[0].is_file():
        return (given[0],)
    stems = {video.stem for video in videos}
    for file in given:
        if file.is_file() and _stem(file) not in stems:
            raise ConfigError(f"{file} is about no video given: name it like its video")
    return tuple(_truth_of(video, files) for video in videos)


def _truth_of(video: Path, files: Sequence[Path]) -> Path | None:
    named = [file for file in files if _stem(file) == video.stem]
    return min(named, key=lambda file: file.suffix not in BOX_SUFFIXES, default=None)


def read_truth(path: Path, fps: float) -> Truth:
    """The content of a file.

    Args:
        path: of the file; its ending says what it holds.
        fps: of the video, to make times of the frame numbers of boxes; 0.0 when it does not say.

    Raises: ConfigError with file, line and cure when it cannot be read.
    """
    try:
        if path.suffix in BOX_SUFFIXES:
            if not fps:
                raise ConfigError(f"{path}: the video tells no frame rate: write it anew with one")
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
