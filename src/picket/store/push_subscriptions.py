"""Queries of the table `push_subscription`: browsers that want to be told."""

from __future__ import annotations

from picket.domain.errors import InvalidRequest, NotFound
from picket.domain.notice import PushSubscription
from picket.store.database import Database

MOST_SUBSCRIPTIONS = 100
"""More browsers than a household has, and few enough to tell all of them at once."""


def put_subscription(db: Database, subscription: PushSubscription) -> None:
    """Keep a browser; the same one again takes over its keys and name.

    Raises: InvalidRequest when there are too many.
    """
    others = [one for one in list_subscriptions(db) if one.endpoint != subscription.endpoint]
    if len(others) >= MOST_SUBSCRIPTIONS:
        raise InvalidRequest(
            f"{len(others)} browsers are subscribed, the most there can be: unsubscribe one first"
        )
    db.execute(
        """
        INSERT INTO push_subscription (endpoint, p256dh, auth, created_time, name)
        VALUES (:endpoint, :p256dh, :auth, :created_time, :name)
        ON CONFLICT (endpoint) DO UPDATE SET
               p256dh = excluded.p256dh,
               auth = excluded.auth,
               name = excluded.name
        """,
        {
            "endpoint": subscription.endpoint,
            "p256dh": subscription.p256dh,
            "auth": subscription.auth,
            "created_time": subscription.created_time,
            "name": subscription.name,
        },
    )


def remove_subscription(db: Database, endpoint: str) -> None:
    """Forget a browser. Raises: NotFound."""
    if not db.execute(
        "DELETE FROM push_subscription WHERE endpoint = :endpoint", {"endpoint": endpoint}
    ):
        raise NotFound("this browser is not subscribed")


def list_subscriptions(db: Database) -> tuple[PushSubscription, ...]:
    """All of them, oldest first."""
    rows = db.rows(
        "SELECT endpoint, p256dh, auth, created_time, name FROM push_subscription"
        " ORDER BY created_time, endpoint"
    )
    return tuple(
        PushSubscription(
            row["endpoint"], row["p256dh"], row["auth"], row["created_time"], row["name"]
        )
        for row in rows
    )
