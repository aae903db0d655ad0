"""The web page: what is served where no route of the contract answers."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from picket.config.edit import Change
from tests.contract.conftest import Door

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SCRIPT = b"console.log('moving pictures')\n" * 50


@pytest.fixture
def built(door: Door) -> Path:
    folder = door.context.page
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>the page</title>")
    (folder / "sw.js").write_text("self.skipWaiting()")
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "assets" / "index-BC12.js").write_bytes(SCRIPT)
    (folder / "assets" / "index-BC12.js.gz").write_bytes(gzip.compress(SCRIPT))
    (folder / "assets" / "index-BC12.js.br").write_bytes(b"as brotli")
    return folder


def test_without_a_page_the_address_says_how_to_get_one(door: Door) -> None:
    answer = door.client.get("/", headers=BROWSER)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "make web" in answer.text


@pytest.mark.parametrize("path", ["/", "/events/1700000000.5-abc123", "/live/front", "/settings"])
def test_every_address_of_the_page_begins_with_its_first_file(
    door: Door, built: Path, path: str
) -> None:
    answer = door.client.get(path, headers=BROWSER)
    assert answer.status_code == 200
    assert "the page" in answer.text
    assert answer.headers["cache-control"] == "no-cache"
    again = door.client.get(path, headers={**BROWSER, "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_nothing_foreign_may_run_in_the_page(door: Door, built: Path) -> None:
    answer = door.client.get("/", headers={**BROWSER, "Host": "nvr:5000"})
    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self' ws://nvr:5000 wss://nvr:5000"
    assert policy["frame-ancestors"] == "'none'"
    assert not any("unsafe" in value or "*" in value for value in policy.values())
    assert answer.headers["x-content-type-options"] == "nosniff"
    odd = door.client.get("/", headers={**BROWSER, "Host": "nvr; script-src *"})
    assert "script-src" not in odd.headers["content-security-policy"]


def test_only_named_pages_may_frame_it(door: Door, built: Path) -> None:
    def guards() -> tuple[str, str | None]:
        headers = door.client.get("/", headers=BROWSER).headers
        policy = headers["content-security-policy"].split("; ")
        return next(one for one in policy if "ancestors" in one), headers.get("x-frame-options")

    assert guards() == ("frame-ancestors 'none'", "DENY")
    origin = "http://homeassistant.local:8123"
    door.context.settings.set((Change(("ui", "frame_ancestors", 0), (origin,)),))
    assert guards() == (f"frame-ancestors 'self' {origin}", None)


@pytest.mark.parametrize(
    ("accepted", "coding", "body"),
    [("gzip, br", "br", b"as brotli"), ("gzip", "gzip", SCRIPT), ("identity", None, SCRIPT)],
)
def test_hashed_files_are_kept_for_ever_and_sent_short(
    door: Door, built: Path, accepted: str, coding: str | None, body: bytes
) -> None:
    answer = door.client.raw(
        "GET", "/assets/index-BC12.js", headers=[("accept-encoding", accepted)]
    )
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.headers.get("content-encoding") == coding
    assert (gzip.decompress(answer.body) if coding == "gzip" else answer.body) == body


def test_other_files_are_asked_for_again(door: Door, built: Path) -> None:
    for name, media_type in (
        ("sw.js", "text/javascript"),
        ("manifest.webmanifest", "application/manifest+json"),
    ):
        answer = door.client.get(f"/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(media_type)
        assert answer.headers["cache-control"] == "no-cache"


def test_what_the_contract_says_comes_first(door: Door, built: Path) -> None:
    assert door.client.get("/api/version", headers=BROWSER).text.startswith("0.13")
    assert door.client.get("/exports/", headers=BROWSER).json() == []
    unknown = door.client.get("/api/nobody", headers=BROWSER)
    assert (unknown.status_code, unknown.json()["success"]) == (404, False)
    assert door.client.request("POST", "/events", headers=BROWSER).status_code == 404


@pytest.mark.parametrize("path", ["/exports", "/recordings"])
def test_a_folder_of_files_has_a_page_of_its_name(door: Door, built: Path, path: str) -> None:
    assert "the page" in door.client.get(path, headers=BROWSER).text
    assert door.client.get(path).status_code == 301


@pytest.mark.parametrize("path", ["/assets/gone.js", "/somewhere", "/assets/../../config.yml"])
def test_a_client_that_wants_no_page_hears_that_there_is_nothing(
    door: Door, built: Path, path: str
) -> None:
    answer = door.client.raw("GET", path)
    assert answer.status == 404
    assert b'"success":false' in answer.body


def test_a_link_out_of_the_folder_is_not_followed(door: Door, built: Path) -> None:
    (built / "secret.txt").symlink_to(door.config_file)
    assert door.client.get("/secret.txt").status_code == 404
