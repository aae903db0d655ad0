"""Configurations that tests start from."""

from __future__ import annotations

from typing import Any

from picket.config.load import load_text, parse_config
from picket.config.problems import ConfigProblems, Problem
from picket.config.root import Config

CAMERA: dict[str, Any] = {
    "ffmpeg": {
        "inputs": [
            {"path": "rtsp://10.0.0.5/sub", "roles": ["detect"]},
            {"path": "rtsp://10.0.0.5/main", "roles": ["record"]},
        ]
    }
}


def config(camera: dict[str, Any] | None = None, **top: Any) -> Config:
    """A configuration with one camera, `front`."""
    return parse_config({**top, "cameras": {"front": {**CAMERA, **(camera or {})}}})


def problems(text: str, env: dict[str, str] | None = None) -> list[Problem]:
    """What is wrong with a file."""
    try:
        load_text(text, "config.yml", env or {})
    except ConfigProblems as error:
        return list(error.problems)
    return []


def mistakes(camera: dict[str, Any] | None = None, **top: Any) -> dict[str, str]:
    """What is wrong with a configuration: messages by key."""
    try:
        config(camera, **top)
    except ConfigProblems as error:
        return {problem.key: problem.message for problem in error.problems}
    return {}
