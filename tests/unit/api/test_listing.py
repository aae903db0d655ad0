from __future__ import annotations

import json
import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from picket.api.listing import Entry, listing_text, read_folder

names = st.text(min_size=1, max_size=20)
entries = st.builds(
    Entry, names, st.floats(0, 4e9), st.none() | st.integers(min_value=0, max_value=1 << 50)
)


@given(found=st.lists(entries, max_size=8))
def test_any_folder_is_valid_json_with_folders_first_in_the_order_of_bytes(
    found: list[Entry],
) -> None:
    rows = json.loads(listing_text(found))
    assert len(rows) == len(found)
    kinds = [row["type"] for row in rows]
    assert kinds == sorted(kinds)
    for kind in ("directory", "file"):
        shown = [row["name"].encode() for row in rows if row["type"] == kind]
        assert shown == sorted(shown)
    assert all(("size" in row) == (row["type"] == "file") for row in rows)


def test_a_row_has_the_form_that_web_servers_give_it() -> None:
    text = listing_text([Entry('a"b', 0.0, 7), Entry("c", 1.5, None)])
    assert text == (
        "[\n"
        '{ "name":"c", "type":"directory", "mtime":"Thu, 01 Jan 1970 00:00:01 GMT" },\n'
        '{ "name":"a\\"b", "type":"file", "mtime":"Thu, 01 Jan 1970 00:00:00 GMT", "size":7 }\n'
        "]\n"
    )


def test_a_name_that_is_no_text_does_not_break_the_list(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.mp4")).touch()
    shown = read_folder(tmp_path, tmp_path)
    assert shown is not None
    assert len(json.loads(listing_text(shown))) == 1


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert read_folder(tmp_path, tmp_path / "file") is None
    assert read_folder(tmp_path, tmp_path / "nothing") is None
