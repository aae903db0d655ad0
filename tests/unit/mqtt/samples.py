"""Configurations that tests of announcements start from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from picket.config.load import load_text
from picket.config.root import Config
from tests.support.yaml_text import yaml_text

PORCH = {"porch": {"coordinates": "0,0,320,0,320,180,0,180", "objects": ["person"]}}


def make_config(
    zones: dict[str, Any] | None = None,
    track: Sequence[str] = ("person", "car", "face"),
    **sections: Any,
) -> Config:
    """Two cameras, front and back, with a zone that both have."""
    camera = {
        "ffmpeg": {"inputs": [{"path": "rtsp://camera/1", "roles": ["detect"]}]},
        "zones": PORCH if zones is None else zones,
        "objects": {"track": list(track)},
    }
    return load_text(
        yaml_text({"cameras": {"front": camera, "back": camera}, **sections}), "config.yml", {}
    )
