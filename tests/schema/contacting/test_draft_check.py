"""`emailDraftCheck` through the API: who may ask, in which language, and the right to write to a person."""

import re
from typing import Any

import pytest

from models.base.database import connection, fetch
from models.base.ids import new_id
from schema.graphql.ids import write_id
from tests.support.api import Answer, Client
from tests.support.query_recorder import recorded_statements
from tests.support.scene import Scene
from tests.support.viewers import SIGNED_IN, Kind

CHECK = """query ($input: EmailDraftInput!) { emailDraftCheck(input: $input) {
    code field severity message } }"""
DRAFT = {"purpose": "THE_LEAD", "subject": "Re:", "text": "Anbei das Angebot."}


async def _asked(client: Client, **changes: Any) -> Answer:
    return await client.ask(CHECK, input=DRAFT | changes)


async def _codes(client: Client, **changes: Any) -> list[str]:
    return [finding["code"] for finding in (await _asked(client, **changes)).data["emailDraftCheck"]]


async def test_only_owners_and_members_check_emails(scene: Scene) -> None:
    for name in SIGNED_IN:
        answer = await _asked(scene.clients[name])
        expected = [] if name in (Kind.OWNER, Kind.MEMBER, Kind.OTHER_VENDOR) else ["FORBIDDEN"]
        assert answer.codes == expected, name
    assert (await _asked(scene.clients[Kind.ANONYMOUS])).codes == ["UNAUTHENTICATED"]


async def test_findings_name_their_field_and_remedy_the_most_serious_first(scene: Scene) -> None:
    findings = (await _asked(scene.clients[Kind.OWNER])).data["emailDraftCheck"]
    assert [(one["code"], one["field"], one["severity"]) for one in findings] == [
        ("SENDER_ANONYMOUS", "text", "REFUSED"),
        ("SUBJECT_ONLY_REPLY", "subject", "WARNING"),
        ("ATTACHMENT_MISSING", "attachmentNames", "WARNING"),
    ]
    assert findings[1]["message"] == "The subject only says that this is a reply. Add what it is about."


async def test_messages_are_in_the_viewers_language(scene: Scene) -> None:
    owner = scene.market.vendor.owner
    await fetch(connection(), "UPDATE users SET locale = 'pl' WHERE id = $1", owner.user_id)
    findings = (await _asked(scene.clients[Kind.OWNER])).data["emailDraftCheck"]
    assert findings[1]["message"] == "Z tematu wynika tylko, że to odpowiedź. Prosimy dodać, czego dotyczy."


async def test_for_a_lead_the_right_to_write_comes_first(scene: Scene) -> None:
    owner, lead = scene.clients[Kind.OWNER], write_id("Lead", scene.accepted.id)
    assert "CONTACT_NOT_ALLOWED" not in await _codes(owner, leadId=lead)
    findings = (await _asked(owner, leadId=lead, purpose="NEWSLETTER")).data["emailDraftCheck"]
    assert (findings[0]["code"], findings[0]["field"]) == ("CONTACT_NOT_ALLOWED", "leadId")
    assert findings[0]["severity"] == "REFUSED"
    assert findings[0]["message"] == (
        "You have no right to send this person such an email. There is no consent to advertising in this way."
    )


@pytest.mark.parametrize("whose", ["nobody's", "hidden", "foreign"])
async def test_a_hidden_or_unknown_lead_is_refused_and_nothing_is_said_of_its_person(
    scene: Scene, whose: str
) -> None:
    lead_id = {"nobody's": new_id(), "hidden": scene.hidden.id, "foreign": scene.foreign.id}[whose]
    answer = await _asked(scene.clients[Kind.OWNER], leadId=write_id("Lead", lead_id))
    assert answer.codes == ["NOT_FOUND" if whose == "nobody's" else "REFUSED_BY_RULE"]
    assert answer.body["data"] == {"emailDraftCheck": None}


async def test_a_draft_that_is_too_long_is_refused_by_field(scene: Scene) -> None:
    answer = await _asked(scene.clients[Kind.OWNER], html="x" * 100_000)
    assert answer.codes == ["INVALID"]
    assert answer.body["errors"][0]["message"].startswith("html: is longer than 99")
    assert (await _asked(scene.clients[Kind.OWNER], attachmentNames=["a"] * 51)).codes == ["LIMIT_EXCEEDED"]


async def test_nothing_of_a_draft_is_stored(scene: Scene) -> None:
    with recorded_statements() as statements:
        await _asked(
            scene.clients[Kind.OWNER], leadId=write_id("Lead", scene.accepted.id), text="secret words"
        )
    assert not [one.sql for one in statements if re.search(r"\b(INSERT|UPDATE|DELETE)\b", one.sql)]
    assert "secret words" not in repr(statements)
