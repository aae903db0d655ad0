"""Whether a camera that moves looks where it was set up to, and how its picture turns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from picket.domain.frame import Frame, Gray
from picket.domain.gaze import Shift, View
from picket.motion.turning import measure_shift, small_copy

NEVER = float("-inf")

SETTLE_S = 2.0
"""Pictures are so much later than what a camera tells of its motors: encoders and networks take
half a second, now and then more."""
PATIENCE_S = 10.0
"""So long after it was told to be at home a camera is, whatever its picture does: a tree in the
wind that fills it is no turn."""
STILL_SHARE = 0.005
"""Of the picture's width; less from frame to frame is no turn: mostly what is measured is exact to
a tenth of that, and in a crowd to all of it."""
STILL_FRAMES = 2
"""In a row: a turn that begins or ends slowly has one that hardly moves."""


@dataclass(frozen=True, slots=True, eq=False)
class Gaze:
    """What is remembered between frames; the empty value is a camera that never moved."""

    view: View = View.HOME
    is_told_home: bool = True  # by whoever moves the camera
    homecoming: float | None = None  # frame time when that was told; None: no frame came since
    picture: Gray | None = None  # small copy of the last frame
    still_frames: int = STILL_FRAMES
    turned_x: float = 0.0  # pictures that the content went right since the camera left home
    turned_y: float = 0.0
    enlarged: float = 1.0  # times that it grew since then


@dataclass(frozen=True, slots=True)
class Turn:
    """What a frame shows of the camera's own movement."""

    shift: Shift | None = None  # pixels of the frame; None: none, or unknown
    has_come_home: bool = False


def hear_gaze(gaze: Gaze, *, is_home: bool) -> Gaze:
    """Whoever moves the camera says whether it rests where it was set up to look."""
    if is_home == gaze.is_told_home:
        return gaze
    view = gaze.view if is_home or gaze.view is not View.HOME else View.AWAY
    return replace(gaze, view=view, is_told_home=is_home, homecoming=None)


def step_gaze(gaze: Gaze, frame: Frame) -> tuple[Gaze, Turn]:
    """One more frame of a camera that may move.

    At home nothing is measured: what moves there are objects. Away from it every frame is compared
    with the one before, whatever the camera says, because pictures come later than words.
    """
    picture = small_copy(frame.luma)
    before, now = gaze.picture, frame.frame_time
    if gaze.view is View.HOME or before is None or before.shape != picture.shape:
        return replace(gaze, picture=picture), Turn()
    small = measure_shift(before, picture)
    height, width = picture.shape
    is_still = small is not None and _reach(small, width, height) < STILL_SHARE * width
    after = replace(
        gaze,
        picture=picture,
        homecoming=now if gaze.is_told_home and gaze.homecoming is None else gaze.homecoming,
        still_frames=gaze.still_frames + 1 if is_still else 0,
    )
    is_at_rest = after.still_frames >= STILL_FRAMES
    home_s = _time_at_home(after, now)
    if home_s >= (SETTLE_S if is_at_rest else PATIENCE_S):
        return Gaze(picture=picture), Turn(has_come_home=True)
    after = replace(after, view=View.AWAY if is_at_rest else View.TURNING)
    if small is None or is_still:
        return after, Turn()
    middle_x, middle_y = _middle_shift(small, width, height)
    after = replace(
        after,
        turned_x=after.turned_x * small.scale + middle_x / width,
        turned_y=after.turned_y * small.scale + middle_y / height,
        enlarged=after.enlarged * small.scale,
    )
    enlarged = frame.height / height
    return after, Turn(Shift(small.scale, small.dx * enlarged, small.dy * enlarged))


def _time_at_home(gaze: Gaze, now: float) -> float:
    """Seconds since it was told to be there; none while it is away."""
    if not gaze.is_told_home or gaze.homecoming is None:
        return 0.0
    return abs(now - gaze.homecoming)


def _middle_shift(shift: Shift, width: int, height: int) -> tuple[float, float]:
    """How far the middle of the picture moved: a zoom alone moves it nowhere."""
    grown = shift.scale - 1
    return shift.dx + grown * width / 2, shift.dy + grown * height / 2


def _reach(shift: Shift, width: int, height: int) -> float:
    """How far the point that moved furthest of middle and corner went, pixels."""
    x, y = _middle_shift(shift, width, height)
    return max(abs(x), abs(y), abs(shift.scale - 1) * width / 2)
