from __future__ import annotations

from picket.config.camera import CameraConfig
from picket.config.ffmpeg import CameraInput
from picket.config.schema import choices_at, field_at, json_schema, section_at


def test_sections_are_found_through_names_and_lists() -> None:
    assert section_at(()) is not None
    assert section_at(("cameras", "front")) is CameraConfig
    assert section_at(("cameras", "front", "ffmpeg", "inputs", 0)) is CameraInput
    assert section_at(("cameras", "front", "nothing", "below")) is None


def test_settings_and_their_words_are_found() -> None:
    setting = field_at(("detect", "fps"))
    assert setting is not None
    assert setting.default == 5
    assert choices_at(("timestamp_style", "effect")) == ("solid", "shadow")
    assert choices_at(("mqtt", "host")) == ()


def test_the_editor_s_schema_describes_every_key() -> None:
    schema = json_schema()
    assert schema["properties"]["cameras"]["description"]
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["cameras"]
