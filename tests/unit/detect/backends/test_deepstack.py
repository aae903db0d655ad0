"""A detector behind HTTP, against a real server on loopback."""

import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from picket.config.detectors import DetectorConfig
from picket.detect.backends.deepstack import DeepStackBackend
from picket.domain.errors import ModelError, Unavailable
from picket.domain.frame import Picture
from tests.support.deepstack_server import DeepStackServer, deepstack_server
from tests.support.servers import free_port

SIZE = {"width": 160, "height": 120}


@pytest.fixture
def server() -> Iterator[DeepStackServer]:
    with deepstack_server() as running:
        yield running


def backend_of(server: DeepStackServer, **settings: Any) -> DeepStackBackend:
    data = {"type": "deepstack", "api_url": server.url, "api_timeout": 10, "model": SIZE} | settings
    return DeepStackBackend(DetectorConfig.model_validate(data))


def square() -> Picture:
    crop = np.full((120, 160, 3), 40, np.uint8)
    crop[30:90, 40:120] = 255
    return crop


def said(**fields: object) -> tuple[int, bytes]:
    one = {"label": "person", "confidence": 0.9, "x_min": 0, "y_min": 0, "x_max": 80, "y_max": 60}
    return 200, json.dumps({"success": True, "predictions": [one | fields]}).encode()


def test_what_the_server_finds_comes_back_as_shares_of_the_crop(server: DeepStackServer) -> None:
    (found,) = backend_of(server).infer(square())
    assert found.label == "person"
    assert found.score == pytest.approx(0.9)
    corners = (found.x1, found.y1, found.x2, found.y2)
    assert corners == pytest.approx((0.25, 0.25, 0.75, 0.75), abs=0.03)


def test_an_empty_picture_has_nothing_in_it(server: DeepStackServer) -> None:
    assert backend_of(server).infer(np.zeros((120, 160, 3), np.uint8)) == []


def test_one_connection_serves_many_looks(server: DeepStackServer) -> None:
    backend = backend_of(server)
    for _ in range(3):
        assert len(backend.infer(square())) == 1
    assert len(server.connections) == 1


def test_the_key_is_sent_and_a_wrong_one_is_told(server: DeepStackServer) -> None:
    server.key = "open sesame"
    assert backend_of(server, api_key="open sesame").infer(square())
    with pytest.raises(Unavailable, match=r"status 401, Incorrect api key\): mend .*api_key"):
        backend_of(server, api_key="guess").infer(square())


def test_trucks_are_cars_as_with_the_built_in_names(server: DeepStackServer) -> None:
    server.label = "Truck"
    (found,) = backend_of(server).infer(square())
    assert found.label == "car"


def test_a_label_that_the_map_lacks_is_told_once(
    server: DeepStackServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.label = "licence plate"
    backend = backend_of(server)
    with caplog.at_level(logging.WARNING):
        assert [backend.infer(square()) for _ in range(2)] == [[], []]
    (message,) = caplog.messages
    assert "finds 'licence plate'" in message
    assert "model.labelmap" in message
    named = backend_of(server, model=SIZE | {"labelmap": {80: "licence plate"}})
    assert [found.label for found in named.infer(square())] == ["licence plate"]


def test_a_label_file_names_what_a_server_of_ones_own_finds(
    server: DeepStackServer, tmp_path: Path
) -> None:
    labels = tmp_path / "labels.txt"
    labels.write_text("gnome\nfox\n")
    server.label = "fox"
    backend = backend_of(server, model=SIZE | {"labelmap_path": str(labels)})
    assert [found.label for found in backend.infer(square())] == ["fox"]


def test_boxes_are_cut_and_doubles_dropped(server: DeepStackServer) -> None:
    one = {"label": "person", "confidence": 0.5, "x_min": -9, "y_min": 0, "x_max": 80, "y_max": 999}
    weak = one | {"confidence": 0.1, "x_min": 100, "x_max": 150}
    sure = one | {"confidence": 0.8}
    server.instead = (200, json.dumps({"predictions": [one, sure, weak]}).encode())
    (found,) = backend_of(server).infer(square())
    assert (found.x1, found.y2, found.score) == pytest.approx((0, 1, 0.8))


@pytest.mark.parametrize(
    "instead",
    [
        (500, b"oops"),
        (503, b'{"success": false, "error": "starting"}'),
        (200, b'{"success": false, "error": "detection is not enabled"}'),
        (200, b"<html>a router's page</html>"),
        (200, b"\xff\xfe\x00"),
        (200, b"[]"),
        (200, b'{"success": true}'),
        said(confidence="very"),
        (200, said()[1].replace(b"0.9", b"NaN")),
        (302, b""),
    ],
)
def test_whatever_is_no_answer_is_no_look(
    server: DeepStackServer, instead: tuple[int, bytes]
) -> None:
    backend = backend_of(server)
    server.instead = instead
    with pytest.raises(Unavailable, match=f"refuses to look \\(status {instead[0]}"):
        backend.infer(square())
    server.instead = None
    assert len(backend.infer(square())) == 1


def test_a_slow_server_is_not_waited_for(server: DeepStackServer) -> None:
    server.held = threading.Event()
    with pytest.raises(Unavailable, match=r"did not answer within 0\.05 s: raise api_timeout"):
        backend_of(server, api_timeout=0.05).infer(square())


def test_a_server_that_is_away_is_told_without_its_password() -> None:
    url = f"http://me:hunter2@127.0.0.1:{free_port()}/v1/vision/detection"
    backend = backend_of(DeepStackServer(url))
    with pytest.raises(Unavailable, match="cannot be reached") as error:
        backend.infer(square())
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("url", ["localhost:80", "ftp://server/x", "http://", "http://[::1"])
def test_an_address_of_no_server_is_refused_at_once(url: str) -> None:
    with pytest.raises(ModelError, match=r"api_url .*write http://server:port/v1"):
        backend_of(DeepStackServer(url))


def test_it_tells_what_it_takes() -> None:
    info = backend_of(DeepStackServer("http://127.0.0.1:1/")).info
    assert (info.type, info.width, info.height, info.pixel_format) == ("deepstack", 160, 120, "bgr")
    assert "person" in info.labels
    assert len(set(info.labels)) == len(info.labels)
    assert info.md5 == ""
