from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from picket.config.checks import find_warnings
from picket.config.load import load_text
from picket.config.notifications import BODY_FIELDS, TEXT_FIELDS, require_fields
from tests.support.yaml_text import yaml_text
from tests.unit.config.samples import CAMERA, config, mistakes

HOOK = {"type": "webhook", "url": "https://hooks.example/x"}


def told(**rule: Any) -> dict[str, Any]:
    """One channel and one rule."""
    return {"channels": {"hook": HOOK}, "rules": {"r": {"channels": ["hook"], **rule}}}


def test_without_a_section_nobody_is_told() -> None:
    assert config().notifications.rules == {}


def test_the_defaults_are_those_of_a_burglar_alarm() -> None:
    rule = config(notifications=told()).notifications.rules["r"]
    assert (rule.when, rule.cooldown, rule.expire) == (("begin",), 0, 86_400)


@pytest.mark.parametrize(
    ("channel", "word"),
    [
        ({"type": "webhook"}, "needs `url`"),
        ({"type": "ntfy"}, "needs `url`"),
        ({"type": "apprise"}, "needs `url`"),
        ({"type": "webpush"}, "needs `contact`"),
        ({"type": "webpush", "contact": "me@example.org"}, "mailto:"),
        ({"type": "webpush", "contact": "mailto:nobody"}, "mailto:"),
        ({"type": "webhook", "url": "ftp://h/x"}, "http"),
        ({"type": "ntfy", "url": "ntfy.sh/x"}, "http"),
        ({**HOOK, "body": {"a": ["{password}"]}}, "is no field"),
        ({**HOOK, "body": {"a": "{"}}, "brace stands alone"),
    ],
)
def test_a_channel_without_what_it_needs_is_a_mistake(channel: dict[str, Any], word: str) -> None:
    (message,) = mistakes(notifications={"channels": {"c": channel}}).values()
    assert word in message


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ({"channels": ["phone"]}, "phone is not there (there is hook)"),
        ({"cameras": ["frnt"]}, "frnt is not there (there is front)"),
        ({"zones": ["porch"]}, "porch is not there (there is none)"),
        ({"hours": ["22-6"]}, "22:00-06:30"),
        ({"hours": ["24:00-25:00"]}, "22:00-06:30"),
        ({"title": "{picture}"}, "is no field"),
        ({"message": "a } b"}, "brace stands alone"),
        ({"when": ["sometimes"]}, "begin"),
        ({"channels": []}, "nobody is told"),
        ({"when": []}, "nobody is told"),
    ],
)
def test_a_rule_that_cannot_be_meant_so_is_a_mistake(rule: dict[str, Any], word: str) -> None:
    found = mistakes(notifications=told(**rule))
    assert len(found) == 1
    assert word in " ".join([*found, *found.values()])


@pytest.mark.parametrize("name", ["a/b", "../x", "", "ä"])
def test_names_can_stand_in_a_path(name: str) -> None:
    assert mistakes(notifications={"channels": {name: HOOK}})


def test_a_time_zone_must_exist() -> None:
    assert "Europe/Paris" in str(mistakes(notifications={"timezone": "Europe/Berne"}))
    assert not mistakes(notifications={"timezone": "Europe/Zurich"})


def test_a_link_that_leads_nowhere_is_doubted() -> None:
    meant = config(notifications=told(picture="link"))
    assert "base_url" in str(list(find_warnings(meant)))
    reachable = {**told(picture="link"), "base_url": "https://nvr.example"}
    for fine in (told(), told(picture="inline"), reachable):
        assert "base_url" not in str(list(find_warnings(config(notifications=fine))))


def test_secrets_come_from_the_environment() -> None:
    channel = {
        "type": "webhook",
        "url": "https://h/{FRIGATE_PATH}",
        "secret": "{FRIGATE_KEY}",
        "token": "{FRIGATE_KEY}",
        "headers": {"X-Key": "k {FRIGATE_KEY}"},
        "body": {"text": "{title}"},
    }
    text = yaml_text({"cameras": {"front": CAMERA}, "notifications": {"channels": {"c": channel}}})
    found = load_text(text, "c.yml", {"FRIGATE_PATH": "p", "FRIGATE_KEY": "hush"})
    read = found.notifications.channels["c"]
    assert (read.url, read.secret, read.token) == ("https://h/p", "hush", "hush")
    assert read.headers == {"X-Key": "k hush"}
    assert "hush" not in repr(read)


words = st.text(alphabet="{}ab", max_size=12)


@given(text=words)
def test_a_text_is_taken_only_if_every_brace_has_its_sense(text: str) -> None:
    plain = text.replace("{{", "").replace("}}", "")
    try:
        require_fields(text, ("a", "ab"))
    except ValueError:
        assert "{" in text or "}" in text
    else:
        for name in ("{a}", "{ab}"):
            plain = plain.replace(name, "")
        assert "{" not in plain.replace("}", "{") or "{{" in text or "}}" in text


def test_bodies_may_use_more_than_texts() -> None:
    assert set(TEXT_FIELDS) < set(BODY_FIELDS)
