"""What the labelling service answers, checked before anything is done with it."""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from picket.domain.errors import SubmissionFailed

EXPLANATION_MAX = 200  # characters of a refusal that are passed on

_STORAGE_MESSAGE = re.compile(r"<Message>([^<]+)</Message>")


class Token(BaseModel):
    """Signs requests until it expires."""

    value: str = Field(alias="accessToken", pattern=r"^[\x21-\x7e]+$")  # fits into a header
    expires: float  # Unix seconds


class UploadForm(BaseModel):
    """Where one size of a picture is posted, and the fields that permit it."""

    url: str = Field(pattern=r"^https?://")
    fields: dict[str, str]


class UploadForms(BaseModel):
    """Where a new picture goes, and the id it will have."""

    image_id: str = Field(alias="imageId", pattern=r"^[A-Za-z0-9_-]{1,64}$")  # becomes part of URLs
    original: UploadForm
    annotate: UploadForm
    thumbnail: UploadForm


Answer = TypeVar("Answer", bound=BaseModel)


def read_answer(kind: type[Answer], body: bytes) -> Answer:
    """JSON as a value. Raises: SubmissionFailed for anything else; the message has no content."""
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        raise SubmissionFailed(
            "the labelling service answered something that makes no sense:"
            " try again later, and see whether PLUS_API_HOST names it"
        ) from None


def explanation(content_type: str, body: str) -> str:
    """Why the service refused, in its own words on one line; "" when it did not say.

    It answers JSON, the storage that takes pictures XML. Pages for browsers say nothing of use.
    """
    if "json" in content_type:
        text = _from_json(body)
    elif "xml" in content_type:
        found = _STORAGE_MESSAGE.search(body)
        text = found[1] if found else ""
    else:
        text = body if content_type.startswith("text/plain") else ""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:EXPLANATION_MAX]


def _from_json(body: str) -> str:
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    if not isinstance(said, dict):
        return said if isinstance(said, str) else ""
    errors = said.get("errors")
    if isinstance(errors, list):
        return "; ".join(filter(None, map(_one_error, errors)))
    texts = (said.get(key) for key in ("message", "error", "detail"))
    return next((text for text in texts if isinstance(text, str)), "")


def _one_error(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)
    parts = (error.get("param"), error.get("msg") or error.get("message"))
    return ": ".join(part for part in parts if isinstance(part, str))
