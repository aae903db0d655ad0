from __future__ import annotations

from email.header import decode_header, make_header

from hypothesis import given
from hypothesis import strategies as st

from picket.notify.ntfy import header_text, ntfy_parcel
from tests.unit.notify.samples import channel, notice

TOPIC = "https://ntfy.example/secret-topic"


def test_the_text_is_the_body_and_the_rest_are_headers() -> None:
    config = channel(TOPIC, type="ntfy", token="tk_hush", priority=5)
    parcel = ntfy_parcel(config, notice(picture="link"), None)
    assert (parcel.url, parcel.body) == (TOPIC, b"12:00:00, 84%")
    assert parcel.headers == {
        "Title": "Person at front_door",
        "Priority": "5",
        "Click": "https://nvr.example/x",
        "Idempotency-Key": notice().key,
        "Authorization": "Bearer tk_hush",
        "Attach": "https://nvr.example/p.jpg",
    }


def test_a_picture_that_goes_along_is_the_body() -> None:
    parcel = ntfy_parcel(channel(TOPIC, type="ntfy"), notice(picture="inline"), b"jpeg")
    assert parcel.body == b"jpeg"
    assert parcel.headers["Message"] == "12:00:00, 84%"
    assert parcel.headers["Filename"] == "snapshot.jpg"
    assert "Attach" not in parcel.headers
    assert "Authorization" not in parcel.headers


def test_without_a_link_there_is_nothing_to_click() -> None:
    fields = {**notice().fields, "link": None, "picture_link": None}
    parcel = ntfy_parcel(channel(TOPIC, type="ntfy"), notice(fields=fields, picture="link"), None)
    assert {"Click", "Attach"}.isdisjoint(parcel.headers)


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_fits_into_a_header_and_comes_back(text: str) -> None:
    carried = header_text(text)
    assert carried.isascii()
    assert carried.isprintable()
    if carried != text:
        assert str(make_header(decode_header(carried))) == text
