"""Puts the demonstration's scene and configuration where the program can read them."""

from __future__ import annotations

import json
from pathlib import Path

from picket.demo.scene import write_demo_video
from picket.domain.errors import ConfigError

CONFIG_NAME = "demo.yml"


def prepare_demo(folder: Path, video: Path | None) -> Path:
    """Write the configuration of one camera that plays a video in a loop.

    Args:
        folder: everything of the demonstration lives here; made when missing.
        video: the user's own; None draws the built-in scene, once.

    Returns: path of the configuration file.
    Raises: ConfigError when the video is not there or the folder cannot be written.
    """
    if video is not None and not video.is_file():
        raise ConfigError(f"there is no video to play: {video}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scene = video.absolute() if video else _scene(folder)
        template = Path(__file__).with_name("config.yml").read_text(encoding="utf-8")
        config = folder / CONFIG_NAME
        text = template.replace("PATH_OF_THE_VIDEO", _quoted(scene))
        config.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"the demo cannot be set up ({error.strerror}): {folder}") from None
    return config


def _quoted(path: Path) -> str:
    """The path as a value of the configuration file, whatever characters are in its name.

    YAML reads JSON's quoted strings; braces are doubled, lest they name an environment variable.
    """
    doubled = str(path).replace("{", "{{").replace("}", "}}")
    return json.dumps(doubled, ensure_ascii=False)


def _scene(folder: Path) -> Path:
    scene = folder / "scene.mp4"
    if not scene.exists():
        print("drawing the demo scene, about 20 seconds, once …")  # noqa: T201
        write_demo_video(scene)
    return scene
