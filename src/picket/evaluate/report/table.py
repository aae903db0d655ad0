"""Scores as a table of text, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from picket.evaluate.report.figures import FIGURES, SHARED_KEYS, Value, values_of
from picket.evaluate.scores.video import VideoScores

BASELINE = "  baseline"
ALL = "all"


def table(videos: Sequence[VideoScores]) -> str:
    """A line for each video, the baseline's below it; a last one for all videos together."""
    rows = [("video", *(figure.name for figure in FIGURES))]
    for scores in videos:
        rows.append(_row(scores.name, values_of(scores, scores.ours)))
        if scores.baseline is not None:
            values = values_of(scores, scores.baseline)
            own = {key: value for key, value in values.items() if key not in SHARED_KEYS}
            rows.append(_row(BASELINE, own))
    widths = [max(len(row[column]) for row in rows) for column in range(len(FIGURES) + 1)]
    return "\n".join(_line(row, widths) for row in rows)


def to_json(videos: Sequence[VideoScores], detector: str) -> str:
    """The same figures for programs, with our events; what is not known is null."""
    return json.dumps(
        {
            "detector": detector,
            "meaning": {figure.key: figure.meaning for figure in FIGURES},
            "videos": {scores.name: _entry(scores) for scores in videos},
        },
        indent=1,
    )


def _entry(scores: VideoScores) -> Mapping[str, object]:
    ours, baseline = scores.ours, scores.baseline
    return {
        "duration_s": scores.cost.duration_s,
        "frames": scores.cost.frames,
        "ours": values_of(scores, ours),
        "baseline": None if baseline is None else values_of(scores, baseline),
        "objects": [] if ours is None else [asdict(found) for found in ours.events.objects],
        "events": [] if ours is None else [asdict(judged) for judged in ours.events.judged],
    }


def _row(name: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    cells = (figure.text(values[figure.key]) if figure.key in values else "" for figure in FIGURES)
    return (name, *cells)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0].ljust(widths[0])]
    cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join(cells).rstrip()
