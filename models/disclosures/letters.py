"""The notice of a disclosure: who received which data of a person, why, and which rights the person has.

The vendor's address of contact is that of the account's first active owner, read when the notice is sent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from models.base.database import Connection, fetch
from models.contact_data.categories import DataCategory
from models.disclosures.words import NOTICE_WORDS
from models.feed.kinds import MessageTemplate
from models.feed.wording.language import language_for, zone_for
from models.feed.wording.notices import NoticeText
from models.messages.letters import Letter, MessageHead, Words, register
from models.policies.versions import policies_by_id
from rules import Policy
from rules.visibility import DisclosureBasis

_HIDDEN = "…"

_SELECT = """SELECT delivery.id, delivery.received_at, delivery.policy_id, account.name AS vendor,
        owner.email, lead.title, lead.source, lead.source_text, disclosure.basis, disclosure.categories
    FROM delivery JOIN disclosure ON disclosure.delivery_id = delivery.id
    JOIN account ON account.id = delivery.account_id JOIN lead ON lead.id = delivery.lead_id
    LEFT JOIN LATERAL (
        SELECT email FROM users
        WHERE users.account_id = account.id AND users.account_role = 'OWNER' AND users.disabled_at IS NULL
        ORDER BY created_at, id LIMIT 1) AS owner ON true
    WHERE delivery.id = ANY($1::uuid[])"""


@dataclass(frozen=True, slots=True)
class ToldDisclosure:
    """What a notice tells of a disclosure; `contact` is the vendor's address."""

    vendor: str
    contact: str | None
    lead: str
    source: str
    source_text: str | None
    basis: DisclosureBasis
    categories: Sequence[DataCategory]
    at: datetime
    policy: Policy


async def _words(conn: Connection, messages: Sequence[MessageHead]) -> Mapping[UUID, Words]:
    """Return the words of each message, in one statement and the policies."""
    rows = await fetch(conn, _SELECT, list({message.subject for message in messages}))
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    told = {
        row["id"]: ToldDisclosure(
            vendor=row["vendor"],
            contact=row["email"],
            lead=row["title"],
            source=row["source"],
            source_text=row["source_text"],
            basis=DisclosureBasis(row["basis"]),
            categories=[DataCategory(name) for name in row["categories"]],
            at=row["received_at"],
            policy=policies[row["policy_id"]],
        )
        for row in rows
    }
    return {
        message.id: partial(_notice, told[message.subject]) for message in messages if message.subject in told
    }


def _notice(told: ToldDisclosure, locale: str, time_zone: str) -> NoticeText:
    """Return the notice in a language; `hidden` is the same without the vendor's address."""
    hidden = _text(replace(told, contact=told.contact and _HIDDEN), locale, time_zone)
    return replace(_text(told, locale, time_zone), hidden=hidden)


def _text(told: ToldDisclosure, locale: str, time_zone: str) -> NoticeText:
    language = language_for(locale)
    said = NOTICE_WORDS[language.catalog.language]
    at = language.moment(told.at, zone_for(time_zone), start=True)
    values = language.words(told.policy) | {"vendor": told.vendor, "lead": told.lead, "at": at}
    accepted = told.basis is DisclosureBasis.ACCEPTED
    data = ", ".join([*(said.categories[one] for one in told.categories), said.request_text])
    return NoticeText(
        title=said.title.format(vendor=told.vendor),
        body=f"{said.because[told.basis].format(**values)} {said.law}",
        details=(
            (said.recipient, ", ".join(filter(None, (told.vendor, told.contact)))),
            (said.data, f"{data[:1].upper()}{data[1:]}."),
            (said.purpose, said.contract if accepted else said.interest),
            (said.source, said.origin.format(source=told.source_text or said.sources[told.source])),
            (said.storage, said.stored),
            (said.rights, said.granted),
        ),
    )


async def _erased(conn: Connection, ids: Collection[UUID]) -> Collection[UUID]:
    """Return the deliveries whose person was erased: there is nobody left to tell."""
    rows = await fetch(
        conn,
        """SELECT disclosure.delivery_id AS id
           FROM disclosure JOIN prospect ON prospect.id = disclosure.prospect_id
           WHERE disclosure.delivery_id = ANY($1::uuid[]) AND prospect.erased_at IS NOT NULL""",
        list(ids),
    )
    return [row["id"] for row in rows]


async def _leads(conn: Connection, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    rows = await fetch(conn, "SELECT id, lead_id FROM delivery WHERE id = ANY($1::uuid[])", list(ids))
    return {row["id"]: row["lead_id"] for row in rows}


register(Letter(MessageTemplate.CONTACT_DISCLOSED, moot=_erased, leads=_leads, read=_words))
