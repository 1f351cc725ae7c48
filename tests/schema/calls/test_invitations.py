"""Sub-accounts (S4.14): the invitation, the page on which the password is set, and how access ends."""

import asyncio
from datetime import timedelta

import pytest

from models.base.database import connection
from models.messages.links import link_token
from models.messages.tables import LinkPurpose
from schema.http.invitations import PER_TOKEN
from tests.schema.calls.conftest import Called
from tests.support.api import Api, Client, Json
from tests.support.database import Database
from tests.support.invariants import snapshot
from tests.support.messages import CONTEXT, FakeChannel, dispatches, one_dispatch, send_all
from tests.support.viewers import Kind

ACCESS = """mutation ($input: EmployeeAccessCreateInput!) { employeeAccessCreate(input: $input) {
    employee { user { name email } } userErrors { code field } } }"""
CLOSE = """mutation ($input: EmployeeAccessDeleteInput!) { employeeAccessDelete(input: $input) {
    employee { user { id } } userErrors { code field } } }"""
SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) {
    viewer { roles employee { displayName } } accessToken userErrors { code } } }"""
ADDRESS, PASSWORD = "cleo.self@vendor.example", "violet ladder hums a tune"
DAY = timedelta(days=1)


async def invite(called: Called, key: str, *, email: str = ADDRESS, kind: Kind = Kind.OWNER) -> Json:
    given = {"employeeId": called.id("cleo"), "email": email, "idempotencyKey": key}
    payload: Json = (await called.clients[kind].ask(ACCESS, input=given)).data["employeeAccessCreate"]
    return payload


async def link(channel: FakeChannel) -> str:
    """Send what is due, and return the path of the newest letter's page."""
    await send_all(channel)
    [button] = channel.sent[-1][1].buttons
    return button.url.removeprefix(CONTEXT.origin)


async def accept(api: Api, path: str, password: str = PASSWORD, repeated: str | None = None) -> str:
    """Post the form of the page, and return the answer."""
    form = {"password": password, "repeated": password if repeated is None else repeated}
    return (await api.http.post(path, data=form)).text


async def sign_in(called: Called, email: str = ADDRESS) -> Json:
    given = {"email": email, "password": PASSWORD}
    payload: Json = (await called.clients[Kind.ANONYMOUS].ask(SIGN_IN, input=given)).data["signIn"]
    return payload


async def test_an_employee_sets_a_password_by_the_link_and_signs_in_until_access_ends(
    called: Called, api: Api
) -> None:
    """The owner never learns the password; the same request again sends nothing."""
    made = await invite(called, "k")
    assert made == {"employee": {"user": {"name": "Cleo Vip", "email": ADDRESS}}, "userErrors": []}
    assert await invite(called, "k") == made
    channel = FakeChannel()
    path = await link(channel)
    [(_, letter)] = channel.sent
    assert (letter.language, letter.buttons[0].label) == ("de", "Kennwort festlegen")
    assert letter.subject == "Ihr Zugang zum Telefonsekretariat von Fake Vendor Ltd"
    assert "Fake Vendor Ltd hat Ihnen einen Zugang" in letter.text
    assert [error["code"] for error in (await sign_in(called))["userErrors"]] == ["FORBIDDEN"]

    page = await api.http.get(path)
    assert (page.status_code, page.text.count('type="password"')) == (200, 2)
    assert '<html lang="de">' in page.text
    assert ADDRESS not in page.text
    assert "Cleo" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Ihr Kennwort ist festgelegt." in await accept(api, path)
    signed = await sign_in(called)
    assert signed["viewer"] == {"roles": ["EMPLOYEE"], "employee": {"displayName": "Cleo Vip"}}

    closed = await called.clients[Kind.OWNER].ask(CLOSE, input={"employeeId": called.id("cleo")})
    assert closed.data["employeeAccessDelete"] == {"employee": {"user": None}, "userErrors": []}
    assert [error["code"] for error in (await sign_in(called))["userErrors"]] == ["FORBIDDEN"]
    me = Client(api.http, signed["accessToken"])
    assert (await me.ask("{ viewer { roles } }")).codes == ["UNAUTHENTICATED"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_a_scanner_that_opens_the_link_changes_nothing(called: Called, api: Api, method: str) -> None:
    await invite(called, "k")
    path = await link(FakeChannel())
    before = await snapshot(connection())
    response = await api.http.request(method, path)
    assert response.status_code == (405 if method == "OPTIONS" else 200)
    assert await snapshot(connection()) == before


async def test_a_password_that_is_refused_leaves_the_link_as_it_was(called: Called, api: Api) -> None:
    """The rules are those of every other password."""
    await invite(called, "k")
    path = await link(FakeChannel())
    before = await snapshot(connection())
    for password, repeated, said in (
        ("", None, "zu kurz"),
        ("short", None, "zu kurz"),
        ("CleoVip-2026", None, "leicht zu erraten"),
        ("x" * 2_000, None, "zu lang"),
        (PASSWORD, "violet ladder hums another", "verschieden"),
    ):
        shown = await accept(api, path, password, repeated)
        assert '<p role="alert">' in shown
        assert said in shown
        assert not password or password not in shown
    assert await snapshot(connection()) == before
    assert (await api.http.post(path, content=b"x" * 40_000)).status_code == 413
    assert "festgelegt" in await accept(api, path)


async def test_a_link_works_once(called: Called, api: Api) -> None:
    """Also if it is posted twice at the same time."""
    await invite(called, "k")
    path = await link(FakeChannel())
    answers = await asyncio.gather(*(accept(api, path) for _ in range(2)))
    assert sorted("ist festgelegt" in answer for answer in answers) == [False, True]
    assert "bereits verwendet" in await accept(api, path, "another violet ladder hums")
    assert (await sign_in(called))["userErrors"] == []
    assert [error["code"] for error in (await invite(called, "again"))["userErrors"]] == ["CONFLICT"]


async def test_a_link_expires_after_seven_days(called: Called, api: Api, database: Database) -> None:
    await invite(called, "k")
    path = await link(FakeChannel())
    await database.clock.advance(7 * DAY - timedelta(microseconds=1))
    assert "password" in (await api.http.get(path)).text
    await database.clock.advance(timedelta(microseconds=1))
    assert "abgelaufen" in await accept(api, path)
    assert [error["code"] for error in (await sign_in(called))["userErrors"]] == ["FORBIDDEN"]


async def test_a_new_invitation_ends_the_old_link(called: Called, api: Api) -> None:
    """Already before the new letter is sent; a wrong address can be corrected."""
    await invite(called, "first", email="celo.typo@vendor.example")
    channel = FakeChannel()
    old = await link(channel)
    second = await invite(called, "second")
    assert second["employee"]["user"]["email"] == ADDRESS
    assert "durch einen neueren ersetzt" in await accept(api, old)
    new = await link(channel)
    assert new != old
    assert "durch einen neueren ersetzt" in await accept(api, old)
    assert "ist festgelegt" in await accept(api, new)
    assert (await sign_in(called))["userErrors"] == []


async def test_of_two_letters_that_wait_only_the_newer_is_sent(called: Called) -> None:
    for key in ("first", "second"):
        await invite(called, key)
    assert len((await send_all()).sent) == 1
    states = [row["state"] for row in await dispatches("employee_invitation")]
    assert sorted(states) == ["CANCELLED", "SENT"]


async def test_an_address_in_use_is_refused_and_nothing_changes(called: Called) -> None:
    """Whether the invitation is the first, or corrects another."""
    taken = await called.clients[Kind.MEMBER].ask("{ viewer { user { email } } }")
    address = taken.data["viewer"]["user"]["email"]
    for key in ("first", "second"):
        before = await snapshot(connection())
        payload = await invite(called, key, email=address)
        assert [(error["code"], error["field"]) for error in payload["userErrors"]] == [
            ("CONFLICT", ["email"])
        ]
        assert await snapshot(connection()) == before
        await invite(called, "good")


async def test_nobody_is_invited_more_than_five_times_a_day(called: Called, database: Database) -> None:
    codes = [
        [error["code"] for error in (await invite(called, str(number)))["userErrors"]] for number in range(6)
    ]
    assert codes == [[], [], [], [], [], ["LIMIT_EXCEEDED"]]
    await database.clock.advance(DAY)
    assert (await invite(called, "tomorrow"))["userErrors"] == []


async def test_closed_access_ends_the_link_and_can_be_given_again(called: Called, api: Api) -> None:
    """To the same address; the old password and the old link stay invalid."""
    await invite(called, "first")
    channel = FakeChannel()
    path = await link(channel)
    await accept(api, path)
    owner = called.clients[Kind.OWNER]
    await owner.ask(CLOSE, input={"employeeId": called.id("cleo")})
    assert (await api.http.get(path)).status_code == 404
    assert (await invite(called, "again"))["userErrors"] == []
    assert [error["code"] for error in (await sign_in(called))["userErrors"]] == ["FORBIDDEN"]
    assert "durch einen neueren ersetzt" in await accept(api, path)
    assert "ist festgelegt" in await accept(api, await link(channel))


async def test_a_letter_whose_invitation_was_closed_is_not_sent(called: Called) -> None:
    await invite(called, "first")
    await called.clients[Kind.OWNER].ask(CLOSE, input={"employeeId": called.id("cleo")})
    assert (await send_all()).sent == []


async def test_only_owners_and_operators_invite_and_see_the_user(called: Called) -> None:
    document = "query ($id: ID!) { node(id: $id) { ... on Employee { user { email mobile } } } }"
    for kind in (Kind.MEMBER, Kind.EMPLOYEE, Kind.AGENT, Kind.PROSPECT, Kind.OTHER_VENDOR):
        before = await snapshot(connection())
        codes = [error["code"] for error in (await invite(called, "k", kind=kind))["userErrors"]]
        assert codes == (["NOT_FOUND"] if kind is Kind.OTHER_VENDOR else ["FORBIDDEN"]), kind
        assert await snapshot(connection()) == before
    seen = {
        kind: ((await client.ask(document, id=called.id("own"))).data["node"] or {}).get("user")
        for kind, client in called.clients.items()
        if kind is not Kind.ANONYMOUS
    }
    assert {kind for kind, user in seen.items() if user is not None} == {Kind.OWNER, Kind.OPERATOR}


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "é" * 64])
async def test_a_link_that_nobody_sent_is_unknown(called: Called, api: Api, token: str) -> None:
    response = await api.http.get(f"/invitation/{token}", headers={"Accept-Language": "ro"})
    assert response.status_code == 404
    assert "Acest link nu este valid" in response.text


async def test_a_token_of_another_purpose_is_no_invitation(called: Called, api: Api) -> None:
    await invite(called, "k")
    await send_all()
    dispatch_id = (await one_dispatch("employee_invitation"))["id"]
    other = link_token(CONTEXT, LinkPurpose.ANSWER, dispatch_id)
    assert (await api.http.get(f"/invitation/{other}")).status_code == 404
    token = link_token(CONTEXT, LinkPurpose.INVITATION, dispatch_id)
    assert (await api.http.get(f"/answer/{token}")).status_code == 404
    codes = [(await api.http.get(f"/invitation/{token}")).status_code for _ in range(PER_TOKEN + 1)]
    assert codes[-1] == 429
