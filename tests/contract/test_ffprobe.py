"""GET /api/ffprobe: real files, cameras that are not there, and no credentials."""

from __future__ import annotations

from urllib.parse import quote, unquote

import pytest

from picket.api.routes.ffprobe import find_sources
from picket.config.load import parse_config
from picket.domain.errors import InvalidRequest
from tests.contract.conftest import CONFIG, Door
from tests.support.recordings import video_path

CLIP = str(video_path("street_people_gt.mp4"))
FIRST, SECOND = "rtsp://a:b@one/1", "http://two/flv?channel=0,1&user=x"


@pytest.mark.endpoint("GET /api/ffprobe", "paths")
def test_a_file_tells_its_streams(door: Door) -> None:
    (told,) = door.client.get(f"/api/ffprobe?paths={quote(CLIP)}").json()
    assert told.keys() == {"return_code", "stderr", "stdout"}
    assert told["return_code"] == 0
    video, sound = told["stdout"]["streams"]
    assert (video["width"], video["height"]) == (626, 360)
    assert video["avg_frame_rate"] == "30/1"
    assert video["codec_long_name"].startswith("H.264")
    assert "AAC" in sound["codec_long_name"]


@pytest.mark.endpoint("GET /api/ffprobe", "paths")
def test_several_paths_have_an_answer_each_in_their_order(door: Door) -> None:
    answers = door.client.get(f"/api/ffprobe?paths={quote(CLIP)},/nowhere.mp4").json()
    assert [one["return_code"] == 0 for one in answers] == [True, False]
    assert answers[1]["stdout"] == ""
    assert "No such file" in answers[1]["stderr"]


@pytest.mark.endpoint("GET /api/ffprobe", "paths")
def test_a_camera_that_refuses_shows_no_credentials(door: Door) -> None:
    url = "rtsp://admin:hush-one@127.0.0.1:9/1"
    answer = door.client.get(f"/api/ffprobe?paths={quote(url)}")
    assert answer.status_code == 200
    assert answer.json()[0]["return_code"] != 0
    assert "hush" not in answer.text


@pytest.mark.endpoint("GET /api/ffprobe", "paths")
def test_what_can_be_no_path_is_refused(door: Door) -> None:
    answer = door.client.get("/api/ffprobe?paths=/a%00b")
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("paths: ")


@pytest.mark.endpoint("GET /api/ffprobe", "paths")
@pytest.mark.parametrize("query", ["", "?paths=", "?paths=camera:nowhere", "?paths=camera:"])
def test_what_is_not_named_or_not_known_is_not_found(door: Door, query: str) -> None:
    answer = door.client.get(f"/api/ffprobe{query}")
    assert answer.status_code == 404
    assert answer.json()["success"] is False


def test_a_camera_means_each_of_its_inputs() -> None:
    inputs = [{"path": FIRST, "roles": ["detect"]}, {"path": SECOND, "roles": ["record"]}]
    camera = {**CONFIG["cameras"]["front"], "ffmpeg": {"inputs": inputs}}
    config = parse_config({**CONFIG, "cameras": {"front": camera}})
    assert find_sources(config, "camera:front") == [FIRST, SECOND]


@pytest.mark.parametrize(
    "paths", [[FIRST, SECOND], [SECOND, FIRST], ["/a,b.mp4", FIRST], [SECOND], ["rtsp://u:p,w@h/1"]]
)
def test_a_comma_inside_of_a_path_does_not_split_it(paths: list[str]) -> None:
    found = find_sources(parse_config(CONFIG), ",".join(paths))
    assert [unquote(one) for one in found] == paths  # passwords are percent-encoded


def test_too_many_paths_are_refused() -> None:
    with pytest.raises(InvalidRequest):
        find_sources(parse_config(CONFIG), ",".join(["/a.mp4"] * 17))
