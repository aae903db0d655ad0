"""Which objects are not told, because a user called what looks like them false; pure.

An object is quieted while it is where such a mistake was, looks as that did, and is not much
surer. The place is compared with the picture of then, not the box of the object, because what
stands still is drawn alike while boxes jitter. Whoever passes in front covers the place, and
whoever goes away from it has left it: after three frames in a row of either, it is an object like
any other. One that was believed once is never quieted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from picket.domain.appearance import Appearance
from picket.domain.frame import Frame
from picket.domain.geometry import Box
from picket.domain.rivals import family_of
from picket.domain.suppression import Suppression
from picket.domain.track import Track
from picket.media.appearance import describe, likeness

SAME_PLACE_IOU = 0.4
"""Two boxes of one label that overlap by more are one object to `detect.consolidate` too."""
ALIKE = 0.85
"""More than any two different people in one place reach, 0.80, and less than parked cars keep in
half of the frames, 0.95 to 0.99; telling once too often is the smaller harm."""
SURER, NEARER = 0.15, 0.5
"""A detector that is surer than it ever was of the mistake, by so much and by this share of what
was missing to certainty, sees something else. The share is for events called false in their first
second, in which the detector has not seen the thing at its best."""
UNLIKE_FRAMES = 3
"""In a row; one or two are a jittering box, or somebody who passes in front."""


@dataclass(frozen=True, slots=True)
class KnownMistake:
    """A suppression in the pixels of the detect stream."""

    id: str
    family: str  # of labels
    place: Box
    appearance: Appearance
    max_score: float


@dataclass(frozen=True, slots=True)
class Quieting:
    """Whether an object is quieted; the empty value is the start, and means no."""

    mistake_id: str = ""  # what it is taken for
    unlike_frames: int = 0  # in a row since it was like it
    has_mattered: bool = False  # it would have been believed otherwise


def compile_mistakes(
    suppressions: Iterable[Suppression], camera: str, width: int, height: int
) -> tuple[KnownMistake, ...]:
    """Those of a camera, for a detect stream of this size in pixels."""
    return tuple(
        KnownMistake(
            one.id,
            family_of(one.label),
            Box.from_relative(one.box, width, height),
            one.appearance,
            one.score + max(SURER, NEARER * (1.0 - one.score)),
        )
        for one in suppressions
        if one.camera == camera
    )


def step_quieting(
    before: Quieting, track: Track, frame: Frame, mistakes: Sequence[KnownMistake]
) -> Quieting:
    """One frame later; an object that is not seen stays what it was taken for."""
    if before.mistake_id not in {one.id for one in mistakes}:
        before = Quieting()  # also when the suppression was undone
    if not track.is_seen:
        return before
    found = next((one for one in mistakes if _is_like(track, frame, one)), None)
    if found is not None:
        return replace(before, mistake_id=found.id, unlike_frames=0)
    if not before.mistake_id or before.unlike_frames + 1 >= UNLIKE_FRAMES:
        return Quieting()
    return replace(before, unlike_frames=before.unlike_frames + 1)


def _is_like(track: Track, frame: Frame, mistake: KnownMistake) -> bool:
    seen = track.detection
    return (  # where the boxes overlap, the place lies in the frame and can be described
        family_of(seen.label) == mistake.family
        and seen.score <= mistake.max_score
        and seen.box.iou(mistake.place) > SAME_PLACE_IOU
        and likeness(describe(frame, mistake.place), mistake.appearance) >= ALIKE
    )
