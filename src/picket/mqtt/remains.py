"""What an earlier announcement left at the broker, and how it is taken back. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]

Parts = Mapping[str, str]
"""The platform of each component by its key."""


def parts_of(device: Json) -> Parts:
    """The components of an announcement."""
    return {key: component["platform"] for key, component in device["components"].items()}


def read_kept(payload: bytes, program_id: str) -> Parts | None:
    """The components of an announcement that the broker keeps; None when it is not ours.

    Args:
        payload: as it came; other programs announce their devices beside ours.
        program_id: identifier of our own device, above which there is none.
    """
    try:
        device = json.loads(payload)
        about, parts = device["device"], parts_of(device)
        owners = (*about["identifiers"], about.get("via_device"))
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    return parts if program_id in owners else None


def without(device: Json, left: Parts) -> Json:
    """The announcement, which also takes back what was left and is no part of it any more.

    Source: https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload (a component
    with nothing but its platform is removed).
    """
    components = device["components"]
    gone = {key: {"platform": platform} for key, platform in left.items() if key not in components}
    return {**device, "components": {**components, **gone}}
