"""pydantic's findings in the user's words: what is expected, what was found, how to mend it."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticUndefined

from picket.config.masking import is_secret, mask_credentials
from picket.config.problems import Finding, KeyPath
from picket.config.schema import choices_at, field_at, section_at

KINDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "string": "text",
    "dict": "a mapping of `key: value` lines",
    "model": "a mapping of `key: value` lines",
    "tuple": "a list",
    "list": "a list",
}
"""First part of pydantic's error types, such as `int_parsing`."""

LIMITS = {
    "greater_than": ("gt", "above"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "below"),
    "less_than_equal": ("le", "at most"),
}

LATER = frozenset(
    [
        *("version", "auth", "proxy", "tls", "review", "camera_groups", "notifications"),
        *("semantic_search", "face_recognition", "lpr", "genai", "classification", "networking"),
        *("safe_mode", "friendly_name", "type", "profiles", "alerts", "detections"),
    ]
)
"""Keys that Frigate has since 0.14."""

LONGEST_VALUE = 40


def findings_of(error: ValidationError, data: Any) -> list[Finding]:
    """One finding per place; the alternatives of a union are joined.

    Args:
        error: what validating `data` raised.
        data: the file's content as it was validated.
    """
    by_path: dict[KeyPath, list[ErrorDetails]] = {}
    for details in error.errors():
        by_path.setdefault(_place(details, data), []).append(details)
    return [Finding(path, _message(path, group)) for path, group in by_path.items()]


def nearest(word: str, known: Iterable[str]) -> str:
    """The hint at the key or word that was probably meant, or "" when nothing is alike."""
    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" (did you mean `{match[0]}`?)" if match else ""


def _place(details: ErrorDetails, data: Any) -> KeyPath:
    """The part of pydantic's location that exists in the file: it also names union members."""
    path: list[str | int] = []
    for part in details["loc"]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            if details["type"] == "missing":
                path.append(part)
            break
        path.append(part)
    return tuple(path)


def _message(path: KeyPath, group: Sequence[ErrorDetails]) -> str:
    first = group[0]
    kind = first["type"]
    if kind == "extra_forbidden":
        return _unknown(path)
    if kind == "missing":
        return f"is required, but missing: add it{_example(path)}"
    if kind == "literal_error":
        choices = choices_at(path)
        return f"must be one of {', '.join(choices)}{_found(path, first)}" + nearest(
            str(first["input"]), choices
        )
    if kind in LIMITS:
        context, words = LIMITS[kind]
        return f"must be {words} {first['ctx'][context]}{_found(path, first)}"
    return _wrong_type(path, group)


def _wrong_type(path: KeyPath, group: Sequence[ErrorDetails]) -> str:
    first = group[0]
    if first["type"] == "value_error":
        return str(first["ctx"]["error"])
    kinds = [KINDS[kind] for each in group if (kind := each["type"].split("_")[0]) in KINDS]
    if not kinds:
        return f"{first['msg']}{_found(path, first)}"
    return f"must be {' or '.join(dict.fromkeys(kinds))}{_found(path, first)}{_example(path)}"


def _unknown(path: KeyPath) -> str:
    key = str(path[-1])
    section = section_at(path[:-1])
    known = sorted(section.model_fields) if section else []
    hint = nearest(key, known)
    if hint:
        return f"unknown key{hint}"
    if key in LATER:
        return "unknown key, it belongs to Frigate 0.14 or later: remove it"
    return f"unknown key: remove it, or use one of {', '.join(known)}"


def _found(path: KeyPath, details: ErrorDetails) -> str:
    """The value that was found, or "" when the value is secret or long."""
    value = details["input"]
    if isinstance(value, dict | list | tuple):
        return ", got a mapping" if isinstance(value, dict) else ", got a list"
    if any(is_secret(str(part)) for part in path) or path[-1] == "path":
        return ""
    text = mask_credentials(json.dumps(value, default=str))
    return f", got {text}" if len(text) <= LONGEST_VALUE else ""


def _example(path: KeyPath) -> str:
    """A line that would do, from the setting's default."""
    setting = field_at(path)
    if setting is None:
        return ""
    examples = {
        "path": "rtsp://camera/stream",
        "roles": ["detect"],
        "coordinates": "0,0,640,0,0,480",
    }
    key, default = str(path[-1]), setting.default
    if default is PydanticUndefined:
        default = examples.get(key)
    if default is None or default == "" or is_secret(key):
        return ""
    if isinstance(default, str | int | float | list | tuple) and default != ():
        text = default if isinstance(default, str) else json.dumps(default)
        return f", such as `{key}: {text}`"
    return ""
