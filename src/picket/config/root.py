"""The whole file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from picket.config.audio import AudioConfig
from picket.config.birdseye import BirdseyeConfig
from picket.config.camera import CameraConfig
from picket.config.database import DatabaseConfig
from picket.config.detect import DetectConfig
from picket.config.detectors import DetectorConfig, ModelConfig
from picket.config.ffmpeg import FfmpegConfig
from picket.config.inherit import written_detectors
from picket.config.live import LiveConfig, RtmpConfig
from picket.config.logger import LoggerConfig
from picket.config.motion import MotionConfig
from picket.config.mqtt import MqttConfig
from picket.config.notifications import NotificationsConfig
from picket.config.objects import ObjectsConfig
from picket.config.record import RecordConfig
from picket.config.section import Section, setting
from picket.config.snapshots import SnapshotsConfig
from picket.config.storage import StorageConfig
from picket.config.telemetry import TelemetryConfig
from picket.config.timestamp import TimestampStyle
from picket.config.ui import UiConfig


class Config(Section):
    """The configuration file, Frigate 0.13's keys and a few of ours.

    Two defaults differ from Frigate. `mqtt` may be missing, then no broker is used. Without
    `detectors` a configured model runs in what is fastest here (`auto`); without a model the people
    detector that needs no file serves (`hog: {type: hog}`; Frigate: `cpu: {type: cpu}`), so that a
    fresh install without internet finds people.
    """

    mqtt: MqttConfig = setting("The broker.", default=MqttConfig(enabled=False))
    database: DatabaseConfig = setting("Where the index is kept.", default=DatabaseConfig())
    environment_vars: dict[str, str] = setting(
        "Environment variables to set at start. What the system's loader reads (`LD_LIBRARY_PATH`,"
        " `LD_PRELOAD`) must be set before the program is started.",
        default={},
        repr=False,
    )
    ui: UiConfig = setting("The web page.", default=UiConfig())
    telemetry: TelemetryConfig = setting("Statistics.", default=TelemetryConfig())
    model: ModelConfig = setting("The detection model.", default=ModelConfig())
    detectors: Annotated[
        dict[str, DetectorConfig],
        BeforeValidator(
            written_detectors, json_schema_input_type=dict[str, DetectorConfig] | Literal["auto"]
        ),
    ] = setting(
        "What runs the model, by a name of your choice; or `auto`, which measures what is fastest.",
        default={"hog": DetectorConfig(type="hog")},
    )
    logger: LoggerConfig = setting("How much is logged.", default=LoggerConfig())
    record: RecordConfig = setting(
        "What footage is kept, for every camera.", default=RecordConfig()
    )
    storage: StorageConfig = setting("Room for recordings.", default=StorageConfig())
    snapshots: SnapshotsConfig = setting(
        "Pictures stored with events, for every camera.", default=SnapshotsConfig()
    )
    rtmp: RtmpConfig = setting("Deprecated restream.", default=RtmpConfig())
    birdseye: BirdseyeConfig = setting("All cameras in one picture.", default=BirdseyeConfig())
    ffmpeg: FfmpegConfig = setting("ffmpeg arguments, for every camera.", default=FfmpegConfig())
    live: LiveConfig = setting("Live view, for every camera.", default=LiveConfig())
    objects: ObjectsConfig = setting(
        "Labels and filters, for every camera.", default=ObjectsConfig()
    )
    audio: AudioConfig = setting("Sounds, for every camera.", default=AudioConfig())
    motion: MotionConfig | None = setting("Motion detection, for every camera.", default=None)
    detect: DetectConfig = setting("Detect stream, for every camera.", default=DetectConfig())
    timestamp_style: TimestampStyle = setting(
        "The time drawn into pictures, for every camera.", default=TimestampStyle()
    )
    notifications: NotificationsConfig = setting(
        "Who is told of what, without home automation.", default=NotificationsConfig()
    )
    go2rtc: dict[str, Any] = setting(
        "Restream server, in go2rtc's own words; `{FRIGATE_NAME}` is replaced.",
        default={},
        repr=False,
    )
    cameras: dict[str, CameraConfig] = setting("The cameras by name.")
