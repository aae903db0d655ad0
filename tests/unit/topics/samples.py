"""Objects and scenes that tests of topics start from."""

from __future__ import annotations

from picket.domain.geometry import Box
from picket.domain.overlay import AttributeBox, ObjectView, ShotView
from picket.ipc.messages import SceneChanged

FACE = AttributeBox("face", 0.74, Box(448, 220, 474, 252))
BEFORE = ObjectView(
    id="1705312058.903118-k3v9qa",
    camera="front_yard",
    label="person",
    frame_time=1705312058.903118,
    start_time=1705312058.903118,
    end_time=None,
    score=0.76,
    top_score=0.0,
    false_positive=True,
    box=Box(410, 212, 498, 540),
    region=Box(280, 180, 700, 600),
    is_seen=True,
    stationary=False,
    motionless_count=0,
    position_changes=0,
)
AFTER = ObjectView(
    id=BEFORE.id,
    camera=BEFORE.camera,
    label="person",
    frame_time=1705312059.104201,
    start_time=BEFORE.start_time,
    end_time=None,
    score=0.81,
    top_score=0.785,
    false_positive=False,
    box=Box(415, 213, 503, 542),
    region=Box(280, 180, 700, 600),
    is_seen=True,
    stationary=False,
    motionless_count=0,
    position_changes=1,
    current_zones=("porch",),
    entered_zones=("lawn", "porch"),
    has_clip=True,
    has_snapshot=True,
    attributes=(("face", 0.74),),
    current_attributes=(FACE,),
    snapshot=ShotView(
        1705312059.104201, Box(415, 213, 503, 542), Box(280, 180, 700, 600), 0.81, (FACE,)
    ),
    sub_label=("Ann", 0.92),
)


def scene(
    camera: str = "front",
    labels: dict[str, int] | None = None,
    zones: dict[str, dict[str, int]] | None = None,
    *,
    is_moving: bool = False,
) -> SceneChanged:
    """What a camera shows; nothing if nothing is said."""
    return SceneChanged(camera, is_moving, labels or {}, zones or {})
