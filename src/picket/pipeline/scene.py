"""What a camera shows, told when it changes: how many objects are where, and whether it moves."""

from __future__ import annotations

from dataclasses import dataclass

from picket.domain.overlay import FrameNotes
from picket.events.counts import count_labels, count_zones
from picket.events.memory import EventState
from picket.events.rules import EventRules
from picket.ipc.messages import SceneChanged

REPEAT_S = 10.0
"""It is told again after so long: a message may be lost, and a server that is new knows nothing."""
NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class SceneMemory:
    """What is remembered between frames; the empty value is the start."""

    moved_time: float = NEVER  # frame time of the last motion
    told: SceneChanged | None = None
    told_time: float = NEVER  # frame time


def watch_scene(
    memory: SceneMemory,
    notes: FrameNotes,
    events: EventState,
    rules: EventRules,
    motion_off_s: float,
) -> tuple[SceneMemory, SceneChanged | None]:
    """One more frame; hands back the scene when clients do not know it yet.

    Args:
        memory: of the frame before.
        notes: of this frame.
        events: after this frame.
        rules: by which they became what they are.
        motion_off_s: motion counts as going on for so many seconds of frame time after it was seen.
    """
    now = notes.frame_time
    moved_time = now if notes.motion else min(memory.moved_time, now)
    in_zones = count_zones(events)
    scene = SceneChanged(
        rules.camera,
        is_moving=now - moved_time <= motion_off_s,
        labels=count_labels(events),
        zones={zone.name: in_zones.get(zone.name, {}) for zone in rules.zones},
    )
    if scene == memory.told and 0 <= now - memory.told_time < REPEAT_S:
        return SceneMemory(moved_time, memory.told, memory.told_time), None
    return SceneMemory(moved_time, scene, now), scene
