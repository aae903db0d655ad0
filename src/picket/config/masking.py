"""Credentials out of everything that is shown: logs, errors, GET /api/config."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from picket.config.camera import CameraConfig
from picket.config.channel_secrets import receiver_of
from picket.config.detectors import OPTIONS, DetectorConfig
from picket.config.ffmpeg_args import (
    FALLBACK_HEIGHT,
    FALLBACK_WIDTH,
    detect_commands,
    encoded_path,
)
from picket.config.root import Config

MASK = "*"

SECRET_WORDS = ("password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "api_key")
"""A key that contains one of these has a secret value."""

SECRET_OPTIONS = frozenset(
    ["-passphrase", "-password", "-key", "-decryption_key", "-cryptokey", "-auth_token", "-cookies"]
)
"""ffmpeg options whose value is a secret."""

_USERINFO = re.compile(r"://[^\s\"@]*:[^\s\"]*@|://[^\s\"/?#@]*@")
_QUERY = re.compile(
    r"(?i)(?<![a-z])(user(?:name)?|usr|login(?:use|pas)|pass(?:word|wd|phrase)?|pwd|auth|secret|"
    r"(?:access_?|auth_?)?token|api_?key|key|sig(?:nature)?)=([^&\s\"']+)"
)
_HEADER = re.compile(r"(?i)\b((?:proxy-)?authorization|cookie|x-[a-z-]*(?:token|key)):[^\r\n\"']*")
_OPTION = re.compile(
    r"(?<!\S)(" + "|".join(map(re.escape, sorted(SECRET_OPTIONS))) + r")\s+('[^']*'|\"[^\"]*\"|\S+)"
)


def mask_credentials(text: str) -> str:
    """A text, such as a URL, a log line or a command, without its credentials.

    `://user:pass@` becomes `://*:*@` (up to the last `@`, since passwords with `/` and `@` are
    found in real files), `user=a&password=b` becomes `user=*&password=*`; so do tokens and keys,
    HTTP headers that authorise, and ffmpeg options that carry a key.
    """
    text = _USERINFO.sub("://*:*@", text)
    text = _QUERY.sub(r"\1=*", text)
    text = _HEADER.sub(r"\1: *", text)
    return _OPTION.sub(r"\1 *", text)


def mask_url(url: str) -> str:
    """As mask_credentials, for a text known to be one URL: its password may hold spaces."""
    return mask_credentials(re.sub(r"(?s)(?<=://).*@", "*:*@", url))


def is_secret(key: str) -> bool:
    """Whether the value of a key of this name must not be shown."""
    return any(word in key.lower() for word in SECRET_WORDS)


def mask_tree(value: Any) -> Any:
    """A copy of JSON-like data without credentials; empty secrets and null stay as they are."""
    if isinstance(value, Mapping):
        return {
            key: MASK if is_secret(str(key)) and child not in (None, "") else mask_tree(child)
            for key, child in value.items()
        }
    if isinstance(value, str):
        return mask_credentials(value)
    if isinstance(value, Sequence):
        return _mask_list(value)
    return value


def _mask_list(items: Sequence[Any]) -> list[Any]:
    """Masks the item after a secret option too, as in `[-passphrase, abc]`."""
    before = [None, *items]
    return [
        MASK if isinstance(previous, str) and previous in SECRET_OPTIONS else mask_tree(item)
        for previous, item in zip(before, items, strict=False)
    ]


@dataclass(frozen=True, slots=True)
class Observed:
    """What the running program knows and the file does not say."""

    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """(width, height) of the detect stream by camera, pixels."""
    labels: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    """Labels of the loaded model by detector."""
    has_plus: bool = False  # a Frigate+ key is set
    movement_weights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """How cameras that follow objects turn, as it was measured; by camera."""


def public_config(config: Config, observed: Observed | None = None) -> dict[str, Any]:
    """The answer to GET /api/config, JSON-ready.

    `mqtt.password` is left out, every other secret is masked, also where Frigate shows it
    (`onvif.password`, `go2rtc`, `environment_vars`). Without a known detect size it is 1280x720.
    """
    observed = observed or Observed()
    shown = mask_tree(config.model_dump(mode="json"))
    shown["mqtt"].pop("password")
    shown["database"]["url"] = config.database.url and mask_url(config.database.url)
    for name, channel in config.notifications.channels.items():
        hidden = dict.fromkeys(channel.headers, MASK)
        masked = {"url": channel.url and receiver_of(channel), "headers": hidden}
        shown["notifications"]["channels"][name] |= masked
    shown["environment_vars"] = dict.fromkeys(config.environment_vars, MASK)
    shown["go2rtc"] = _masked_go2rtc(config.go2rtc)
    shown["plus"] = {"enabled": observed.has_plus}
    for name, camera in config.cameras.items():
        _complete_camera(shown["cameras"][name], camera, observed.sizes.get(name))
    for name, weights in observed.movement_weights.items():
        shown["cameras"][name]["onvif"]["autotracking"]["movement_weights"] = list(weights)
    for name, detector in config.detectors.items():
        shown["detectors"][name] = _detector(
            shown["detectors"][name], detector, observed.labels.get(name, {})
        )
    return shown  # type: ignore[no-any-return]


def _complete_camera(
    shown: dict[str, Any], camera: CameraConfig, size: tuple[int, int] | None
) -> None:
    width, height = size or (FALLBACK_WIDTH, FALLBACK_HEIGHT)
    shown["detect"]["width"] = camera.detect.width or width
    shown["detect"]["height"] = camera.detect.height or height
    for entry, source in zip(shown["ffmpeg"]["inputs"], camera.ffmpeg.inputs, strict=True):
        entry["path"] = mask_url(source.path)
    hidden = {encoded_path(each.path): mask_url(each.path) for each in camera.ffmpeg.inputs}
    shown["ffmpeg_cmds"] = [
        {
            "cmd": " ".join(mask_tree([hidden.get(word, word) for word in command.argv])),
            "roles": list(command.roles),
        }
        for command in detect_commands(camera, width, height)
    ]


def _detector(
    shown: dict[str, Any], detector: DetectorConfig, labels: Mapping[int, str]
) -> dict[str, Any]:
    """Only the settings that the type has, and the model with all its labels."""
    foreign = set(DetectorConfig.model_fields) - {"type", "model", *OPTIONS[detector.type]}
    shown = {key: value for key, value in shown.items() if key not in foreign}
    merged = {**labels, **detector.model.labelmap}
    shown["model"]["labelmap"] = {str(index): label for index, label in merged.items()}
    return shown


def _masked_go2rtc(section: Mapping[str, Any]) -> dict[str, Any]:
    """go2rtc's section; each source is one URL, possibly behind a prefix such as `ffmpeg:`."""
    shown: dict[str, Any] = mask_tree(section)
    streams = section.get("streams")
    if isinstance(streams, Mapping):
        shown["streams"] = {name: _masked_sources(sources) for name, sources in streams.items()}
    return shown


def _masked_sources(sources: Any) -> Any:
    if isinstance(sources, str):
        return mask_url(sources)
    if isinstance(sources, list | tuple):
        return [_masked_sources(source) for source in sources]
    return mask_credentials(str(sources)) if sources is not None else None
