"""What a webhook is sent: templated JSON, signed. Pure."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json

from picket.config.notifications import BODY_FIELDS, ChannelConfig
from picket.domain.notice import Notice
from picket.notify.post import Parcel
from picket.notify.wording import fill_tree

WHOLE_BODY = {name: f"{{{name}}}" for name in BODY_FIELDS}
SECRET_PREFIX = "whsec_"  # noqa: S105 - how such a key begins


def webhook_parcel(
    config: ChannelConfig, notice: Notice, picture: bytes | None, now: float
) -> Parcel:
    """The request for a notification.

    Args:
        config: of the channel.
        notice: what is told.
        picture: JPEG that goes along, or None.
        now: Unix seconds, signed so that an old request is worth nothing to who overheard it.
    """
    fields = {
        **notice.fields,
        "title": notice.title,
        "message": notice.message,
        "picture": None if picture is None else base64.b64encode(picture).decode(),
    }
    tree = WHOLE_BODY if config.body is None else config.body
    body = json.dumps(fill_tree(tree, fields), ensure_ascii=False).encode()
    timestamp = str(int(now))
    headers = {
        **config.headers,
        "Content-Type": "application/json",
        "Idempotency-Key": notice.key,
        "webhook-id": notice.key,
        "webhook-timestamp": timestamp,
    }
    if config.secret:
        headers["webhook-signature"] = sign(config.secret, notice.key, timestamp, body)
    return Parcel(config.url, body, headers)


def sign(secret: str, key: str, timestamp: str, body: bytes) -> str:
    """The signature of a request.

    Source: the Standard Webhooks specification, 1.0, symmetric signatures (HMAC-SHA256).
    """
    content = f"{key}.{timestamp}.".encode() + body
    digest = hmac.new(key_bytes(secret), content, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def key_bytes(secret: str) -> bytes:
    """The key: after `whsec_` it is Base64, any other text is itself."""
    if secret.startswith(SECRET_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
        except binascii.Error:
            pass  # a text that happens to begin so
    return secret.encode()
