"""Decides where in a frame the detector looks, and which objects need no look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from picket.detect.region_grid import startup_regions, widen_region
from picket.detect.regions import frame_region, is_resting, motion_regions, object_regions
from picket.domain.detection import Detection
from picket.domain.geometry import Box
from picket.domain.track import Track
from picket.motion.motion import Motion
from picket.pipeline.rules import CameraRules
from picket.track.tracker import TrackState, candidate_boxes, expected_boxes, living_tracks


@dataclass(frozen=True, slots=True)
class Look:
    """The plan for one frame."""

    regions: tuple[Box, ...] = ()  # squares for the detector
    resting: tuple[Detection, ...] = ()  # taken to be where they were


def plan_look(
    tracks: TrackState,
    motion: Motion,
    rules: CameraRules,
    absent: Sequence[Box] = (),
    *,
    is_recheck: bool,
    is_scan: bool,
) -> Look:
    """Where to look in this frame.

    Args:
        tracks: as the frame before left them.
        motion: of this frame; while it calibrates it neither wakes nor guides.
        rules: of the camera.
        absent: where something stood that no track stands for.
        is_recheck: look at resting objects too, lest they left unnoticed.
        is_scan: look also where objects usually are, because nothing is known of this scene yet.
    """
    moving = () if motion.is_calibrating else motion.boxes
    resting = () if is_recheck else _resting(tracks, moving, rules)
    boxes = (*_boxes_to_see(tracks, {track.id for track in resting}, rules), *absent)
    regions = object_regions(boxes, rules.regions)
    if moving:
        regions += tuple(
            widen_region(region, rules.grid, rules.regions)
            for region in motion_regions(moving, regions, rules.regions)
        )
    if is_scan:
        regions += startup_regions(rules.grid, rules.regions) or (frame_region(rules.regions),)
    return Look(tuple(dict.fromkeys(regions)), tuple(track.detection for track in resting))


def _resting(tracks: TrackState, moving: Sequence[Box], rules: CameraRules) -> tuple[Track, ...]:
    threshold = rules.track.stationary_threshold
    return tuple(
        track
        for track in living_tracks(tracks)
        if is_resting(track, moving, threshold_frames=threshold)
    )


def _boxes_to_see(tracks: TrackState, resting: set[str], rules: CameraRules) -> tuple[Box, ...]:
    """Where the objects that are not resting should be by now, and what may become one."""
    expected = expected_boxes(tracks)
    boxes = []
    for track in living_tracks(tracks):
        if track.id not in resting:
            seen = track.detection.box
            stands = track.motionless_count >= rules.track.stationary_threshold
            ahead = None if stands else expected[track.id].clipped(rules.width, rules.height)
            boxes.append(ahead or seen)
    return (*boxes, *candidate_boxes(tracks))
