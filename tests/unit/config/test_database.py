from __future__ import annotations

import pytest

from picket.config.database import DatabaseUrl
from picket.config.load import load_text
from picket.config.problems import ConfigProblems
from tests.support.yaml_text import yaml_text

CAMERAS = {
    "front": {"ffmpeg": {"inputs": [{"path": "rtsp://front/1", "roles": ["detect", "record"]}]}}
}


def load_url(url: str, env: dict[str, str] | None = None) -> str | None:
    text = yaml_text({"mqtt": {"enabled": False}, "database": {"url": url}, "cameras": CAMERAS})
    return load_text(text, "config.yml", env or {}).database.url


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nvr:hush@db.example:5432/picket",
        "postgres://db/picket",
        "postgresql://nvr:hu%40sh@[::1]/picket?sslmode=require",
        "postgresql:///picket?host=/run/postgresql",
        "postgresql://a:1,b:2/picket",
    ],
)
def test_an_address_of_postgresql_is_taken_as_it_is(url: str) -> None:
    assert load_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "mysql://nvr:hush@db/picket",
        "postgresql://nvr:hu@sh@db/picket",
        "postgresql://nvr:hu/sh@db/picket",
        "postgresql://nvr:hush#@db/picket",
        "/config/hush.db",
    ],
)
def test_another_address_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(ConfigProblems, match="percent-encoded") as caught:
        load_url(url)
    assert "sh@" not in str(caught.value)
    assert "hush" not in str(caught.value)


def test_its_password_may_come_from_the_environment() -> None:
    url = load_url("postgresql://nvr:{FRIGATE_DB}@db/picket", {"FRIGATE_DB": "hush"})
    assert url == "postgresql://nvr:hush@db/picket"


def test_it_is_not_shown_by_accident() -> None:
    assert "hush" not in repr(DatabaseUrl("postgresql://nvr:hush@db/picket"))
