"""Owns what each kind of viewer gets from each mutation: done, or the code of the refusal.

Must not call anything: `test_matrix` does.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from models.database import connection, fetch_one
from models.refusal import RefusalCode
from schema.global_id import write_id
from tests.schema.mutations.people import PASSWORD, Kind, Scene, give_password, session
from tests.support.api import Api, Json
from tests.support.marketplace import START

DONE = None
_FORBIDDEN, _NOT_FOUND = RefusalCode.FORBIDDEN, RefusalCode.NOT_FOUND
Expected = Mapping[Kind, RefusalCode | None]
_SIGNED_IN = [kind for kind in Kind if kind is not Kind.ANONYMOUS]

LEAD: Json = {
    "title": "A new roof",
    "brief": "Two hundred square metres of tiles, in spring.",
    "category": "Roofing",
    "country": "DE",
    "contact": {"fullName": "Rita Fake-Sample", "email": "rita.fake@x.example", "preferredChannel": "EMAIL"},
}
FILE = b"id,name,email\n7,Rita Fake-Sample,rita.fake@x.example\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One mutation: its input, and what becomes of it for each kind; ANONYMOUS is always named apart."""

    given: Callable[[Api, Scene], Awaitable[Json | None]]
    expected: Expected
    for_anonymous: bool = False


def _only(*allowed: Kind, others: RefusalCode = _NOT_FOUND, **codes: RefusalCode) -> Expected:
    named = {Kind[name]: code for name, code in codes.items()}
    return {kind: DONE if kind in allowed else named.get(kind, others) for kind in _SIGNED_IN}


_PARTIES = {"OWNER": _FORBIDDEN, "MEMBER": _FORBIDDEN, "OPERATOR": _FORBIDDEN}


async def _submit(_: Api, scene: Scene) -> Json:
    return {
        "leadId": write_id("Lead", scene.free.id),
        "introduction": "We lay tiles.",
        "idempotencyKey": "once",
        "meetingAt": "2026-03-05T09:00:00Z",
    }


async def _application(_: Api, scene: Scene) -> Json:
    return {"applicationId": scene.application}


async def _rescheduled(_: Api, scene: Scene) -> Json:
    at = START.replace(day=6).isoformat()
    return {
        "applicationId": scene.application,
        "kind": "RESCHEDULED",
        "at": at,
        "idempotencyKey": "once",
    }


async def _purchase(_: Api, scene: Scene) -> Json:
    return {
        "accountId": write_id("Account", scene.place.vendor.id),
        "points": 5,
        "idempotencyKey": "once",
    }


async def _publish(_: Api, scene: Scene) -> Json:
    return {**LEAD, "market": scene.place.market.code}


async def _import(_: Api, scene: Scene) -> Json:
    return {"file": FILE, "market": scene.place.market.code, "category": "Roofing", "country": "DE"}


async def _notification(_: Api, scene: Scene) -> Json:
    row = await fetch_one(
        connection(), "SELECT id FROM feed_event WHERE recipient = $1 ORDER BY seq", scene.place.vendor.id
    )
    assert row is not None
    return {"ids": [write_id("Notification", row["id"])]}


async def _password(_: Api, scene: Scene) -> Json:
    return {"email": await give_password(scene.place.agent.user_id), "password": PASSWORD}


async def _refresh(api: Api, scene: Scene) -> Json:
    return {"refreshToken": (await session(api, scene.place.agent.user_id)).refresh_token}


async def _nothing(_: Api, __: Scene) -> None:
    return None


MATRIX: dict[str, Case] = {
    "applicationSubmit": Case(_submit, _only(Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR, others=_FORBIDDEN)),
    "applicationReview": Case(_application, _only(Kind.PROSPECT, **_PARTIES)),
    "applicationAccept": Case(_application, _only(Kind.PROSPECT, **_PARTIES)),
    "applicationDecline": Case(_application, _only(Kind.PROSPECT, **_PARTIES)),
    "meetingRecord": Case(_rescheduled, _only(Kind.OWNER, Kind.MEMBER, Kind.PROSPECT, Kind.OPERATOR)),
    "pointsPurchase": Case(_purchase, _only(Kind.OPERATOR, others=_FORBIDDEN)),
    "leadPublish": Case(
        _publish, _only(Kind.PROSPECT, Kind.OTHER_PROSPECT, Kind.OPERATOR, others=_FORBIDDEN)
    ),
    "leadImport": Case(_import, _only(Kind.OPERATOR, others=_FORBIDDEN)),
    "notificationRead": Case(_notification, _only(Kind.OWNER, Kind.MEMBER)),
    "signIn": Case(_password, _only(*_SIGNED_IN), for_anonymous=True),
    "tokenRefresh": Case(_refresh, _only(*_SIGNED_IN), for_anonymous=True),
    "signOut": Case(_nothing, _only(*_SIGNED_IN)),
}
