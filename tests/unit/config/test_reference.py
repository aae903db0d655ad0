from __future__ import annotations

from pathlib import Path

from picket.config.reference import render_reference

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "config.md"


def test_the_reference_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == render_reference(), (
        "run `python scripts/generate_config_reference.py`"
    )


def test_every_kind_of_section_is_described() -> None:
    page = render_reference()
    assert "## `cameras.<name>.ffmpeg.inputs[]`" in page
    assert "## `detect.stationary.max_frames`" in page
    assert "| `threshold` | whole number | `30` | luma, 1..255; ≥ 1, ≤ 255 |" in page
