"""Files that name the classes of a model. Pure."""

from __future__ import annotations

from picket.domain.errors import ModelError


def parse_labelmap(text: str) -> dict[int, str]:
    """Labels by class index.

    Args:
        text: one label per line, or `index label` on every line when the first starts with a
            number; labels may contain spaces.

    Raises: ModelError when a line of the numbered form has no number or no label.
    """
    lines = [line.strip() for line in text.splitlines()]
    if not lines or not lines[0].split(" ", 1)[0].isdigit():
        return dict(enumerate(lines))
    labels: dict[int, str] = {}
    for line in filter(None, lines):
        index, _, label = line.partition(" ")
        if not index.isdigit() or not label.strip():
            raise ModelError(f"the label map line {line!r} is not `index label`, as the first is")
        labels[int(index)] = label.strip()
    return labels
