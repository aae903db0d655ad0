"""Boxes in the MOTChallenge's form: `frame,id,x,y,width,height,confidence,class,visibility`.

Confidence 0 marks a region to ignore. Class and visibility may be missing; then it is a person.
Source: Milan et al. 2016, "MOT16: A Benchmark for Multi-Object Tracking", section 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from picket.config.problems import ConfigProblems, Problem
from picket.domain.geometry import Box
from picket.evaluate.truth.values import TrueBox, Truth, objects_of

LABELS: Mapping[int, str] = {
    1: "person",
    2: "person",  # on a vehicle
    3: "car",
    4: "bicycle",
    5: "motorcycle",
    7: "person",  # static
    12: "dog",  # ours: in MOT16 a reflection, which is always ignored
}
"""Names of the classes."""

FEWEST_FIELDS = 6


def parse_mot(text: str, name: str, fps: float) -> Truth:
    """The truth of a video of so many frames a second.

    Args:
        text: the file's content.
        name: of the file, for messages.
        fps: frames per second by which frame numbers become times.

    Raises: ConfigProblems with every line that cannot be read.
    """
    boxes: dict[int, list[TrueBox]] = defaultdict(list)
    problems: list[Problem] = []
    for line_number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            frame, box = _read_line(line)
            boxes[frame].append(box)
        except ValueError as error:
            problems.append(Problem(name, line_number, "", str(error)))
    if problems:
        raise ConfigProblems(problems)
    frozen = {number: tuple(found) for number, found in boxes.items()}
    return Truth(_labels(frozen.values()), objects_of(frozen, fps), frozen)


def read_mot(path: Path, fps: float) -> Truth:
    """As `parse_mot`, from a file."""
    return parse_mot(path.read_text(encoding="utf-8"), str(path), fps)


def _read_line(line: str) -> tuple[int, TrueBox]:
    """The frame number and the box of a line.

    Raises: ValueError with what is wrong and how to mend it.
    """
    fields = line.split(",")
    if len(fields) < FEWEST_FIELDS:
        raise ValueError(
            f"{len(fields)} fields, at least {FEWEST_FIELDS} are needed: write"
            " frame,id,x,y,width,height,confidence,class,visibility"
        )
    try:
        numbers = [float(field) for field in fields]
    except ValueError as error:
        raise ValueError(f"{error}: every field must be a number") from None
    frame, object_id, x, y, width, height, *more = numbers
    if frame < 1 or width <= 0 or height <= 0:
        raise ValueError(
            f"frame {frame:g} with a box of {width:g}x{height:g}: frames count from 1, and boxes"
            " need a width and a height"
        )
    is_ignored = bool(more) and more[0] == 0
    kind = int(more[1]) if len(more) > 1 else 1
    if kind not in LABELS and not is_ignored:
        known = ", ".join(f"{number} {label}" for number, label in LABELS.items())
        raise ValueError(f"class {kind} has no name here: use one of {known}")
    sides = [round(side) for side in (x, y, x + width, y + height)]
    box = Box(sides[0], sides[1], max(sides[2], sides[0] + 1), max(sides[3], sides[1] + 1))
    label = LABELS.get(kind, "")
    return int(frame), TrueBox(f"{label} {object_id:g}", label, box, is_ignored)


def _labels(frames: Iterable[Iterable[TrueBox]]) -> frozenset[str]:
    return frozenset(found.label for frame in frames for found in frame if found.label)
