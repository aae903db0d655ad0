from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path

import pytest

from picket.config.notifications import ChannelConfig
from picket.domain.errors import Unavailable
from picket.domain.notice import Notice, PushSubscription, Subject
from picket.notify.attempts import Failed, Outcome, Refused, Taken
from picket.notify.carriers import carry
from picket.notify.push_messages import ServerKey
from tests.support.push_service import Browser, claims_of
from tests.support.receiver import Answer, Receiver, receiver
from tests.unit.notify.samples import Hands, OnePicture, channel, notice

TALKS_OF_IMGHDR = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")
"""Apprise imports it where Python still has it."""


class NoPicture(OnePicture):
    def picture(self, subject: Subject) -> bytes | None:
        raise Unavailable("the worker does not answer")


def deliver(hands: Hands, config: ChannelConfig, one: Notice) -> Outcome:
    async def once() -> Outcome:
        tools = hands.tools()
        try:
            return await carry(tools, config, one)
        finally:
            await tools.http.close()
            tools.threads.shutdown()

    return asyncio.run(once())


def push(contact: str = "mailto:me@example.org") -> ChannelConfig:
    return ChannelConfig(type="webpush", contact=contact)


def test_a_webhook_gets_its_picture_only_when_it_goes_along(tmp_path: Path) -> None:
    hands = Hands(tmp_path)
    with receiver() as there:
        for picture in ("none", "link", "inline"):
            deliver(hands, channel(there.url), notice(picture=picture))
    assert [one["picture"] for one in there.bodies[:2]] == [None, None]
    assert base64.b64decode(there.bodies[2]["picture"]) == hands.pictures.jpeg


@pytest.mark.parametrize("pictures", [NoPicture(), OnePicture(None)])
def test_a_picture_that_cannot_be_had_holds_up_nothing(
    tmp_path: Path, pictures: OnePicture
) -> None:
    with receiver() as there:
        hands = Hands(tmp_path, pictures=pictures)
        assert isinstance(deliver(hands, channel(there.url), notice(picture="inline")), Taken)
    assert there.bodies[0]["picture"] is None


def test_ntfy_is_told_in_its_own_way(tmp_path: Path) -> None:
    with receiver() as there:
        config = channel(f"{there.url}/topic", type="ntfy")
        deliver(Hands(tmp_path), config, notice(picture="inline"))
    (got,) = there.got
    assert (got.path, got.body) == ("/topic", Hands(tmp_path).pictures.jpeg)
    assert got.headers["title"] == "Person at front_door"


def subscribed(hands: Hands, there: Receiver) -> tuple[Browser, PushSubscription]:
    browser = Browser()
    subscription = browser.subscription(f"{there.url}/push/secret")
    hands.browsers.browsers.append(subscription)
    return browser, subscription


def test_a_browser_is_told_what_only_it_can_read(tmp_path: Path) -> None:
    hands = Hands(tmp_path)
    with receiver() as there:
        there.usual = Answer(201)
        browser, subscription = subscribed(hands, there)
        assert isinstance(deliver(hands, push(), notice(target=subscription.id)), Taken)
    (got,) = there.got
    assert json.loads(browser.open(got.body))["title"] == "Person at front_door"
    assert claims_of(got, ServerKey(tmp_path / "webpush.pem").public)["aud"] == there.url


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(tmp_path: Path, status: int) -> None:
    hands = Hands(tmp_path)
    with receiver() as there:
        there.usual = Answer(status)
        _, subscription = subscribed(hands, there)
        told = notice(target=subscription.id)
        assert isinstance(deliver(hands, push(), told), Refused)
        assert hands.browsers.browsers == []
        assert isinstance(deliver(hands, push(), told), Refused)
    assert len(there.got) == 1


def test_a_push_service_that_is_down_is_tried_again(tmp_path: Path) -> None:
    hands = Hands(tmp_path)
    with receiver() as there:
        there.usual = Answer(503)
        _, subscription = subscribed(hands, there)
        assert isinstance(deliver(hands, push(), notice(target=subscription.id)), Failed)
    assert hands.browsers.browsers == [subscription]


def test_an_index_that_cannot_be_read_is_a_failure_that_may_heal(tmp_path: Path) -> None:
    hands = Hands(tmp_path)
    hands.browsers.problem = "no such file"
    assert deliver(hands, push(), notice(target="x")) == Failed("no such file")


@TALKS_OF_IMGHDR
def test_apprise_carries_to_what_it_knows(tmp_path: Path) -> None:
    with receiver() as there:
        config = channel(there.url.replace("http", "json") + "/topic", type="apprise")
        assert isinstance(deliver(Hands(tmp_path), config, notice(picture="inline")), Taken)
    (body,) = there.bodies
    assert body["title"] == "Person at front_door"
    assert body["message"] == "12:00:00, 84%\nhttps://nvr.example/x"
    (attached,) = body["attachments"]
    assert base64.b64decode(attached["base64"]) == Hands(tmp_path).pictures.jpeg
    assert attached["filename"] == "snapshot.jpg"


@TALKS_OF_IMGHDR
def test_what_apprise_does_not_know_or_cannot_reach_is_a_failure(tmp_path: Path) -> None:
    for url in ("what://ever", "json://127.0.0.1:9/x"):
        outcome = deliver(Hands(tmp_path), channel(url, type="apprise"), notice())
        assert isinstance(outcome, Failed)
        assert "Apprise" in outcome.answer
