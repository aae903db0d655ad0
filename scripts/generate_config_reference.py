"""Write docs/reference/config.md from the models."""

from __future__ import annotations

from pathlib import Path

from picket.config.reference import render_reference

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "config.md"

if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(render_reference(), encoding="utf-8")
