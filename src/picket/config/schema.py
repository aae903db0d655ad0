"""What the file may contain, asked of the models: for messages, the editor and the reference."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from picket.config.problems import KeyPath
from picket.config.root import Config
from picket.config.section import Section


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the user's file, for editors."""
    return Config.model_json_schema()


def section_at(path: KeyPath) -> type[Section] | None:
    """The model of what stands at a path, or None when it is no section."""
    annotation: Any = Config
    for part in path:
        annotation = _step(annotation, part)
    return _section_in(annotation)


def field_at(path: KeyPath) -> FieldInfo | None:
    """The setting at a path, or None when it is an item of a list or mapping, or unknown."""
    section = section_at(path[:-1])
    return section.model_fields.get(str(path[-1])) if section else None


def choices_at(path: KeyPath) -> tuple[str, ...]:
    """The words allowed at a path; () when any text or no text will do."""
    annotation: Any = Config
    for part in path:
        annotation = _step(annotation, part)
    return tuple(
        word
        for member in members(annotation)
        if get_origin(member) is Literal
        for word in get_args(member)
    )


def members(annotation: Any) -> tuple[Any, ...]:
    """The alternatives of a union, or the type alone."""
    arguments = get_args(annotation)
    is_plain = get_origin(annotation) in (dict, tuple, Literal) or not arguments
    return (annotation,) if is_plain else arguments


def _section_in(annotation: Any) -> type[Section] | None:
    for member in members(annotation):
        if isinstance(member, type) and issubclass(member, Section):
            return member
    return None


def _step(annotation: Any, part: str | int) -> Any:
    """The type one level down; None when there is none."""
    section = _section_in(annotation)
    if section is not None:
        found = section.model_fields.get(str(part))
        return found.annotation if found else None
    for member in members(annotation):
        origin, arguments = get_origin(member), get_args(member)
        if origin is dict:
            return arguments[1]
        if origin is tuple:
            return arguments[0]
    return None
