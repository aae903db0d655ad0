from __future__ import annotations

from picket.audio.events import sound_event
from picket.audio.hearing import Sound
from tests.unit.config.samples import config

SOUND = Sound("100.5-abcdef", "bark", 100.5, 130.25, 0.93)


def test_a_sound_is_a_row_with_what_surrounds_it() -> None:
    around = {"pre_capture": 7, "post_capture": 9}
    camera = config({"record": {"enabled": True, "events": around}}).cameras["front"]
    running = sound_event(SOUND, camera, is_over=False)
    assert (running.start_time, running.end_time) == (93.5, None)
    assert (running.label, running.camera, running.has_clip) == ("bark", "front", True)
    assert (running.data.type, running.data.score, running.data.box) == ("audio", 0.93, None)
    assert sound_event(SOUND, camera, is_over=True).end_time == 139.25


def test_where_nothing_is_recorded_there_is_no_clip() -> None:
    assert not sound_event(SOUND, config().cameras["front"], is_over=True).has_clip
