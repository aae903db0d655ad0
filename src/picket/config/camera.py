"""`cameras.<name>`: one camera."""

from __future__ import annotations

from picket.config.audio import AudioConfig
from picket.config.birdseye import CameraBirdseyeConfig
from picket.config.detect import DetectConfig
from picket.config.ffmpeg import CameraFfmpegConfig
from picket.config.live import LiveConfig, RtmpConfig
from picket.config.motion import MotionConfig
from picket.config.mqtt import CameraMqttConfig
from picket.config.objects import ObjectsConfig
from picket.config.onvif import OnvifConfig
from picket.config.record import RecordConfig
from picket.config.section import Section, setting
from picket.config.snapshots import SnapshotsConfig
from picket.config.timestamp import TimestampStyle
from picket.config.ui import CameraUiConfig
from picket.config.zones import ZoneConfig


class CameraConfig(Section):
    """Everything under `cameras: <name>:`, global sections merged in once loaded."""

    name: str = setting("Filled in: the key of the camera.", default="")
    enabled: bool = setting("Whether the camera is used.", default=True)
    ffmpeg: CameraFfmpegConfig = setting("The camera's streams.")
    best_image_timeout: int = setting(
        "Age after which the best picture is replaced by a newer one.", default=60, unit="s", ge=0
    )
    webui_url: str | None = setting("Address of the camera's own page.", default=None)
    zones: dict[str, ZoneConfig] = setting("Named areas of the picture.", default={})
    record: RecordConfig = setting("What footage is kept.", default=RecordConfig())
    rtmp: RtmpConfig = setting("Deprecated restream.", default=RtmpConfig())
    live: LiveConfig = setting("Live view.", default=LiveConfig())
    snapshots: SnapshotsConfig = setting("Pictures stored with events.", default=SnapshotsConfig())
    mqtt: CameraMqttConfig = setting("Pictures published.", default=CameraMqttConfig())
    objects: ObjectsConfig = setting("Labels and their filters.", default=ObjectsConfig())
    audio: AudioConfig = setting("Sounds.", default=AudioConfig())
    motion: MotionConfig = setting("Motion detection.", default=MotionConfig())
    detect: DetectConfig = setting("Detect stream.", default=DetectConfig())
    onvif: OnvifConfig = setting("Moving the camera.", default=OnvifConfig())
    ui: CameraUiConfig = setting("The camera on the web page.", default=CameraUiConfig())
    birdseye: CameraBirdseyeConfig = setting(
        "The camera in the common picture.", default=CameraBirdseyeConfig()
    )
    timestamp_style: TimestampStyle = setting(
        "The time drawn into pictures.", default=TimestampStyle()
    )
