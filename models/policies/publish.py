"""Publishing a policy: a new immutable version of a market's numbers. Running cases keep theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import earlier_answer, first_answer
from models.base.ids import new_id
from models.base.refusals import RequestRefusal
from models.base.viewer import Viewer
from models.policies.draft.check import Counterexample, counterexamples
from models.policies.draft.read import Draft, read_draft
from models.policies.refusals import PolicyRefusal
from models.policies.versions import insert_policy
from rules import PolicyError
from rules.parameters import label

OPERATION = "policyPublish"
_NOW = timedelta(minutes=1)  # a time so little in the past means now: the request was under way


@dataclass(frozen=True, slots=True)
class Publication:
    """What an operator publishes; `expected_latest` is the version that the operator compared it with."""

    market: str
    parameters: Mapping[str, object]
    version: str
    effective_from: datetime
    expected_latest: str
    idempotency_key: str

    def given(self) -> dict[str, object]:
        """Return the input as JSON types."""
        return {
            "market": self.market,
            "parameters": dict(self.parameters),
            "version": self.version,
            "effectiveFrom": self.effective_from.isoformat(),
            "expectedLatestVersion": self.expected_latest,
        }


@dataclass(frozen=True, slots=True)
class Published:
    """The new version, or of the same key before; without `draft`, it was not checked again."""

    policy_id: UUID | None
    draft: Draft | None = None
    counterexamples: tuple[Counterexample, ...] = ()


async def publish(conn: Connection, viewer: Viewer, given: Publication) -> Published:
    """Check a draft, then publish it as the market's latest version; without a policy id if the rules do not
    hold under it.

    Raises `Refusal` or `Refusals`: FORBIDDEN for everyone but operators, INVALID with the path of a field,
    CONFLICT if another version was published since, and those of idempotency keys.
    """
    if not viewer.operator or viewer.user_id is None:
        raise RequestRefusal.ONLY_FOR_OPERATORS.at(action="publish policies")
    scope, key = viewer.user_id, given.idempotency_key
    earlier = await earlier_answer(conn, scope=scope, operation=OPERATION, key=key, given=given.given())
    if earlier is not None:
        return Published(earlier)
    try:
        label("version", given.version)
    except PolicyError as error:
        raise PolicyRefusal.VERSION_INVALID.at("version") from error
    draft = await read_draft(conn, given.market, given.parameters, "draft")
    _check_latest(draft.latest.version if draft.latest else "", given)
    if given.effective_from < await database_now(conn) - _NOW:
        raise PolicyRefusal.EFFECTIVE_IN_THE_PAST.at("effectiveFrom")
    examples = tuple(await counterexamples(draft))
    if examples:
        return Published(None, draft, examples)
    async with transaction() as own:
        policy_id = await _store(own, scope, draft, given)
    return Published(policy_id, draft)


async def _store(conn: Connection, scope: UUID, draft: Draft, given: Publication) -> UUID:
    """Of two who publish at once, the second waits for the market's row, and then finds another version."""
    await fetch(conn, "SELECT FROM market WHERE id = $1 FOR NO KEY UPDATE", draft.market_id)
    now, policy_id = await database_now(conn), new_id()
    earlier = await first_answer(
        conn,
        scope=scope,
        operation=OPERATION,
        key=given.idempotency_key,
        given=given.given(),
        result=policy_id,
        now=now,
    )
    if earlier is not None:
        return earlier
    latest = await fetch_one(
        conn,
        """SELECT version, effective_from FROM policy WHERE market_id = $1
           ORDER BY effective_from DESC LIMIT 1""",
        draft.market_id,
    )
    _check_latest(latest["version"] if latest else "", given)
    if await fetch(conn, "SELECT FROM policy WHERE version = $1", given.version):
        raise PolicyRefusal.VERSION_TAKEN.at("version")
    effective_from = max(given.effective_from, now)
    if latest is not None and effective_from <= latest["effective_from"]:
        raise PolicyRefusal.EFFECTIVE_BEFORE_LATEST.at("effectiveFrom", at=latest["effective_from"])
    await insert_policy(
        conn,
        policy_id,
        draft.market_id,
        given.version,
        parameters=draft.policy.parameters(),
        effective_from=effective_from,
    )
    return policy_id


def _check_latest(latest: str, given: Publication) -> None:
    if latest != given.expected_latest:
        raise PolicyRefusal.LATEST_VERSION_CHANGED.at("expectedLatestVersion", latest=latest)
