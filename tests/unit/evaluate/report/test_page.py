from __future__ import annotations

import re
from html.parser import HTMLParser

from picket.evaluate.examined import Examined
from picket.evaluate.report.page import Chapter, page
from picket.evaluate.report.worst import Case, Kind
from picket.evaluate.scores.video import VideoScores, score_video, total
from picket.evaluate.truth.values import TrueObject, Truth
from tests.unit.evaluate.samples import box, followed, observation, standing, times_truth

TRUTH = times_truth(TrueObject("person 1", "person", 0, 10))
GOOD = followed({"a": standing(box(0), 1, 50)}, 50)
CASE = Case(Kind.MISSED, "person <b>1</b>", 1)


def chapter(truth: Truth | None, *cases: Case) -> Chapter:
    seen = observation(GOOD, GOOD)
    return Chapter(Examined(seen, truth, score_video(seen, truth)), cases, (b"jpeg",) * len(cases))


def written(*chapters: Chapter) -> str:
    overall: VideoScores = total([each.examined.scores for each in chapters], "all")
    return page(chapters, overall, "yolox_nano, onnx")


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_nothing_is_fetched() -> None:
    text = written(chapter(TRUTH, CASE))
    addresses = [
        value
        for _, attributes in Tags(text).found
        for name, value in attributes.items()
        if name in ("src", "href") and value
    ]
    assert addresses
    assert all(address.startswith("data:image/jpeg;base64,") for address in addresses)
    assert not re.search(r"https?://|@import|<script", text)
    assert "default-src 'none'" in text


def test_every_case_is_a_picture_with_its_words() -> None:
    text = written(chapter(TRUTH, CASE))
    images = [attributes for tag, attributes in Tags(text).found if tag == "img"]
    assert [image["alt"] for image in images] == ["person <b>1</b>"]
    assert "<b>Missed</b> person &lt;b&gt;1&lt;/b&gt;" in text


def test_ours_stands_beside_the_baseline_in_the_table() -> None:
    rows = [attributes for tag, attributes in Tags(written(chapter(TRUTH))).found if tag == "tr"]
    assert [row.get("class") for row in rows] == [None, None, "baseline"]
    both = [a for tag, a in Tags(written(chapter(TRUTH), chapter(None))).found if tag == "tr"]
    assert len(both) == 1 + 2 + 1 + 2


def test_a_video_says_that_nothing_went_wrong_or_that_nothing_is_known() -> None:
    assert "Nothing went wrong" in written(chapter(TRUTH))
    assert "Nothing is known" in written(chapter(None))
