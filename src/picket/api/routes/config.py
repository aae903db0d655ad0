"""The configuration: in effect, as a file, and its changes."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import PlainTextResponse

from picket.api.deps import Context, ServerContext
from picket.api.schemas.event_changes import Done
from picket.config.edit import read_changes
from picket.config.masking import Observed, public_config
from picket.config.schema import json_schema
from picket.domain.errors import InvalidRequest
from picket.topics.message import Message

MAX_FILE_BYTES = 4 << 20
MAX_SHOWN = 10

router = APIRouter(prefix="/api/config", tags=["system"])


@router.get("")
def show_config(context: Context) -> dict[str, Any]:
    """The configuration in effect, without credentials."""
    return public_config(
        context.config,
        Observed(
            sizes={
                name: (status.width, status.height)
                for name, status in context.live.cameras().items()
                if status.width and status.height
            },
            labels={
                name: dict(enumerate(status.model.labels))
                for name, status in context.live.detectors().items()
                if status.model is not None
            },
            has_plus=context.plus.key is not None,
            movement_weights=context.ptz.weights(),
        ),
    )


@router.get("/raw", response_class=PlainTextResponse)
def show_file(context: Context) -> str:
    """The configuration file as it was written, with stars for credentials."""
    return context.settings.text()


@router.get("/schema.json")
def show_schema() -> dict[str, Any]:
    """The JSON schema of the configuration file, for editors."""
    return json_schema()


async def _body_text(request: Request) -> str:
    """The body, whatever type it says it has. Raises: InvalidRequest when it is too long."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_FILE_BYTES:
            raise InvalidRequest(f"a configuration may have {MAX_FILE_BYTES >> 20} MiB at most")
    return body.decode("utf-8-sig", "replace").replace("\r\n", "\n")


_TEXT = {"requestBody": {"content": {"text/plain": {"schema": {"type": "string"}}}}}


@router.post("/check", openapi_extra=_TEXT)
def check_file(context: Context, text: Annotated[str, Depends(_body_text)]) -> Done:
    """Whether the body would be taken as the configuration file; nothing is changed.

    A refusal has every mistake in `problems`, with line, key and cure.
    """
    context.settings.check(text)
    return Done(message="The configuration is good.")


@router.post("/save", openapi_extra=_TEXT)
def save_file(
    context: Context,
    text: Annotated[str, Depends(_body_text)],
    save_option: Annotated[
        Literal["saveonly", "restart"], Query(description="What to do when it is saved.")
    ] = "saveonly",
) -> Done:
    """Replace the configuration file by the body; what can change at once does."""
    with _told_states(context):
        waiting = context.settings.save(text)
    if save_option == "restart":
        context.settings.restart()
        return Done(message="Config successfully saved, restarting now.")
    return Done(message=f"Config successfully saved.{_hint(waiting)}")


@router.put("/set", responses={400: {"description": "Nothing is named, or the file is spoilt."}})
def set_values(request: Request, context: Context) -> Done:
    """Change single settings, such as `?cameras.front.detect.enabled=false`.

    Numbers in a key are places in lists, a key without a value is deleted, and a key that stands
    there several times becomes a list. Of ours: `?rename.cameras.front.zones.yard=garden` gives a
    zone another name, and what names it in the file follows. What can change at once does.
    """
    changes = read_changes(request.query_params.multi_items())
    with _told_states(context):
        waiting = context.settings.set(changes)
    return Done(message=f"Config successfully updated.{_hint(waiting)}")


@contextmanager
def _told_states(context: ServerContext) -> Generator[None]:
    """Publish every switch that the block has changed."""
    before = context.settings.states()
    yield
    for topic, state in context.settings.states().items():
        if before.get(topic) != state:
            context.topics.publish(Message(topic, state, retain=True))


def _hint(waiting: Sequence[str]) -> str:
    """What to add to an answer when not everything came into effect."""
    if not waiting:
        return ""
    more = len(waiting) - MAX_SHOWN
    keys = ", ".join(waiting[:MAX_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return f" Restart to apply: {keys}."
