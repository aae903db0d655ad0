"""Stored positions of a camera and their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from picket.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class Preset:
    """A stored position."""

    token: str  # the camera's own name for it
    title: str  # as somebody wrote it; may be empty

    @property
    def name(self) -> str:
        """What clients call it: its title in lower case, `preset <token>` without one."""
        return (self.title.strip() or f"preset {self.token}".strip()).lower()


def preset_names(presets: Sequence[Preset]) -> tuple[str, ...]:
    """Every name once, in the camera's order."""
    return tuple(dict.fromkeys(preset.name for preset in presets))


def find_preset(presets: Sequence[Preset], name: str) -> Preset:
    """The first preset of a name, whose case does not matter.

    Raises: NotFound when there is none; the message names those there are.
    """
    wanted = name.strip().lower()
    for preset in presets:
        if preset.name == wanted:
            return preset
    known = ", ".join(preset_names(presets)) or "none"
    raise NotFound(f"Preset not found: {wanted}; this camera has {known}")
