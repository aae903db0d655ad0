"""The figures of a report: each with its name, its meaning and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from picket.evaluate.scores.video import TrackerScores, VideoScores

Value = float | int | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One column of the tables."""

    name: str  # above the column
    key: str  # in JSON
    meaning: str
    digits: int  # after the point

    def text(self, value: Value) -> str:
        """The value as it is shown; what is not known is a dash."""
        return "-" if value is None else f"{value:.{self.digits}f}"


FIGURES = (
    Figure("prec", "precision", "share of the believed detections that are right", 3),
    Figure("recall", "recall", "share of the true boxes that were found", 3),
    Figure("AP50", "ap50", "average precision at overlap 0.5", 3),
    Figure("MOTA", "mota", "1 less the shares of misses, false boxes and switches", 3),
    Figure("IDF1", "idf1", "how well identities are kept, 0..1", 3),
    Figure("HOTA", "hota", "detection and identity together, 0..1", 3),
    Figure("sw", "id_switches", "a true object goes on under another identity", 0),
    Figure("frag", "fragmentations", "a true object is lost and found again", 0),
    Figure("obj", "objects", "true objects", 0),
    Figure("miss", "missed", "true objects without an event", 0),
    Figure("obj40", "objects_high", "true objects at least 40 px high", 0),
    Figure("miss40", "missed_high", "those without an event", 0),
    Figure("ev/obj", "events_per_object", "events for each object found; 1 is ideal", 2),
    Figure("false", "false_events", "events about nothing", 0),
    Figure("f/h", "false_events_per_hour", "the same in an hour of video", 1),
    Figure("delay", "median_delay_s", "seconds from first appearance to the event, median", 1),
    Figure("looks/f", "looks_per_frame", "inferences for each analysed frame", 2),
    Figure("looks/s", "looks_per_s", "inferences for each second of video", 1),
    Figure("ms/f", "computed_ms_per_frame", "processor time for each analysed frame", 0),
    Figure("fps", "frames_per_s", "frames analysed in a second on this machine", 0),
)

DETECTION_KEYS = frozenset(("precision", "recall", "ap50"))
COST_KEYS = frozenset(("looks_per_frame", "looks_per_s", "computed_ms_per_frame", "frames_per_s"))
SHARED_KEYS = DETECTION_KEYS | COST_KEYS
"""What ours and the baseline have in common: both follow the same detections."""


def values_of(scores: VideoScores, tracker: TrackerScores | None) -> Mapping[str, Value]:
    """Every figure by its key.

    Args:
        scores: of one or more videos.
        tracker: whose identities and events are meant.
    """
    sources = (_detection_values(scores), _track_values(tracker), _event_values(tracker))
    costs: dict[str, Value] = {
        "looks_per_frame": scores.cost.looks_per_frame,
        "looks_per_s": scores.cost.looks_per_s,
        "computed_ms_per_frame": scores.cost.computed_ms_per_frame,
        "frames_per_s": scores.cost.frames_per_s,
    }
    known = {key: value for source in (*sources, costs) for key, value in source.items()}
    return {figure.key: known.get(figure.key) for figure in FIGURES}


def _detection_values(scores: VideoScores) -> Mapping[str, Value]:
    found = scores.detections
    if found is None:
        return {}
    return {"precision": found.precision, "recall": found.recall, "ap50": found.ap50}


def _track_values(tracker: TrackerScores | None) -> Mapping[str, Value]:
    tracks = tracker.tracks if tracker is not None else None
    if tracks is None:
        return {}
    return {
        "mota": tracks.mota,
        "idf1": tracks.idf1,
        "hota": tracks.hota,
        "id_switches": tracks.switches,
        "fragmentations": tracks.fragments,
    }


def _event_values(tracker: TrackerScores | None) -> Mapping[str, Value]:
    if tracker is None:
        return {}
    events = tracker.events
    return {
        "objects": len(events.objects),
        "missed": len(events.missed),
        "objects_high": len(events.high),
        "missed_high": len(events.missed_high),
        "events_per_object": events.events_per_object,
        "false_events": len(events.false_events),
        "false_events_per_hour": events.false_per_hour,
        "median_delay_s": events.median_delay_s,
    }
