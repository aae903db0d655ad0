"""What nobody may read of a notification channel, and texts without it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from picket.config.notifications import ChannelConfig

MASK = "*"  # as elsewhere (picket.config.masking)

SHORTEST = 4
"""Pieces of an address that are shorter are words such as `v1`, and no secrets."""


def secrets_of(config: ChannelConfig) -> tuple[str, ...]:
    """Everything secret in a channel: of many services the address itself is the password."""
    found = {*_pieces(config.url), *config.headers.values(), config.secret, config.token}
    return tuple(sorted((one for one in found if one and len(one) >= SHORTEST), key=len))[::-1]


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """A text, such as a receiver's answer that repeats what it was sent, with stars in it."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    return text


def receiver_of(config: ChannelConfig) -> str:
    """Where a channel leads, as it may be shown: the host of a web address, the kind of others."""
    scheme, _, rest = config.url.partition("://")
    if not rest or not scheme.lower().startswith("http"):
        return f"{scheme}://{MASK}" if rest else config.type
    host = rest.split("/")[0].split("?")[0].rpartition("@")[2]
    return f"{scheme}://{host}"


def _pieces(url: str) -> Iterator[str]:
    """What stands between the marks of an address, the host of a web address aside."""
    scheme, _, rest = url.partition("://")
    if scheme.lower() in ("http", "https"):
        host = rest.split("/")[0].split("?")[0]
        yield from re.split("[:]", host.rpartition("@")[0])
        rest = rest[len(host) :]
    for piece in re.split(r"[/?&=@:#]", rest):
        yield from {piece, unquote(piece)}
