"""The reference page of the configuration file, written from the models. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from picket.config.root import Config
from picket.config.schema import members
from picket.config.section import Section

INTRODUCTION = """# Configuration file

Written by `scripts/generate_config_reference.py` from the models in `src/picket/config`.

The file is YAML, Frigate 0.13's keys with few additions. Unknown keys are errors, except in
zones, in a camera's `birdseye`, in `detectors.<name>` and in `go2rtc`. An empty section
(`motion:` and nothing below) means its defaults.

**Global sections.** What is written at the top in `audio`, `birdseye`, `record`, `snapshots`,
`rtmp`, `live`, `objects`, `motion`, `detect`, `ffmpeg` and `timestamp_style` holds for every
camera. A camera's own keys win one by one; lists are replaced, not joined.

**Secrets.** `{FRIGATE_NAME}` stands for the environment variable of that name, or for the content
of the file `/run/secrets/FRIGATE_NAME`, in `database.url`, `mqtt.user`, `mqtt.password`, the
path of inputs, `onvif.user`, `onvif.password`, `go2rtc.streams`, `go2rtc.rtsp` and the `url`,
`headers`, `secret` and `token` of channels in `notifications`. Double a brace that means itself.

**Polygons.** `x1,y1,x2,y2,...` in pixels of the detect stream, or as shares of the picture from 0
to 1 with a decimal point. A mask is one polygon or a list of them.

**ffmpeg arguments.** A preset's name, one line split as a shell would, or a list. Arguments that
libav has no equivalent for make an ffmpeg child read the stream.

**Not in Frigate 0.13.** `mqtt` may be missing. Without `detectors`, `hog: {type: hog}` serves.
`database.url` and `database.backup`. `notifications`. Shares in polygons. More values of
`model.model_type` and `detectors.<name>.type`. An input's path may be a video file, which is played
in real time, over and over.
"""

KINDS = {bool: "true or false", int: "whole number", float: "number", str: "text", Any: "anything"}
COMPARISONS = {Ge: ("ge", "≥"), Gt: ("gt", ">"), Le: ("le", "≤"), Lt: ("lt", "<")}


def render_reference() -> str:
    """The whole page, Markdown."""
    return "\n".join([INTRODUCTION, *_sections(Config, "", set())])


def _sections(section: type[Section], path: str, seen: set[type[Section]]) -> Iterator[str]:
    """The table of a section, then those below it that were not shown yet."""
    seen.add(section)
    yield f"## {f'`{path}`' if path else 'Top level'}\n"
    yield f"{(section.__doc__ or '').splitlines()[0]}\n"
    yield "| key | value | default | unit or range | meaning |\n|---|---|---|---|---|"
    for key, setting in section.model_fields.items():
        yield _row(key, setting)
    yield ""
    for key, setting in section.model_fields.items():
        below, suffix = _section_of(setting.annotation)
        if below and below not in seen:
            yield from _sections(below, f"{path}.{key}{suffix}".lstrip("."), seen)


def _row(key: str, setting: FieldInfo) -> str:
    extra = setting.json_schema_extra
    unit = str(extra["unit"]) if isinstance(extra, dict) else ""
    limits = [
        f"{sign} {getattr(limit, name):g}"
        for limit in setting.metadata
        for kind, (name, sign) in COMPARISONS.items()
        if isinstance(limit, kind)
    ]
    limited = "; ".join(part for part in (unit, ", ".join(limits)) if part)
    cells = (f"`{key}`", _kind(setting.annotation), _default(setting), limited, setting.description)
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"


def _default(setting: FieldInfo) -> str:
    default = setting.default
    if default is PydanticUndefined:
        return "required"
    if isinstance(default, Section) or default == {}:
        return ""
    if isinstance(default, dict):
        default = {key: value.model_dump(exclude_unset=True) for key, value in default.items()}
    return f"`{json.dumps(default, ensure_ascii=False)}`"


def _kind(annotation: Any) -> str:
    """A type in the user's words."""
    return " or ".join(dict.fromkeys(_one_kind(member) for member in members(annotation)))


def _one_kind(member: Any) -> str:
    origin, arguments = get_origin(member), get_args(member)
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in arguments)
    if origin is dict:
        return f"mapping of {_kind(arguments[1])}"
    if origin is tuple:
        return f"list of {_kind(arguments[0])}"
    if isinstance(member, type) and issubclass(member, Section):
        return "section"
    return KINDS.get(member, "null")


def _section_of(annotation: Any) -> tuple[type[Section] | None, str]:
    """The section in an annotation, and `.<name>` or `[]` when it is inside a mapping or list."""
    for member in members(annotation):
        origin, arguments = get_origin(member), get_args(member)
        if origin in (dict, tuple):
            below, rest = _section_of(arguments[1] if origin is dict else arguments[0])
            return below, (".<name>" if origin is dict else "[]") + rest
        if isinstance(member, type) and issubclass(member, Section):
            return member, ""
    return None, ""
