from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.config.channel_secrets import receiver_of, secrets_of, without_secrets
from picket.config.notifications import ChannelConfig


def channel(url: str, **more: Any) -> ChannelConfig:
    return ChannelConfig(type=more.pop("type", "webhook"), url=url, **more)


@pytest.mark.parametrize(
    ("url", "kind", "shown"),
    [
        ("https://user:hush@hooks.example:8443/services/hush?key=hush", "webhook", None),
        ("https://hooks.example:8443?hush", "ntfy", None),
        ("tgram://123:hush/chat", "apprise", "tgram://*"),
        ("https://hooks.example:8443/hush", "apprise", None),
    ],
)
def test_of_an_address_only_the_host_is_shown(url: str, kind: str, shown: str | None) -> None:
    assert receiver_of(channel(url, type=kind)) == (shown or "https://hooks.example:8443")


def test_a_channel_without_address_shows_its_type() -> None:
    assert receiver_of(ChannelConfig(type="webpush", contact="mailto:me@example.org")) == "webpush"


names = st.text(string.ascii_letters + string.digits, min_size=4, max_size=12)


@given(user=names, password=names, path=names, query=names, header=names, key=names)
def test_no_answer_repeats_any_secret(
    user: str, password: str, path: str, query: str, header: str, key: str
) -> None:
    config = channel(
        f"https://{user}:{password}@h.example/{path}?q={query}",
        headers={"X": header},
        secret=key,
        token=key,
    )
    secrets = (user, password, path, query, header, key)
    masked = without_secrets(" | ".join(secrets), secrets_of(config))
    assert set(masked) <= {"*", " ", "|"}


def test_the_host_is_no_secret() -> None:
    assert secrets_of(channel("https://hooks.example/")) == ()
    assert "hush" in secrets_of(channel("tgram://hush/chat", type="apprise"))
