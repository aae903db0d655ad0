from __future__ import annotations

import base64
import hashlib
import hmac
import json

from hypothesis import given
from hypothesis import strategies as st

from picket.config.notifications import BODY_FIELDS
from picket.notify.webhook import key_bytes, sign, webhook_parcel
from tests.unit.notify.samples import NOON, channel, notice


def test_without_a_template_the_body_has_every_field() -> None:
    parcel = webhook_parcel(channel(), notice(), b"jpeg", NOON)
    body = json.loads(parcel.body)
    assert set(body) == set(BODY_FIELDS)
    assert (body["title"], body["camera"], body["score"]) == (notice().title, "front_door", 0.84)
    assert base64.b64decode(body["picture"]) == b"jpeg"
    assert parcel.headers["Idempotency-Key"] == parcel.headers["webhook-id"] == notice().key
    assert "webhook-signature" not in parcel.headers


def test_a_template_shapes_the_body() -> None:
    template = {"text": "*{title}*: {message}", "n": ["{score}", 3], "pic": "{picture}"}
    parcel = webhook_parcel(channel(body=template), notice(), None, NOON)
    assert json.loads(parcel.body) == {
        "text": "*Person at front_door*: 12:00:00, 84%",
        "n": [0.84, 3],
        "pic": None,
    }


def test_headers_of_the_user_go_along_and_cannot_break_ours() -> None:
    headers = {"Authorization": "Bearer abc", "webhook-id": "mine", "Content-Type": "x/y"}
    parcel = webhook_parcel(channel(headers=headers), notice(), None, NOON)
    assert parcel.headers["Authorization"] == "Bearer abc"
    assert parcel.headers["webhook-id"] == notice().key
    assert parcel.headers["Content-Type"] == "application/json"


@given(secret=st.text(min_size=1, max_size=20), body=st.binary(max_size=50))
def test_a_receiver_can_check_who_sent_it_and_when(secret: str, body: bytes) -> None:
    signed = sign(secret, "msg-1", "1705320000", body)
    version, _, signature = signed.partition(",")
    wanted = hmac.digest(key_bytes(secret), b"msg-1.1705320000." + body, hashlib.sha256)
    assert (version, base64.b64decode(signature)) == ("v1", wanted)
    assert sign(secret, "msg-1", "1705320001", body) != signed
    assert sign(secret, "msg-2", "1705320000", body) != signed
    assert sign(secret, "msg-1", "1705320000", body + b"!") != signed


def test_the_example_of_the_standard_has_its_signature() -> None:
    body = b'{"event_type":"ping","data":{"success":true}}'
    key = "whsec_plJ3nmyCDGBKInavdOK15jsl"
    signed = sign(key, "msg_loFOjxBNrRLzqYUf", "1731705121", body)
    assert signed == "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="


def test_a_key_that_only_looks_like_base64_is_itself() -> None:
    assert key_bytes("whsec_!!") == b"whsec_!!"
    assert key_bytes("plain text") == b"plain text"
