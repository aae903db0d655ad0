"""What an ntfy server is sent. Pure."""

from __future__ import annotations

import base64

from picket.config.notifications import ChannelConfig
from picket.domain.notice import Notice
from picket.notify.post import Parcel


def ntfy_parcel(config: ChannelConfig, notice: Notice, picture: bytes | None) -> Parcel:
    """The request for a notification: the text is the body, or the picture with the text beside it.

    Source: https://docs.ntfy.sh/publish/
    """
    fields = notice.fields
    wanted = {
        "Title": notice.title,
        "Priority": str(config.priority),
        "Click": str(fields["link"] or ""),
        "Idempotency-Key": notice.key,
    }
    if config.token:
        wanted["Authorization"] = f"Bearer {config.token}"
    if picture is not None:
        wanted |= {"Message": notice.message, "Filename": "snapshot.jpg"}
    elif notice.picture == "link":
        wanted["Attach"] = str(fields["picture_link"] or "")
    headers = {name: header_text(text) for name, text in wanted.items() if text}
    body = notice.message.encode() if picture is None else picture
    return Parcel(config.url, body, headers)


def header_text(text: str) -> str:
    """A text as a header can carry it. Source: RFC 2047, section 4.1."""
    if text.isascii() and text.isprintable():
        return text
    return f"=?UTF-8?B?{base64.b64encode(text.encode()).decode()}?="
