"""What a frame shows to whoever moves the camera."""

from __future__ import annotations

from picket.domain.gaze import Glance, Target, View
from picket.domain.overlay import FrameNotes, ObjectView
from picket.pipeline.memory import CameraMemory
from picket.pipeline.rules import CameraRules
from picket.track.shifting import Speed, track_speeds

STANDS = Speed(0.0, 0.0)


def glance_at(memory: CameraMemory, notes: FrameNotes, rules: CameraRules) -> Glance | None:
    """The frame stepped last; None while there is nothing to follow and nowhere to return from.

    Args:
        memory: after that frame.
        notes: of that frame.
        rules: of the camera.
    """
    gaze = memory.gaze
    believed = [one for one in notes.objects if not one.false_positive]
    if not rules.may_turn or (gaze.view is View.HOME and not believed):
        return None
    speeds = track_speeds(memory.tracks)
    return Glance(
        notes.frame_time,
        tuple(_target(one, speeds.get(one.id, STANDS), rules) for one in believed),
        gaze.turned_x,
        gaze.turned_y,
        gaze.enlarged,
        is_turning=gaze.view is View.TURNING,
    )


def _target(seen: ObjectView, speed: Speed, rules: CameraRules) -> Target:
    x, y = seen.box.center
    return Target(
        id=seen.id,
        label=seen.label,
        x=x / rules.width,
        y=y / rules.height,
        x_speed=speed.x / rules.width,
        y_speed=speed.y / rules.height,
        is_sure=seen.is_seen,
        is_moving=seen.motionless_count == 0,
        is_stationary=seen.stationary,
        entered_zones=seen.entered_zones,
        width=seen.box.width / rules.width,
        height=seen.box.height / rules.height,
    )
