"""The common base of every part of the configuration file."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict


class Section(BaseModel):
    """A part of the file: unknown keys are errors, values never change.

    A key without a value (`motion:` and nothing below) means its default. Numbers written where
    text is expected become text, as YAML users expect of `password: 1234`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)

    @model_validator(mode="before")
    @classmethod
    def _forget_empty_keys(cls, data: Any) -> Any:
        """Every setting that may be null has null as its default, so an empty key can go."""
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None}


def setting(
    description: str,
    *,
    default: Any = ...,
    unit: str = "",
    repr: bool = True,  # noqa: A002 - pydantic's own word
    **limits: Any,
) -> Any:
    """A field with its meaning and unit, from which the reference page is generated.

    Args:
        description: one sentence for the user.
        default: the value when the key is missing; without one the key must be written.
        unit: such as "s" or "px"; "" when there is none.
        repr: False keeps a secret out of logs and tracebacks.
        limits: pydantic's `ge`, `gt`, `le`, `lt`, `pattern`, `min_length` and the like.
    """
    extra: JsonDict | None = {"unit": unit} if unit else None
    return Field(default, description=description, repr=repr, json_schema_extra=extra, **limits)
