from __future__ import annotations

import asyncio
import re
import subprocess
from pathlib import Path

import pytest

from picket.config.notifications import ChannelConfig
from picket.notify.attempts import Failed, Outcome, Refused, Taken
from picket.notify.post import Http, Parcel, origin
from tests.support.receiver import Answer, receiver
from tests.support.servers import free_port
from tests.unit.notify.samples import channel


def post(parcel: Parcel, config: ChannelConfig | None = None) -> Outcome:
    async def once() -> Outcome:
        http = Http()
        try:
            return await http.post(parcel, config or channel())
        finally:
            await http.close()

    return asyncio.run(once())


def test_it_brings_a_body_with_its_headers_and_tells_what_was_said() -> None:
    with receiver() as there:
        there.usual = Answer(202, "  thank\n you ")
        parcel = Parcel(f"{there.url}/a?b=c", b"\x00body", {"X-One": "1"})
        assert post(parcel) == Taken("HTTP 202: thank you")
    (got,) = there.got
    assert (got.path, got.body, got.headers["x-one"]) == ("/a?b=c", b"\x00body", "1")


def test_what_is_said_is_cut_short() -> None:
    with receiver() as there:
        there.usual = Answer(200, "x" * 1_000_000)
        outcome = post(Parcel(there.url, b""))
    assert len(outcome.answer) < 300


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_on_the_same_host_keeps_the_body(status: int) -> None:
    with receiver() as there:
        there.answers.append(Answer(status, headers={"Location": "/there"}))
        assert isinstance(post(Parcel(there.url, b"it", {"X-Key": "k"})), Taken)
    assert [(one.path, one.body) for one in there.got] == [("/", b"it"), ("/there", b"it")]
    assert there.got[1].headers["x-key"] == "k"


def test_no_other_host_or_port_is_told_because_a_receiver_says_so() -> None:
    with receiver() as there, receiver() as other:
        there.usual = Answer(307, headers={"Location": f"{other.url}/steal?a=hush"})
        outcome = post(Parcel(there.url, b"it"))
        assert other.got == []
    assert isinstance(outcome, Failed)
    assert other.url in outcome.answer
    assert "hush" not in outcome.answer


def test_redirects_without_end_are_left() -> None:
    with receiver() as there:
        there.usual = Answer(308, headers={"Location": "/"})
        assert isinstance(post(Parcel(there.url, b"")), Failed)
        assert len(there.got) == 4


def test_other_redirects_would_lose_the_body_and_are_failures() -> None:
    with receiver() as there:
        there.usual = Answer(302, headers={"Location": "/login"})
        assert isinstance(post(Parcel(there.url, b"")), Failed)
        assert len(there.got) == 1


def test_who_does_not_answer_in_time_has_not_taken_it() -> None:
    with receiver() as there:
        there.gate.clear()
        outcome = post(Parcel(there.url, b""), channel(timeout=0.5))
    assert isinstance(outcome, Failed)
    assert re.fullmatch(r"no \w+ within [\d.]+ s", outcome.answer)


def test_nobody_there_is_a_failure_with_its_reason() -> None:
    outcome = post(Parcel(f"http://127.0.0.1:{free_port()}/", b""))
    assert isinstance(outcome, Failed)
    assert outcome.answer


def test_an_address_that_is_none_is_refused() -> None:
    outcome = post(Parcel("http://host:port/", b""))
    assert isinstance(outcome, Refused)
    assert "cannot be used" in outcome.answer


def test_a_certificate_that_nobody_vouches_for_is_refused_unless_allowed(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    files = ["-nodes", "-keyout", str(key), "-out", str(certificate), "-subj", "/CN=localhost"]
    subprocess.run([*make, *files], check=True, capture_output=True)
    with receiver(certificate, key) as there:
        assert isinstance(post(Parcel(there.url, b"")), Failed)
        assert there.got == []
        assert isinstance(post(Parcel(there.url, b""), channel(verify_tls=False)), Taken)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:hush@host:8443/secret?token=hush", "https://host:8443"),
        ("http://[::1]:80/x", "http://[::1]"),
        ("https://ntfy.sh/topic", "https://ntfy.sh"),
    ],
)
def test_an_origin_is_scheme_host_and_port(url: str, shown: str) -> None:
    assert origin(url) == shown
