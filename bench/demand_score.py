"""What decoding on demand loses of one stream, against decoding all of it; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from picket.domain.detection import Detection
from picket.evaluate.observed import Following, Observation
from picket.evaluate.scores.boxes import SAME_IOU
from picket.evaluate.scores.events import EventScores
from picket.evaluate.scores.video import score_video
from picket.evaluate.truth.values import Truth


@dataclass(frozen=True, slots=True)
class Worth:
    """What one way of decoding noticed; None where nobody drew boxes or listed events."""

    events: int
    missed: int | None  # true objects without an event
    false_events: int | None
    recall: float | None
    precision: float | None
    idf1: float | None


@dataclass(frozen=True, slots=True)
class Loss:
    """One stream, both ways, on the frames that both have."""

    stream: str
    form: str
    frames: int  # due for analysis, both ways
    absent: int  # due when everything is decoded, and replaced by a keyframe on demand
    left_out: int  # of these, not decoded
    rested_s: float
    whole: Worth  # with everything decoded
    spared: Worth  # on demand
    unseen: int  # detections in the frames left out that were not among what stood there
    believed: int  # all detections in these frames, with everything decoded
    later_s: float | None  # the most by which an object's first event came later
    only_whole: int  # objects that only decoding everything noticed
    only_spared: int  # and only decoding on demand

    @property
    def is_equal(self) -> bool:
        """Whether nobody was lost: no event and no detection of somebody new."""
        return not self.only_whole and not self.unseen


def compare(
    names: tuple[str, str], whole: Observation, spared: Observation, truth: Truth | None
) -> Loss:
    """Both observations of one stream.

    Args:
        names: of the stream, and of its form.
        whole: with every frame decoded.
        spared: with decoding on demand.
        truth: of the stream; None if nothing is known.
    """
    due = {each.number for each in whole.frames}
    shared = due & {each.number for each in spared.frames}
    whole, spared = _only(whole, shared), _only(spared, shared)
    left_out = sum(not frame.is_decoded for frame in spared.frames)
    unseen, believed = _unseen(whole, spared)
    with_all, events = _worth(whole, truth)
    on_demand, events_spared = _worth(spared, truth)
    found, found_spared = _noted(events), _noted(events_spared)
    both = found.keys() & found_spared.keys()
    return Loss(
        *names,
        frames=len(shared),
        absent=len(due) - len(shared),
        left_out=left_out,
        rested_s=round(left_out * spared.duration_s / len(spared.frames), 1),
        whole=with_all,
        spared=on_demand,
        unseen=unseen,
        believed=believed,
        later_s=max((round(found_spared[one] - found[one], 2) for one in both), default=None),
        only_whole=len(found.keys() - both),
        only_spared=len(found_spared.keys() - both),
    )


def _only(seen: Observation, numbers: set[int]) -> Observation:
    """The part of an observation about some of its frames."""
    kept = [n for n, frame in enumerate(seen.frames) if frame.number in numbers]
    tracks = tuple(seen.ours.tracks[n] for n in kept)
    frames = tuple(seen.frames[n] for n in kept)
    events = tuple(
        event
        for event in seen.ours.events
        if any(track.id == event.id for found in tracks for track in found)
    )
    return replace(seen, frames=frames, ours=Following(tracks, events))


def _worth(seen: Observation, truth: Truth | None) -> tuple[Worth, EventScores | None]:
    scores = score_video(seen, truth)
    ours, boxes = scores.ours, scores.detections
    tracks = None if ours is None else ours.tracks
    events = None if ours is None else ours.events
    worth = Worth(
        len(seen.ours.events),
        None if events is None else len(events.missed),
        None if events is None else len(events.false_events),
        None if boxes is None else boxes.recall,
        None if boxes is None else boxes.precision,
        None if tracks is None else tracks.idf1,
    )
    return worth, events


def _noted(events: EventScores | None) -> dict[str, float]:
    """Seconds from an object's appearance to its first event, by the object's name."""
    objects = () if events is None else events.objects
    return {one.true.id: one.delay_s for one in objects if one.delay_s is not None}


def _unseen(whole: Observation, spared: Observation) -> tuple[int, int]:
    found = {frame.number: frame.believed for frame in whole.frames}
    pairs = [
        (found[frame.number], frame.believed) for frame in spared.frames if not frame.is_decoded
    ]
    unseen = sum(not _covers(there, one) for seen, there in pairs for one in seen)
    return unseen, sum(len(seen) for seen, _ in pairs)


def _covers(known: Sequence[Detection], one: Detection) -> bool:
    return any(each.label == one.label and each.box.iou(one.box) >= SAME_IOU for each in known)
