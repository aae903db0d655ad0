"""Chance that is the same in every run."""

from __future__ import annotations

import random
from collections.abc import Sequence

from picket.domain.ids import ALPHABET, SUFFIX_LENGTH


class SeededDraws:
    """The random parts of ids, one after another; always the same ones."""

    def __init__(self) -> None:
        self._chance = random.Random(0)  # noqa: S311 - names events, guards nothing

    def __call__(self) -> Sequence[int]:
        """Six numbers 0..35."""
        return [self._chance.randrange(len(ALPHABET)) for _ in range(SUFFIX_LENGTH)]
