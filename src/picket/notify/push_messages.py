"""Web push messages: encrypted for a browser, signed for its push service.

Sources: RFC 8030 (the protocol), RFC 8291 (encryption), RFC 8292 (VAPID).
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import http_ece
import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02, VapidException

from picket.domain.errors import ConfigError, InvalidRequest
from picket.domain.notice import Notice, PushSubscription
from picket.notify.post import Parcel, origin

KNOWN_SERVICES = (
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://web.push.apple.com",
)
KNOWN_SUFFIXES = (".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
TOKEN_S = 12 * 3600  # a day is the most that push services accept
MOST_TITLE, MOST_TEXT = 120, 500  # characters: a message has at most 3993 bytes
POINT_BYTES, AUTH_BYTES = 65, 16


def require_subscription(subscription: PushSubscription, further: Collection[str]) -> None:
    """Raises: InvalidRequest when the browser cannot be told, or not by a push service we know."""
    require_service(subscription.endpoint, further)
    point = read_key(subscription.p256dh, POINT_BYTES, "p256dh")
    read_key(subscription.auth, AUTH_BYTES, "auth")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError:
        raise InvalidRequest("keys.p256dh is no public key: it is not on the curve") from None


def require_service(endpoint: str, further: Collection[str]) -> None:
    """A browser says where its messages go: only push services are sent any.

    Raises: InvalidRequest.
    """
    try:
        place = origin(endpoint)
    except httpx.InvalidURL:
        place = ""
    is_known = place in KNOWN_SERVICES or (
        place.startswith("https://") and place.endswith(KNOWN_SUFFIXES)
    )
    if not is_known and place not in further:
        raise InvalidRequest(
            f"{place or endpoint[:60]!r} is no push service that is known here: if it is one, name"
            " it in `services` of the channel"
        )


def read_key(text: str, size_bytes: int, what: str) -> bytes:
    """The bytes of a subscription's key. Raises: InvalidRequest."""
    try:
        found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        found = b""
    if len(found) != size_bytes:
        raise InvalidRequest(f"keys.{what} must be {size_bytes} bytes in Base64url")
    return found


@dataclass(frozen=True)
class ServerKey:
    """The key by which push services know us, in a file that only we may read."""

    file: Path

    @property
    def public(self) -> str:
        """What a page needs to subscribe (`applicationServerKey`), Base64url."""
        point = self._vapid.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).decode().rstrip("=")

    def authorization(self, endpoint: str, contact: str, now: float) -> str:
        """The header by which a push service knows who sends. Raises: ConfigError."""
        claims = {"aud": origin(endpoint), "exp": int(now) + TOKEN_S, "sub": contact}
        try:
            return str(self._vapid.sign(claims)["Authorization"])
        except VapidException as error:
            raise ConfigError(f"push services would not take `contact`: {error}") from None

    @cached_property
    def _vapid(self) -> Vapid02:
        """Made at first use; browsers that subscribed know no other.

        Raises: ConfigError when the file cannot be written or is damaged.
        """
        try:
            if not self.file.exists():
                self._make()
            return Vapid02.from_pem(self.file.read_bytes())
        except (OSError, ValueError, VapidException) as error:
            raise ConfigError(
                f"the key for web push cannot be used ({error}): mend the file, or remove it and"
                f" subscribe every browser anew: {self.file}"
            ) from None

    def _make(self) -> None:
        fresh = Vapid02()
        fresh.generate_keys()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.file.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
            f.write(fresh.private_pem())
            f.flush()
            os.fsync(f.fileno())
        temporary.replace(self.file)


def push_parcel(
    subscription: PushSubscription, notice: Notice, key: ServerKey, contact: str, now: float
) -> Parcel:
    """The request that brings a notification to a browser, whose keys were checked."""
    headers = {
        "Authorization": key.authorization(subscription.endpoint, contact, now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int(notice.expires_time - now))),
        "Topic": notice.key,  # the service keeps only the newest of one topic
        "Urgency": "high",
    }
    content = json.dumps(push_content(notice), ensure_ascii=False).encode()
    return Parcel(subscription.endpoint, _encrypt(content, subscription), headers)


def push_content(notice: Notice) -> dict[str, Any]:
    """What the page's service worker is given; notifications with one tag replace each other."""
    fields = notice.fields
    return {
        "title": notice.title[:MOST_TITLE],
        "body": notice.message[:MOST_TEXT],
        "tag": notice.subject.id,
        "url": fields["link"],
        "image": fields["picture_link"] if notice.picture != "none" else None,
        "camera": fields["camera"],
        "event_id": fields["event_id"],
        "when": fields["when"],
        "time": notice.subject.time,
    }


def _encrypt(content: bytes, subscription: PushSubscription) -> bytes:
    sealed: bytes = http_ece.encrypt(
        content,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=read_key(subscription.p256dh, POINT_BYTES, "p256dh"),
        auth_secret=read_key(subscription.auth, AUTH_BYTES, "auth"),
        version="aes128gcm",
    )
    return sealed
