"""A sound as a row of the event table. Pure."""

from __future__ import annotations

from picket.audio.hearing import Sound
from picket.config.camera import CameraConfig
from picket.domain.event import AUDIO, Event, EventData


def sound_event(sound: Sound, camera: CameraConfig, *, is_over: bool) -> Event:
    """Its event, still without pictures; what surrounds a sound is kept with it."""
    around = camera.record.events
    return Event(
        id=sound.id,
        camera=camera.name,
        label=sound.label,
        start_time=sound.start_time - around.pre_capture,
        end_time=sound.last_time + around.post_capture if is_over else None,
        has_clip=camera.record.enabled,
        data=EventData(type=AUDIO, score=sound.score, top_score=sound.score),
    )
