"""`{FRIGATE_NAME}` in a few values is replaced by environment variables and secret files."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from picket.config.problems import Finding, KeyPath

PREFIX = "FRIGATE_"
SECRETS = Path("/run/secrets")
CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY"
"""How systemd names the folder of what `LoadCredential=` gave a service."""

PLACES: tuple[tuple[str, ...], ...] = (
    ("database", "url"),
    ("mqtt", "user"),
    ("mqtt", "password"),
    ("notifications", "channels", "*", "url"),
    ("notifications", "channels", "*", "secret"),
    ("notifications", "channels", "*", "token"),
    ("notifications", "channels", "*", "headers", "*"),
    ("cameras", "*", "ffmpeg", "inputs", "*", "path"),
    ("cameras", "*", "onvif", "user"),
    ("cameras", "*", "onvif", "password"),
    ("go2rtc", "streams", "*"),
    ("go2rtc", "streams", "*", "*"),
    ("go2rtc", "rtsp", "username"),
    ("go2rtc", "rtsp", "password"),
)
"""The values in which names are replaced; `*` stands for any key or index."""


def secrets_folder(env: Mapping[str, str]) -> Path:
    """Where secrets lie as files: what a service manager gave, else /run/secrets."""
    return Path(env.get(CREDENTIALS_VARIABLE) or SECRETS)


def read_secrets(folder: Path) -> dict[str, str]:
    """The files FRIGATE_* of a folder by name, without the line end; {} without such a folder."""
    if not folder.is_dir():
        return {}
    return {
        file.name: file.read_text().rstrip("\r\n")
        for file in sorted(folder.iterdir())
        if file.name.startswith(PREFIX) and file.is_file()
    }


def substitute(data: Any, env: Mapping[str, str]) -> tuple[Any, list[Finding]]:
    """A copy of the file's content with the names replaced, and what could not be.

    Args:
        data: dicts, lists and scalars as read.
        env: the values; only names that begin with FRIGATE_ are used.
    """
    known = {name: value for name, value in env.items() if name.startswith(PREFIX)}
    findings: list[Finding] = []

    def walk(value: Any, path: KeyPath) -> Any:
        if isinstance(value, Mapping):
            return {key: walk(child, (*path, key)) for key, child in value.items()}
        if isinstance(value, list | tuple):
            return [walk(child, (*path, n)) for n, child in enumerate(value)]
        if not isinstance(value, str) or not _is_place(path):
            return value
        try:
            return fill(value, known)
        except ValueError as error:
            findings.append(Finding(path, str(error)))
            return value

    return walk(data, ()), findings


def fill(text: str, known: Mapping[str, str]) -> str:
    """Replace `{NAME}`; `{{` and `}}` become single braces.

    Raises: ValueError when a name is not set or a brace stands alone; the message has no value.
    """
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        raise ValueError("a brace stands alone: double it to mean the character itself") from None
    for _, name, form, conversion in parts:
        if name is None or (name in known and not form and not conversion):
            continue
        raise ValueError(
            f"{{{name}}} is not set: set the environment variable, or the file /run/secrets/{name},"
            f" whose name must begin with {PREFIX}; double a brace that means itself"
        )
    return "".join(literal + (known[name] if name else "") for literal, name, _, _ in parts)


def _is_place(path: KeyPath) -> bool:
    return any(
        len(path) == len(place)
        and all(want in ("*", part) for want, part in zip(place, path, strict=True))
        for place in PLACES
    )
