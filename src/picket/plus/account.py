"""Who we are for the labelling service, and where it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from picket.config.env import secrets_folder
from picket.config.masking import mask_url

KEY_VARIABLE = "PLUS_API_KEY"
HOST_VARIABLE = "PLUS_API_HOST"
DEFAULT_HOST = "https://api.frigate.video"
NO_KEY = f"{KEY_VARIABLE} environment variable is not set"

_KEY = re.compile(r"([a-z0-9]{8}(?:-[a-z0-9]{4}){3}-[a-z0-9]{12}):([a-z0-9]{40})")


@dataclass(frozen=True, slots=True)
class Key:
    """What the service knows us by; never shown."""

    name: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Account:
    """How to reach the service, or why that is not possible."""

    key: Key | None = None  # None: nothing can be submitted
    host: str = DEFAULT_HOST  # URL that `/v1/...` is appended to
    problem: str = NO_KEY  # why there is no key; "" when there is one

    @property
    def is_mistaken(self) -> bool:
        """Whether something was set that cannot be used."""
        return self.key is None and self.problem != NO_KEY


NO_ACCOUNT = Account()


def find_account(env: Mapping[str, str], secrets: Path | None = None) -> Account:
    """PLUS_API_KEY of the environment, else the file of that name; PLUS_API_HOST if it is set."""
    secrets = secrets or secrets_folder(env)
    text = env.get(KEY_VARIABLE, "").strip()
    try:
        text = text or _read(secrets / KEY_VARIABLE)
    except (OSError, UnicodeDecodeError):
        file = secrets / KEY_VARIABLE
        return Account(problem=f"{KEY_VARIABLE} cannot be read: let this user read {file}")
    host = env.get(HOST_VARIABLE, "").strip().rstrip("/") or DEFAULT_HOST
    if not text:
        return Account(host=host)
    key = read_key(text)
    if key is None:
        problem = (
            f"{KEY_VARIABLE} is not a key of the labelling service: copy it again, it has 36"
            " characters of a-z, 0-9 and `-`, then `:`, then 40 of a-z and 0-9"
        )
        return Account(host=host, problem=problem)
    if not _is_address(host):
        problem = f"{HOST_VARIABLE} must look like {DEFAULT_HOST}, got {mask_url(host)}"
        return Account(problem=problem)
    return Account(key, host, problem="")


def read_key(text: str) -> Key | None:
    """A key in the form 8-4-4-4-12:40; None for every other text."""
    found = _KEY.fullmatch(text)
    return Key(found[1], found[2]) if found else None


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8").strip() if file.is_file() else ""


def _is_address(host: str) -> bool:
    try:
        parts = urlsplit(host)
    except ValueError:
        return False
    is_plain = not parts.query and parts.username is None  # the key is how we sign in
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_plain
