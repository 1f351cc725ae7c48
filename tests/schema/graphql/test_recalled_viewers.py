"""A viewer is taken as it was a moment ago only if the statement of a plan confirms it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio

from models.accounts.authentication import SignIn
from models.accounts.confirming import Confirming, Unconfirmed
from models.base.database import connection, fetch
from models.base.unavailable import Unavailable
from schema.graphql import contact_access
from schema.graphql.fast_path.answering import Answers
from schema.graphql.known_operations import KnownOperations
from schema.graphql.rate_limit import Allowance
from tests.support.api import Api, Client
from tests.support.plans import answers_of, bytes_of, without_plans
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.viewers import Kind

LEADS = "{ leads { nodes { id title contact { fullName email } } } }"
BELOW_ROWS = "{ leads { nodes { id applications { nodes { lead { id contact { fullName } } } } } } }"
EMPTY = '{ leads(filter: {category: "None"}) { nodes { id } } }'
END = "UPDATE refresh_token SET revoked_at = now() WHERE id = family AND user_id = $1"


@pytest.fixture
def recalled(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Note of each request for a recalled viewer whether it was answered."""
    noted: list[bool] = []
    answer = KnownOperations.answer

    async def note(self: KnownOperations, *given: object) -> object:
        noted.append(False)
        result = await answer(self, *given)  # type: ignore[arg-type]
        noted[-1] = result is not None
        return result

    monkeypatch.setattr(KnownOperations, "answer", note)
    return noted


async def known_to(client: Client, document: str = LEADS) -> bytes:
    """Send a document until it is planned and its viewer can be recalled; return the answer."""
    return [await bytes_of(client, document) for _ in range(3)][-1]


async def test_a_recalled_viewer_costs_no_statement_of_its_own(scene: Scene, recalled: list[bool]) -> None:
    owner = scene.clients[Kind.OWNER]
    expected = await known_to(owner)
    recalled.clear()
    with recorded_statements() as statements:
        assert await bytes_of(owner, LEADS) == expected
    assert len(statements) == 1
    assert recalled == [True]


async def test_a_session_that_has_ended_reads_nothing(scene: Scene, recalled: list[bool]) -> None:
    """The answer is that of a token whose session was never known here to be good."""
    owner, viewer = scene.clients[Kind.OWNER], scene.market.vendor.owner
    await known_to(owner)
    recalled.clear()
    await fetch(connection(), END, viewer.user_id)
    answers = [await bytes_of(owner, LEADS) for _ in range(2)]
    assert recalled == [False], "the second is not even recalled"
    assert answers[0] == answers[1]
    assert b"SESSION_ENDED" in answers[0]
    assert b"fullName" not in answers[0]


async def test_a_session_that_has_ended_has_the_plan_return_no_rows(scene: Scene) -> None:
    """The condition is in the statement itself: no row leaves the database."""
    owner, viewer = scene.clients[Kind.OWNER], scene.market.vendor.owner
    await known_to(owner)
    await fetch(connection(), END, viewer.user_id)
    with recorded_statements() as statements:
        await bytes_of(owner, LEADS)
    confirming = statements[0]
    assert "head.revoked_at IS NULL" in confirming.sql
    assert await fetch(connection(), confirming.sql, *confirming.values) == []


@pytest.mark.parametrize(
    "change",
    ["disabled_at = now()", "account_role = NULL, account_id = NULL, operator = true", "locale = 'de'"],
)
async def test_a_user_that_has_changed_is_authenticated_again(
    scene: Scene, recalled: list[bool], change: str
) -> None:
    """A disabled one, one with other rights, one with another language: as without plans."""
    owner, viewer = scene.clients[Kind.OWNER], scene.market.vendor.owner
    document = "{ leads { nodes { id visibility { message } contact { fullName } } } }"
    before = await known_to(owner, document)
    await fetch(connection(), f"UPDATE users SET {change} WHERE id = $1", viewer.user_id)
    answer = await bytes_of(owner, document)
    assert recalled[-1] is False
    assert answer != before
    with without_plans():
        assert await bytes_of(owner, document) == answer


async def test_an_empty_page_confirms_nobody_and_is_answered_as_usual(
    scene: Scene, recalled: list[bool]
) -> None:
    """The next request does not try, so that a list which stays empty is seldom read twice."""
    owner = scene.clients[Kind.OWNER]
    await known_to(owner, EMPTY)
    recalled.clear()
    answers = [await bytes_of(owner, EMPTY) for _ in range(4)]
    assert len(set(answers)) == 1
    assert recalled == [False, False]


async def test_another_viewer_is_not_confirmed_by_somebody_elses_session(scene: Scene) -> None:
    owner, other = scene.clients[Kind.OWNER], scene.clients[Kind.OTHER_VENDOR]
    mine, theirs = await known_to(owner), await known_to(other)
    assert mine != theirs
    assert [await bytes_of(client, LEADS) for client in (owner, other, owner)] == [mine, theirs, mine]


class _Rate:
    """A rate limit that notes what is taken, and refuses users if it is told to."""

    refuses = False

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def take(self, _: object, __: object, key: str, ___: int) -> Allowance:
        self.taken.append(key.partition(":")[0])
        passed = not (self.refuses and key.startswith("user:"))
        return Allowance(passed, 0, 100, 0.0 if passed else 7.0)


@pytest_asyncio.fixture(loop_scope="session")
async def rate(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> _Rate:
    """Limit the rate of known queries; the tests' schema has no limit."""
    answers, _ = await answers_of(scene.clients[Kind.OWNER])
    known = answers._schema._strawberry_schema.known  # type: ignore[attr-defined]
    limit = _Rate()
    monkeypatch.setattr(known, "_limits", replace(known._limits, rate=limit))
    return limit


async def test_a_request_that_is_not_confirmed_is_charged_once(scene: Scene, rate: _Rate) -> None:
    owner = scene.clients[Kind.OWNER]
    await known_to(owner, EMPTY)
    rate.taken.clear()
    for _ in range(4):
        await bytes_of(owner, EMPTY)
    assert rate.taken == ["user"] * 4


async def test_a_recalled_viewer_over_the_rate_limit_is_refused_as_ever(
    scene: Scene, rate: _Rate, recalled: list[bool]
) -> None:
    """If its session has ended, it is told that, not how much it has used."""
    owner, viewer = scene.clients[Kind.OWNER], scene.market.vendor.owner
    await known_to(owner)
    rate.refuses = True
    answer = await owner.ask(LEADS)
    assert (answer.status, answer.headers["retry-after"]) == (429, "7")
    rate.refuses = False
    await known_to(owner)
    await fetch(connection(), END, viewer.user_id)
    rate.refuses = True
    assert "UNAUTHENTICATED" in (await owner.ask(LEADS)).codes
    assert recalled[-1] is False


async def test_contact_data_below_rows_is_logged_for_a_recalled_operator(
    scene: Scene, recalled: list[bool]
) -> None:
    """The rows of operators have none, but what is loaded for them may."""
    operator, seen = scene.clients[Kind.OPERATOR], "SELECT user_id, lead_id FROM contact_access"
    await known_to(operator, BELOW_ROWS)
    before = await fetch(connection(), seen)
    answer = await bytes_of(operator, BELOW_ROWS)
    shown = set(re.findall(rb'"lead":{"id":"([^"]+)","contact":{"', answer))
    assert recalled[-1] is True
    assert shown
    assert len(await fetch(connection(), seen)) == len(before) + len(shown)


async def test_contact_data_that_cannot_be_logged_is_not_shown_to_a_recalled_operator(
    scene: Scene, recalled: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = scene.clients[Kind.OPERATOR]
    await known_to(operator, BELOW_ROWS)

    async def fail(*_: object) -> None:
        raise RuntimeError("private details")

    monkeypatch.setattr(contact_access, "log_contact_access", fail)
    answer = await operator.ask(BELOW_ROWS)
    assert recalled[-1] is True
    assert answer.codes == ["INTERNAL"]
    assert answer.body.get("data") is None
    assert "private details" not in str(answer.body)


async def test_an_expired_token_is_not_recalled(scene: Scene, api: Api, recalled: list[bool]) -> None:
    owner = scene.clients[Kind.OWNER]
    await known_to(owner)
    recalled.clear()
    api.clock.offset = timedelta(days=100)
    assert "UNAUTHENTICATED" in (await owner.ask(LEADS)).codes
    assert not recalled


async def test_an_outage_is_reported_as_when_authenticating(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = scene.clients[Kind.OWNER]
    await known_to(owner)

    async def away(self: Answers, *_: object) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(Answers, "answer", away)
        answer = await owner.ask(LEADS)
    assert answer.status == 503
    assert answer.headers["retry-after"]
    assert "data" not in answer.body


async def test_a_confirmed_connection_reads_on_without_the_condition(scene: Scene) -> None:
    """The first statement with rows confirms the sign-in; an empty one before it does not."""
    viewer = scene.market.vendor.owner
    row = (
        await fetch(
            connection(),
            """SELECT u.id, u.xmin::text::bigint AS version, head.id AS session
               FROM users u JOIN refresh_token head ON head.user_id = u.id AND head.id = head.family
               WHERE u.id = $1""",
            viewer.user_id,
        )
    )[0]
    confirming = Confirming(connection(), SignIn(row["id"], row["version"], row["session"]))
    conn = confirming.conn
    with pytest.raises(Unconfirmed):
        await fetch(conn, "SELECT id FROM lead WHERE title = $1", "none")
    confirmed = [confirming.confirmed]
    assert await fetch(conn, "SELECT $1::int AS n", 7)
    assert [*confirmed, confirming.confirmed] == [False, True]
    assert await fetch(conn, "SELECT id FROM lead WHERE title = $1", "none") == []
    assert confirming.conn is connection()
    other = Confirming(connection(), SignIn(row["id"], row["version"] - 1, row["session"]))
    with pytest.raises(Unconfirmed):
        await fetch(other.conn, "SELECT $1::int AS n", 7)
