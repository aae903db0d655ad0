from __future__ import annotations

from datetime import UTC
from typing import Any

from picket.config.load import parse_config
from picket.config.root import Config
from picket.media.draw_style import draw_style, local_zone


def make_config(camera: dict[str, Any] | None = None, **top: Any) -> Config:
    source = {"inputs": [{"path": "rtsp://h/1", "roles": ["detect"]}]}
    return parse_config({**top, "cameras": {"front": {"ffmpeg": source, **(camera or {})}}})


def test_zones_and_masks_are_in_pixels_of_the_stream() -> None:
    config = make_config(
        {
            "zones": {
                "porch": {"coordinates": "0,0,100,0,100,50"},
                "lawn": {"coordinates": "0.0,0.0,0.5,0.0,0.5,0.5"},
            },
            "motion": {"mask": ["0,0,10,0,10,10"]},
        }
    )
    style = draw_style(config, "front", 640, 360)
    assert [zone.name for zone in style.zones] == ["porch", "lawn"]
    assert style.zones[0].polygon == ((0, 0), (100, 0), (100, 50))
    assert style.zones[1].polygon == ((0, 0), (320, 0), (320, 180))
    assert style.zones[0].color != style.zones[1].color
    assert style.motion_mask == (((0, 0), (10, 0), (10, 10)),)


def test_labels_of_all_cameras_have_their_colours() -> None:
    config = make_config({"objects": {"track": ["dog"]}}, objects={"track": ["person"]})
    style = draw_style(config, "front", 640, 360)
    assert set(style.label_colors) == {"dog", "person"}


def test_the_time_is_written_as_configured() -> None:
    config = make_config(
        {
            "timestamp_style": {
                "position": "br",
                "format": "%H:%M",
                "color": {"red": 1, "green": 2, "blue": 3},
                "thickness": 4,
                "effect": "shadow",
            }
        },
        ui={"timezone": "Europe/Berlin"},
    )
    style = draw_style(config, "front", 640, 360).timestamp
    assert (style.position, style.format, style.thickness) == ("br", "%H:%M", 4)
    assert style.color == (3, 2, 1)
    assert style.effect == "shadow"
    assert str(style.timezone) == "Europe/Berlin"


def test_without_a_zone_the_machine_decides() -> None:
    zone = local_zone(make_config())
    assert zone is not None
    assert local_zone(make_config(ui={"timezone": "UTC"})).utcoffset(None) == UTC.utcoffset(None)
