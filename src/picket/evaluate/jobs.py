"""What to analyse, and how: from the words of the command line to values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from picket.config.camera import CameraConfig
from picket.config.detect import Decode
from picket.config.detectors import DetectorConfig, ModelConfig
from picket.config.ffmpeg_args import is_local_file
from picket.config.load import load_config, parse_config
from picket.config.record import RecordConfig
from picket.config.root import Config
from picket.detect.choice import RUNTIMES
from picket.domain.errors import ConfigError

CONFIG_SUFFIXES = (".yml", ".yaml", ".json")

WITHOUT_FILE = ("hog", "deepstack")
"""Types of detectors that bring their own model."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    inputs: tuple[Path, ...]  # at most one configuration file, and videos
    truths: tuple[Path, ...] = ()  # files and folders
    camera: str | None = None  # whose settings the videos are analysed with
    detector: str | None = None  # its type, in place of the configuration's
    model: Path | None = None
    with_baseline: bool = False
    decode: Decode | None = None  # in place of the camera's


@dataclass(frozen=True, slots=True)
class Job:
    """One video and the camera that it is taken for."""

    video: Path
    camera: CameraConfig | None  # None: one without settings, that looks for what the truth names


def find_jobs(wish: Wish, env: Mapping[str, str]) -> tuple[tuple[Job, ...], DetectorConfig]:
    """The videos to analyse and what looks at them.

    Raises: ConfigError when the words do not fit together, or a configuration is wrong.
    """
    files = [path for path in wish.inputs if path.suffix in CONFIG_SUFFIXES]
    videos = [path for path in wish.inputs if path.suffix not in CONFIG_SUFFIXES]
    if len(files) > 1:
        raise ConfigError(f"two configurations, {files[0]} and {files[1]}: name one")
    config = load_config(files[0], env) if files else None
    jobs = _jobs(config, videos, wish.camera)
    for name, count in Counter(job.video.stem for job in jobs).items():
        if count > 1:
            raise ConfigError(f"{count} videos are called {name}: evaluate them apart")
    return jobs, choose_detector(wish, config)


def _jobs(config: Config | None, videos: Sequence[Path], name: str | None) -> tuple[Job, ...]:
    if config is None:
        return tuple(Job(video, None) for video in videos)
    if videos:
        camera = _chosen_camera(config, name)
        return tuple(Job(video, camera) for video in videos)
    return _cameras_on_files(config, name)


def choose_detector(wish: Wish, config: Config | None) -> DetectorConfig:
    """What the command line names, else the configuration's first, else what needs no file.

    Where nothing names a type, the first that can run the file is taken, not the fastest: figures
    must not depend on the machine.

    Raises: ConfigError when what is named needs more words.
    """
    own = next(iter(config.detectors.values())) if config else DetectorConfig(type="hog")
    model = own.model if wish.model is None else ModelConfig(path=str(wish.model))
    kind = wish.detector or ("auto" if wish.model else own.type)
    if kind == own.type != "auto" and wish.model is None:
        return own
    if kind == "auto":
        kind = _first_type(model)
    if model.path is None and kind not in WITHOUT_FILE:
        raise ConfigError(f"a detector of type {kind} needs a file: name it with --model")
    return DetectorConfig.model_validate({"type": kind, "model": model})


def _first_type(model: ModelConfig) -> str:
    if model.path is None:
        return "hog"
    types = RUNTIMES.get(Path(model.path).suffix.lower())
    if types is None:
        raise ConfigError(f"nothing says what runs {model.path}: name a type with --detector")
    return types[0]


def plain_camera(labels: Sequence[str]) -> CameraConfig:
    """A camera with nothing but defaults that looks for these labels."""
    camera = {
        "ffmpeg": {"inputs": [{"path": "video", "roles": ["detect"]}]},
        "objects": {"track": list(labels)},
    }
    config = parse_config({"cameras": {"video": camera}})
    return with_events(config.cameras["video"])


def with_events(camera: CameraConfig) -> CameraConfig:
    """The camera, made to store events where it would store none."""
    if camera.record.enabled or camera.snapshots.enabled:
        return camera
    return camera.model_copy(update={"record": RecordConfig(enabled=True)})


def _chosen_camera(config: Config, name: str | None) -> CameraConfig:
    names = list(config.cameras)
    if name is None and len(names) == 1:
        return with_events(config.cameras[names[0]])
    if name not in config.cameras:
        asked = "several cameras" if name is None else f"no camera {name}"
        raise ConfigError(f"the configuration has {asked}: choose --camera from {names}")
    return with_events(config.cameras[name])


def _cameras_on_files(config: Config, name: str | None) -> tuple[Job, ...]:
    """The cameras that play a file, or the one that is asked for."""
    chosen = config.cameras.values() if name is None else [_chosen_camera(config, name)]
    jobs = tuple(
        Job(Path(source.path.removeprefix("file:")), with_events(camera))
        for camera in chosen
        for source in camera.ffmpeg.inputs
        if "detect" in source.roles and is_local_file(source.path)
    )
    if not jobs:
        raise ConfigError(
            "no camera of the configuration plays a video file: name videos after it, and with"
            " --camera whose settings they are analysed with"
        )
    return jobs
