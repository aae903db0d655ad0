"""Plain values as the text of a configuration file."""

from __future__ import annotations

import io
from typing import Any

from ruamel.yaml import YAML


def yaml_text(data: dict[str, Any]) -> str:
    """YAML in block style."""
    target = io.StringIO()
    YAML(pure=True).dump(data, target)
    return target.getvalue()
