from __future__ import annotations

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from picket.domain.errors import ConfigError, InvalidRequest
from picket.domain.notice import PushSubscription
from picket.notify.post import Parcel
from picket.notify.push_messages import (
    ServerKey,
    push_content,
    push_parcel,
    require_service,
    require_subscription,
)
from tests.support.push_service import CURVE, Browser, claims_of, to_bytes, to_text
from tests.support.receiver import Got
from tests.unit.notify.samples import NOON, notice

ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc:def"


def as_got(parcel: Parcel) -> Got:
    headers = {name.lower(): value for name, value in parcel.headers.items()}
    return Got("/", headers, parcel.body, NOON)


def test_the_example_of_the_standard_can_be_opened_by_the_test_s_browser() -> None:
    """RFC 8291, appendix A."""
    private = int.from_bytes(to_bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big")
    browser = Browser(ec.derive_private_key(private, CURVE), to_bytes("BTBZMqHH6r4Tts7J_aSIgg"))
    body = to_bytes(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qul"
        "cy4a-fN"
    )
    assert browser.open(body) == b"When I grow up, I want to be a watermelon"


def test_only_the_browser_itself_can_open_what_it_is_sent(tmp_path: Path) -> None:
    browser, key = Browser(), ServerKey(tmp_path / "key.pem")
    parcel = push_parcel(
        browser.subscription(ENDPOINT), notice(), key, "mailto:me@example.org", NOON
    )
    assert json.loads(browser.open(parcel.body)) == push_content(notice())
    assert b"Person" not in parcel.body
    assert parcel.url == ENDPOINT
    assert parcel.headers["TTL"] == "3600"
    assert parcel.headers["Topic"] == notice().key
    assert len(parcel.headers["Topic"]) <= 32  # RFC 8030, section 5.4
    assert claims_of(as_got(parcel), key.public) == {
        "aud": "https://fcm.googleapis.com",
        "exp": int(NOON) + 12 * 3600,
        "sub": "mailto:me@example.org",
    }


def test_a_message_always_fits_into_what_services_take(tmp_path: Path) -> None:
    long = notice(title="ä" * 5000, message="\u6f22" * 5000)
    browser, key = Browser(), ServerKey(tmp_path / "key.pem")
    parcel = push_parcel(browser.subscription(ENDPOINT), long, key, "mailto:a@b.example", NOON)
    assert len(parcel.body) <= 4096
    assert json.loads(browser.open(parcel.body))["title"] == "ä" * 120


def test_the_key_is_made_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "key.pem"
    public = ServerKey(file).public
    assert file.stat().st_mode & 0o777 == 0o600
    assert ServerKey(file).public == public
    assert len(to_bytes(public)) == 65
    assert [one.name for one in file.parent.iterdir()] == ["key.pem"]


def test_a_contact_that_no_service_takes_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="contact"):
        ServerKey(tmp_path / "key.pem").authorization(ENDPOINT, "mailto:nobody", NOON)


def test_a_damaged_key_is_not_replaced_behind_the_user_s_back(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text("no key")
    with pytest.raises(ConfigError, match="remove it"):
        _ = ServerKey(file).public
    assert file.read_text() == "no key"


@pytest.mark.parametrize(
    "endpoint",
    [
        ENDPOINT,
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-par02p.notify.windows.com/w/?token=abc",
        "https://push.example.org/abc",
    ],
)
def test_push_services_are_told(endpoint: str) -> None:
    require_service(endpoint, ("https://push.example.org",))


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evilnotify.windows.com/x",
        "https://127.0.0.1/admin",
        "http://192.168.1.1/reboot",
        "file:///etc/passwd",
        "https://push.example.org:8443/abc",
        "https://h:port/",
        "",
    ],
)
def test_nobody_else_is_told_because_a_browser_says_so(endpoint: str) -> None:
    with pytest.raises(InvalidRequest, match="no push service"):
        require_service(endpoint, ("https://push.example.org",))


def test_keys_that_are_none_are_refused_before_they_are_kept() -> None:
    good = Browser().subscription(ENDPOINT)
    require_subscription(good, ())
    off_curve = to_text(b"\4" + b"\1" * 64)
    for p256dh, auth, what in (
        ("short", good.auth, "p256dh"),
        ("!" * 87, good.auth, "p256dh"),
        (off_curve, good.auth, "not on the curve"),
        (good.p256dh, "short", "auth"),
    ):
        with pytest.raises(InvalidRequest, match=what):
            require_subscription(PushSubscription(ENDPOINT, p256dh, auth, 0), ())
