"""Who is told without asking: the test button, what became of the last ones, and browsers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from picket.api.app import create_app
from picket.api.running_config import RunningConfig
from picket.config.load import load_text
from picket.domain.errors import Unavailable
from picket.domain.status import CameraState, CameraStatus
from picket.ipc.messages import Change, ObjectChanged
from picket.runtime.serving.notify_door import NotifyDoor
from picket.store.push_subscriptions import list_subscriptions
from tests.contract.conftest import CONFIG, NOW, Door
from tests.support.http_client import HttpClient
from tests.support.push_service import Browser, claims_of
from tests.support.receiver import Answer, Receiver, receiver
from tests.support.servers import wait_for
from tests.support.yaml_text import yaml_text
from tests.unit.topics.samples import AFTER, BEFORE

SHOW = "GET /api/notifications"
TEST = "POST /api/notifications/test"
KEY = "GET /api/notifications/webpush/key"
SUBSCRIBE = "POST /api/notifications/webpush/subscriptions"
UNSUBSCRIBE = "DELETE /api/notifications/webpush/subscriptions"
BROWSERS = "/api/notifications/webpush/subscriptions"


@dataclass
class Telling:
    """A door whose notifications run."""

    client: HttpClient
    door: Door
    there: Receiver
    notices: NotifyDoor

    def show(self) -> dict[str, Any]:
        answer = self.client.get("/api/notifications")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def test(self, body: object = None) -> httpx.Response:
        return self.client.request("POST", "/api/notifications/test", json=body)

    def see(self, change: ObjectChanged) -> None:
        self.notices.hear(change)


def section(url: str, **rule: Any) -> dict[str, Any]:
    return {
        "base_url": "https://nvr.example",
        "channels": {
            "hook": {
                "type": "webhook",
                "url": f"{url}/hush-path?key=hush-query",
                "secret": "hush-secret",
                "headers": {"X-Key": "hush-header"},
            },
            "phone": {"type": "ntfy", "url": f"{url}/hush-topic", "token": "hush-token"},
            "browsers": {
                "type": "webpush", "contact": "mailto:me@example.org", "services": [url]
            },
        },
        "rules": {"someone": {"channels": ["hook"], "labels": ["person"], **rule}},
    }  # fmt: skip


@contextmanager
def telling_door(door: Door, there: Receiver, notifications: Any) -> Iterator[Telling]:
    config = load_text(yaml_text({**CONFIG, "notifications": notifications}), "config.yml", {})
    settings = RunningConfig(config, door.config_file, door.program)
    notices = NotifyDoor(settings, door.live, door.commands, door.paths, door.context.database)
    app = create_app(replace(door.context, settings=settings, notifications=notices))
    client, stop = HttpClient(app), threading.Event()
    thread = threading.Thread(target=notices.run, args=(stop,), daemon=True)
    thread.start()
    telling = Telling(client, door, there, notices)
    try:
        wait_for(lambda: _is_ready(telling), 10, "notifications")
        yield telling
    finally:
        stop.set()
        thread.join(10)
        client.close()
        app.state.services.readers.close()


def _is_ready(telling: Telling) -> bool:
    try:
        telling.notices.attempt("nobody").exception(10)
    except Unavailable:
        return False
    return True


@pytest.fixture
def telling(door: Door) -> Iterator[Telling]:
    with receiver() as there, telling_door(door, there, section(there.url)) as running:
        yield running


def refusal(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert body.keys() == {"success", "message"}
    assert body["success"] is False
    assert "hush" not in body["message"]
    return str(body["message"])


def subscribe(telling: Telling, browser: Browser, path: str = "/push/hush") -> httpx.Response:
    one = browser.subscription(f"{telling.there.url}{path}")
    keys = {"p256dh": one.p256dh, "auth": one.auth}
    body = {"endpoint": one.endpoint, "expirationTime": None, "keys": keys, "name": "My phone"}
    return telling.client.request("POST", BROWSERS, json=body)


@pytest.mark.endpoint(SHOW)
def test_an_event_is_told_and_shown_with_how_long_each_stage_took(telling: Telling) -> None:
    telling.see(ObjectChanged(Change.NEW, BEFORE, AFTER, AFTER.frame_time + 0.25))
    wait_for(lambda: telling.show()["deliveries"], 10, "delivery")
    shown = telling.show()
    (one,) = shown["deliveries"]
    assert one["fate"] == "delivered"
    assert (one["rule"], one["channel"], one["event_id"]) == ("someone", "hook", AFTER.id)
    assert (one["attempts"], one["answer"]) == (1, "HTTP 200")
    assert one["stages"]["believed"] == 0.25
    stages = {"believed", "heard", "judged", "sent", "acknowledged", "believed_to_acknowledged"}
    assert set(one["stages"]) == set(shown["latency"]) == stages
    assert shown["latency"]["believed"] == {"median": 0.25, "most": 0.25, "count": 1}
    assert shown["fates"] == {"delivered": 1}
    (body,) = telling.there.bodies
    assert body["key"] == one["key"]
    assert body["picture_link"] == f"https://nvr.example/api/events/{AFTER.id}/snapshot.jpg"


@pytest.mark.endpoint(SHOW)
def test_channels_are_shown_without_secrets_and_with_their_trouble(telling: Telling) -> None:
    telling.there.usual = Answer(401, "hush-header is no key")
    telling.see(ObjectChanged(Change.NEW, BEFORE, AFTER))
    wait_for(lambda: telling.show()["channels"][0]["problem"], 10, "problem")
    shown = telling.show()
    assert "hush" not in json.dumps(shown)
    assert shown["channels"][0] == {
        "name": "hook",
        "type": "webhook",
        "receiver": telling.there.url,
        "waiting": 1,
        "failures": shown["channels"][0]["failures"],
        "problem": "HTTP 401: * is no key",
    }
    assert [one["name"] for one in shown["channels"]] == ["hook", "phone", "browsers"]
    assert shown["rules"]["someone"]["labels"] == ["person"]
    assert "hush" not in telling.client.get("/api/config").text


@pytest.mark.endpoint(SHOW)
def test_without_notifications_there_is_nothing_to_show(door: Door) -> None:
    answer = door.client.get("/api/notifications")
    assert answer.status_code == 200
    assert answer.json() == {
        "base_url": "",
        "channels": [],
        "rules": {},
        "subscriptions": 0,
        "fates": {},
        "latency": {},
        "deliveries": [],
    }


@pytest.mark.endpoint(TEST, "body.channel")
def test_the_test_button_says_what_the_receiver_said(telling: Telling) -> None:
    telling.there.usual = Answer(202, "thank you for hush-token")
    answer = telling.test({"channel": "phone"})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert (body["success"], body["message"]) == (True, "The test arrived: phone")
    assert [(one["channel"], one["answer"]) for one in body["channels"]] == [
        ("phone", "HTTP 202: thank you for *")
    ]
    (got,) = telling.there.got
    assert got.headers["title"] == "Test"
    assert got.headers["authorization"] == "Bearer hush-token"


@pytest.mark.endpoint(TEST, "body.channel")
def test_a_receiver_that_refuses_is_told_with_its_words(telling: Telling) -> None:
    telling.there.usual = Answer(403, "this topic is not for you")
    said = refusal(telling.test({"channel": "phone"}), 503)
    assert "phone: HTTP 403: this topic is not for you" in said


@pytest.mark.endpoint(TEST, "body.channel")
def test_what_cannot_be_tested_says_why(telling: Telling, door: Door) -> None:
    assert "no channel fax" in refusal(telling.test({"channel": "fax"}), 404)
    assert "no browser is subscribed" in refusal(telling.test({"channel": "browsers"}), 400)
    nothing = door.client.request("POST", "/api/notifications/test")
    assert "no channel to test" in refusal(nothing, 400)


@pytest.mark.endpoint(TEST)
def test_without_a_name_every_channel_is_tested(telling: Telling) -> None:
    assert subscribe(telling, Browser()).status_code == 200
    answer = telling.test()
    assert [one["channel"] for one in answer.json()["channels"]] == ["hook", "phone", "browsers"]
    assert len(telling.there.got) == 3


@pytest.mark.endpoint(KEY)
@pytest.mark.endpoint(SUBSCRIBE, "body.endpoint", "body.keys", "body.name")
@pytest.mark.endpoint(TEST, "body.channel")
def test_a_browser_that_subscribed_reads_what_it_is_sent(telling: Telling, door: Door) -> None:
    key = telling.client.get("/api/notifications/webpush/key").json()["key"]
    browser = Browser()
    answer = subscribe(telling, browser)
    assert answer.status_code == 200, answer.text
    (kept,) = list_subscriptions(door.db)
    assert (kept.name, kept.created_time) == ("My phone", NOW)
    assert telling.show()["subscriptions"] == 1
    assert telling.test({"channel": "browsers"}).status_code == 200
    (got,) = telling.there.got
    assert json.loads(browser.open(got.body))["title"] == "Test"
    assert claims_of(got, key)["aud"] == telling.there.url
    file = door.paths.notifications / "webpush.pem"
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.endpoint(SUBSCRIBE, "body.endpoint", "body.keys")
def test_only_push_services_are_told_because_a_page_says_so(telling: Telling, door: Door) -> None:
    browser = Browser()
    for endpoint in ("http://192.168.1.1/admin", "file:///etc/passwd", "https://evil.example/x"):
        one = browser.subscription(endpoint)
        body = {"endpoint": endpoint, "keys": {"p256dh": one.p256dh, "auth": one.auth}}
        said = refusal(telling.client.request("POST", BROWSERS, json=body), 400)
        assert "no push service" in said
    body["endpoint"] = f"{telling.there.url}/x"
    body["keys"] = {"p256dh": "short", "auth": "short"}
    assert "65 bytes" in refusal(telling.client.request("POST", BROWSERS, json=body), 400)
    assert list_subscriptions(door.db) == ()


@pytest.mark.endpoint(UNSUBSCRIBE, "body.endpoint")
def test_a_browser_may_leave_once(telling: Telling, door: Door) -> None:
    subscribe(telling, Browser())
    gone = {"endpoint": f"{telling.there.url}/push/hush"}
    assert telling.client.request("DELETE", BROWSERS, json=gone).status_code == 200
    assert list_subscriptions(door.db) == ()
    again = telling.client.request("DELETE", BROWSERS, json=gone)
    assert "not subscribed" in refusal(again, 404)


@pytest.mark.endpoint(KEY)
@pytest.mark.endpoint(SUBSCRIBE)
def test_without_a_channel_for_it_no_browser_can_subscribe(door: Door) -> None:
    answer = door.client.get("/api/notifications/webpush/key")
    assert "add one of type webpush" in refusal(answer, 404)
    one = Browser().subscription("https://web.push.apple.com/x")
    body = {"endpoint": one.endpoint, "keys": {"p256dh": one.p256dh, "auth": one.auth}}
    answer = door.client.request("POST", BROWSERS, json=body)
    assert "add one of type webpush" in refusal(answer, 404)
    assert not (door.paths.notifications / "webpush.pem").exists()


@pytest.mark.endpoint(SUBSCRIBE)
@pytest.mark.endpoint(UNSUBSCRIBE)
def test_a_silent_keeper_is_told(telling: Telling) -> None:
    telling.door.commands.is_silent = True
    assert "try again" in refusal(subscribe(telling, Browser()), 503)
    answer = telling.client.request("DELETE", BROWSERS, json={"endpoint": "https://x/"})
    assert "try again" in refusal(answer, 503)


@pytest.mark.endpoint(TEST)
def test_before_notifications_run_a_test_is_put_off(door: Door) -> None:
    config = load_text(
        yaml_text({**CONFIG, "notifications": section("http://h.example")}), "config.yml", {}
    )
    settings = RunningConfig(config, door.config_file, door.program)
    notices = NotifyDoor(settings, door.live, door.commands, door.paths, door.context.database)
    app = create_app(replace(door.context, settings=settings, notifications=notices))
    client = HttpClient(app)
    answer = client.request("POST", "/api/notifications/test")
    client.close()
    app.state.services.readers.close()
    assert "not running" in refusal(answer, 503)


@pytest.mark.endpoint(SHOW)
def test_a_picture_goes_along_from_the_running_camera_or_the_disk(door: Door) -> None:
    with receiver() as there:
        wanted = section(there.url, picture="inline", when=["begin", "end"])
        with telling_door(door, there, wanted) as telling:
            door.live.snapshots[(AFTER.camera, AFTER.id)] = b"of the camera"
            telling.see(ObjectChanged(Change.NEW, BEFORE, AFTER))
            wait_for(lambda: there.got, 10, "picture")
            door.live.snapshots.clear()
            (door.paths.clips / f"{AFTER.camera}-{AFTER.id}.jpg").write_bytes(b"of the disk")
            telling.see(ObjectChanged(Change.END, AFTER, replace(AFTER, end_time=NOW)))
            wait_for(lambda: len(telling.show()["deliveries"]) == 2, 10, "second picture")
    assert [one["picture"] for one in there.bodies] == ["b2YgdGhlIGNhbWVyYQ==", "b2YgdGhlIGRpc2s="]


@pytest.mark.endpoint(SHOW)
def test_a_camera_that_stays_away_is_told(door: Door) -> None:
    door.live.statuses["front"] = CameraStatus("front", CameraState.OFFLINE, 5.0, "no route")
    with receiver() as there:
        wanted = section(there.url, labels=[], when=["camera_offline"])
        with telling_door(door, there, wanted) as telling:
            wait_for(lambda: telling.show()["deliveries"], 10, "trouble")
    assert [one["title"] for one in there.bodies] == ["Camera front is offline"]
