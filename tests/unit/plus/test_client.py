"""The client against a service that checks every request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from picket.domain.errors import SubmissionFailed
from picket.domain.frame import Picture
from picket.media.jpeg import decode_picture, encode_jpeg
from picket.plus.account import Key
from picket.plus.client import PlusClient
from tests.support.labelling_service import (
    NAME,
    PASSWORD,
    SIZES,
    LabellingService,
    Reply,
    labelling_service,
)
from tests.support.servers import free_port

Use = Callable[[PlusClient], object]

USES: dict[str, Use] = {
    "image/signed_urls": lambda client: client.upload(picture(), "front"),
    "image/create": lambda client: client.upload(picture(), "front"),
    "image/1/annotation": lambda client: client.annotate("1", {}),
    "image/1/false_positive": lambda client: client.report_false_positive("1", {}),
}
PATHS = ["auth/token", *USES, *(f"storage/image-0/{size}" for size in SIZES)]


def picture(width: int = 640, height: int = 360) -> Picture:
    """A slope of brightness, so that a stretched or cut copy shows."""
    row = np.linspace(0, 255, width).astype(np.uint8)
    return np.repeat(np.tile(row, (height, 1))[:, :, None], 3, axis=2)


@pytest.fixture
def service() -> Iterator[LabellingService]:
    with labelling_service() as running:
        yield running
        assert running.mistakes == []


@pytest.fixture
def client(service: LabellingService) -> Iterator[PlusClient]:
    client = PlusClient(Key(NAME, PASSWORD), service.url, transfer_s=5.0)
    yield client
    client.close()


def use(client: PlusClient, path: str) -> object:
    """Whatever asks this path."""
    return USES.get(path, USES["image/create"])(client)


def test_a_picture_is_uploaded_in_three_sizes_and_then_created(
    client: PlusClient, service: LabellingService
) -> None:
    assert client.upload(picture(2560, 1440), "front") == "image-0"
    assert service.created == [("image-0", "front")]
    assert service.requests == [
        "GET auth/token",
        "GET image/signed_urls",
        *(f"POST storage/image-0/{size}" for size in SIZES),
        "POST image/create",
    ]


@pytest.mark.parametrize(
    ("width", "height", "sizes"),
    [
        (2560, 1440, [(1920, 1080), (640, 360), (200, 112)]),
        (1080, 1920, [(1080, 1920), (360, 640), (112, 200)]),
        (320, 180, [(320, 180), (320, 180), (200, 112)]),
    ],
)
def test_no_copy_is_longer_than_wanted_and_none_is_blown_up(
    client: PlusClient,
    service: LabellingService,
    width: int,
    height: int,
    sizes: list[tuple[int, int]],
) -> None:
    client.upload(picture(width, height), "front")
    copies = [decode_picture(service.pictures["image-0"][size].file) for size in SIZES]
    assert [(copy.shape[1], copy.shape[0]) for copy in copies] == sizes
    for copy in copies:
        assert copy[0, 0].max() < 20
        assert copy[-1, -1].min() > 235


def test_each_copy_has_its_quality(client: PlusClient, service: LabellingService) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (100, 100, 3)).astype(np.uint8)
    client.upload(noise, "front")
    posted = [service.pictures["image-0"][size].file for size in SIZES]
    assert posted == [encode_jpeg(noise, quality) for quality in (85, 70, 70)]


def test_claims_go_to_their_picture(client: PlusClient, service: LabellingService) -> None:
    client.upload(picture(), "front")
    client.annotate("image-0", {"label": "dog", "x": 0.5})
    client.report_false_positive("image-0", {"label": "cat", "score": None})
    assert service.claims == [
        ("image-0", "annotation", {"label": "dog", "x": 0.5}),
        ("image-0", "false_positive", {"label": "cat", "score": None}),
    ]


@pytest.mark.parametrize(("lifetime_s", "tokens"), [(61.0, 1), (59.0, 3)])
def test_a_token_is_renewed_a_minute_before_it_expires(
    service: LabellingService, lifetime_s: float, tokens: int
) -> None:
    now = 1000.0
    service.refusals["auth/token"] = Reply(
        200, f'{{"accessToken": "fixed", "expires": {now + lifetime_s}}}'
    )
    service.tokens.append("fixed")
    client = PlusClient(Key(NAME, PASSWORD), service.url, clock=lambda: now)
    client.upload(picture(), "front")
    client.annotate("image-0", {})
    client.close()
    assert service.requests.count("GET auth/token") == tokens


def test_a_token_that_the_service_forgot_is_asked_for_again(
    client: PlusClient, service: LabellingService
) -> None:
    client.upload(picture(), "front")
    service.tokens.append("another")
    with pytest.raises(SubmissionFailed, match="401: unknown token"):
        client.upload(picture(), "front")
    assert client.upload(picture(), "front") == "image-1"


def test_many_threads_share_one_token(client: PlusClient, service: LabellingService) -> None:
    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda _: client.upload(picture(), "front"), range(8)))
    assert sorted(ids) == [f"image-{n}" for n in range(8)]
    assert service.requests.count("GET auth/token") == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [*((path, 403) for path in PATHS), *(("image/create", n) for n in (400, 401, 404, 500, 503))],
)
def test_a_refusal_is_passed_on_with_what_the_service_said(
    client: PlusClient, service: LabellingService, path: str, status: int
) -> None:
    body = f'{{"message": "not you, {NAME} {PASSWORD} token-0"}}'
    service.refusals[path] = Reply(status, body)
    with pytest.raises(SubmissionFailed, match=f"with status {status}: not you") as refused:
        use(client, path)
    shown = str(refused.value)
    assert NAME not in shown
    assert PASSWORD not in shown
    assert "token-0" not in shown or path == "auth/token"  # there it was never given


def test_a_refused_key_is_named(service: LabellingService) -> None:
    client = PlusClient(Key(NAME, PASSWORD[::-1]), service.url)
    with pytest.raises(SubmissionFailed, match="refused PLUS_API_KEY with status 401: unknown key"):
        client.upload(picture(), "front")
    client.close()


@pytest.mark.parametrize("path", ["auth/token", "image/signed_urls"])
@pytest.mark.parametrize("body", ["", "<html>", "[]", '{"imageId": 5}', '{"expires": "soon"}'])
def test_garbage_is_refused(
    client: PlusClient, service: LabellingService, path: str, body: str
) -> None:
    service.refusals[path] = Reply(200, body)
    with pytest.raises(SubmissionFailed, match="makes no sense"):
        use(client, path)


def test_a_redirect_is_not_followed(client: PlusClient, service: LabellingService) -> None:
    service.refusals["image/signed_urls"] = Reply(302, location=f"{service.url}/elsewhere")
    with pytest.raises(SubmissionFailed, match="with status 302"):
        client.upload(picture(), "front")
    assert not [request for request in service.requests if "elsewhere" in request]


@pytest.mark.parametrize("path", PATHS)
def test_a_silent_service_is_not_waited_for(service: LabellingService, path: str) -> None:
    service.held[path] = threading.Event()
    client = PlusClient(Key(NAME, PASSWORD), service.url, transfer_s=0.2)
    with pytest.raises(SubmissionFailed, match="did not answer in time"):
        use(client, path)
    client.close()


def test_a_secret_at_the_cut_of_a_long_explanation_is_not_half_shown(
    client: PlusClient, service: LabellingService
) -> None:
    body = f'{{"message": "{"x" * 190} {PASSWORD}"}}'
    service.refusals["image/signed_urls"] = Reply(403, body)
    with pytest.raises(SubmissionFailed, match=r"x \*$"):
        client.upload(picture(), "front")


def test_an_absent_service_is_told() -> None:
    client = PlusClient(Key(NAME, PASSWORD), f"http://127.0.0.1:{free_port()}")
    with pytest.raises(SubmissionFailed, match="cannot be reached"):
        client.upload(picture(), "front")
    client.close()
