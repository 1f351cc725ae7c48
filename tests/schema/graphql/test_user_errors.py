"""User errors over the API: the reason in its domain's field, and the message in the viewer's language."""

import httpx
import pytest

from models.base.database import connection, fetch
from schema.graphql.error_reasons import DOMAINS
from schema.graphql.ids import write_id
from tests.support.api import Api
from tests.support.applied import Applied
from tests.support.invariants import snapshot
from tests.support.viewers import Kind

FIELDS = " ".join(domain.field for domain in DOMAINS)
ERRORS = f"userErrors {{ code reason message field {FIELDS} }}"
APPLY = f"""mutation ($lead: ID!) {{ applicationSubmit(input: {{
  leadId: $lead, introduction: "Again.", idempotencyKey: "again"
}}) {{ {ERRORS} }} }}"""
SIGN_IN = (
    f"""mutation {{ signIn(input: {{ email: "nobody@users.example", password: "no" }}) {{ {ERRORS} }} }}"""
)
ALREADY_APPLIED = {
    "en": "Your account has already applied for this lead.",
    "de": "Ihr Konto hat sich bereits um diesen Lead beworben.",
    "pl": "Państwa konto wysłało już zgłoszenie do tego leada.",
    "ro": "Contul dumneavoastră a trimis deja o cerere pentru acest lead.",
}


async def set_locale(user: object, locale: str) -> None:
    """Set the language of a user."""
    await fetch(connection(), "UPDATE users SET locale = $2 WHERE id = $1", user, locale)


def reasons(error: dict[str, object]) -> dict[str, object]:
    """The fields of domains that are not null."""
    return {domain.field: error[domain.field] for domain in DOMAINS if error[domain.field] is not None}


@pytest.mark.parametrize("locale", ["en", "de", "pl", "ro"])
async def test_the_message_is_in_the_users_language(api: Api, applied: Applied, locale: str) -> None:
    """Regardless of `Accept-Language`. The reason is only in its domain's field, and nothing is changed."""
    owner = applied.viewer(Kind.OWNER).user_id
    assert owner is not None
    await set_locale(owner, locale)
    headers = {"Authorization": f"Bearer {await api.token(owner)}", "Accept-Language": "ro, de;q=0.5"}
    before = await snapshot(connection())
    answer = await api.http.post(
        "/graphql",
        json={"query": APPLY, "variables": {"lead": write_id("Lead", applied.place.lead.id)}},
        headers=headers,
    )
    (error,) = answer.json()["data"]["applicationSubmit"]["userErrors"]
    assert (error["code"], error["reason"], error["field"]) == ("CONFLICT", "ALREADY_APPLIED", ["leadId"])
    assert reasons(error) == {"applicationReason": "ALREADY_APPLIED"}
    assert error["message"] == ALREADY_APPLIED[locale]
    assert await snapshot(connection()) == before


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        (None, "Incorrect email address or password."),
        ("fr", "Incorrect email address or password."),
        ("pl-PL,pl;q=0.9,en;q=0.8", "Nieprawidłowy adres e-mail lub hasło."),
        ("de", "E-Mail-Adresse oder Kennwort ist falsch."),
    ],
)
async def test_without_a_user_the_client_chooses_the_language(
    api: Api, accepted: str | None, said: str
) -> None:
    """With `Accept-Language`, for example at sign-in."""
    headers = {} if accepted is None else {"Accept-Language": accepted}
    answer: httpx.Response = await api.http.post("/graphql", json={"query": SIGN_IN}, headers=headers)
    (error,) = answer.json()["data"]["signIn"]["userErrors"]
    assert error["message"] == said
    assert reasons(error) == {"sessionReason": "CREDENTIALS_INCORRECT"}


async def test_an_error_of_a_query_has_its_reason_too(api: Api, applied: Applied) -> None:
    """In `extensions.reason`, next to the code."""
    client = await applied.client(api, Kind.OWNER)
    query = """{ complaintStatistics(
      period: { from: "2026-01-01T10:00:00Z", to: "2026-01-02T00:00:00Z" }
    ) { key } }"""
    (error,) = (await client.ask(query)).body["errors"]
    assert error["extensions"]["code"] == "INVALID"
    assert error["extensions"]["reason"] == "PERIOD_NOT_WHOLE_DAYS"
