"""Values that follow from others, filled in once the sections are merged. Pure."""

from __future__ import annotations

from picket.config.camera import CameraConfig
from picket.config.ffmpeg import CameraFfmpegConfig, Role
from picket.config.inherit import ATTRIBUTE_MIN_SCORE, DEFAULT_MIN_SCORE
from picket.config.objects import ATTRIBUTE_LABELS, FilterConfig, ObjectsConfig
from picket.config.onvif import OnvifConfig
from picket.config.root import Config
from picket.config.words import TextOrList


def derive(config: Config) -> Config:
    """The configuration as the program uses it and GET /api/config shows it.

    The size of a detect stream is not asked here: `detect.width` and `height` stay None until the
    camera has been seen. What follows from `detect.fps` is filled in by DetectConfig itself.
    """
    cameras = {name: derive_camera(name, camera) for name, camera in config.cameras.items()}
    objects = config.objects.model_copy(
        update={"filters": attribute_filters(config.objects.filters)}
    )
    return config.model_copy(update={"cameras": cameras, "objects": objects})


def derive_camera(name: str, camera: CameraConfig) -> CameraConfig:
    """One camera with everything filled in."""
    live = camera.live.model_copy(update={"stream_name": camera.live.stream_name or name})
    return camera.model_copy(
        update={
            "name": name,
            "ffmpeg": force_roles(camera.ffmpeg),
            "record": camera.record.model_copy(update={"enabled_in_config": camera.record.enabled}),
            "audio": camera.audio.model_copy(update={"enabled_in_config": camera.audio.enabled}),
            "onvif": remember_autotracking(camera.onvif),
            "objects": complete_filters(camera.objects),
            "live": live,
        }
    )


def force_roles(ffmpeg: CameraFfmpegConfig) -> CameraFfmpegConfig:
    """A camera with one stream records and detects on it, whatever roles were written."""
    if len(ffmpeg.inputs) != 1:
        return ffmpeg
    (only,) = ffmpeg.inputs
    extra: tuple[Role, ...] = tuple(role for role in ("audio", "rtmp") if role in only.roles)
    forced = only.model_copy(update={"roles": ("record", "detect", *extra)})
    return ffmpeg.model_copy(update={"inputs": (forced,)})


def remember_autotracking(onvif: OnvifConfig) -> OnvifConfig:
    """`enabled_in_config` of the autotracking."""
    tracking = onvif.autotracking
    return onvif.model_copy(
        update={"autotracking": tracking.model_copy(update={"enabled_in_config": tracking.enabled})}
    )


def complete_filters(objects: ObjectsConfig) -> ObjectsConfig:
    """A filter for every tracked label, each with its own masks and the common ones."""
    default = {label: FilterConfig() for label in objects.track}
    common = as_list(objects.mask)
    filters = {
        label: each.model_copy(update={"mask": (*as_list(each.mask), *common) or None})
        for label, each in (default | objects.filters).items()
    }
    return objects.model_copy(update={"filters": filters})


def as_list(mask: TextOrList | None) -> tuple[str, ...]:
    """One mask or several as a tuple, without empty ones."""
    masks = (mask,) if isinstance(mask, str) else mask or ()
    return tuple(each for each in masks if each.strip())


def attribute_filters(filters: dict[str, FilterConfig]) -> dict[str, FilterConfig]:
    """The global filters with one for each attribute, at a higher `min_score`."""
    own = {label: filters.get(label, FilterConfig()) for label in ATTRIBUTE_LABELS}
    raised = {
        label: each.model_copy(update={"min_score": ATTRIBUTE_MIN_SCORE})
        for label, each in own.items()
        if each.min_score == DEFAULT_MIN_SCORE
    }
    return filters | raised
