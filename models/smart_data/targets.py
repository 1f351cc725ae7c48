"""What an account can look up: the visible contacts of leads, and organisations by the domain of a person.

Whether a contact is visible is asked by the one reading that is in order with answers (`leads_by_id`).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from asyncpg import Record

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.role import Role
from models.base.viewer import Viewer
from models.contact_data.stopped import stopped_for
from models.leads.list import leads_by_id
from models.leads.views import LeadView
from models.outside.names import registrable_domain
from models.outside.sources.source import FoundKind, LookUp
from models.smart_data.context import SmartDataContext
from models.smart_data.facts import LookUpTarget, key_of, key_without_domain
from models.smart_data.mail_domains import kind_of, mail_domain
from models.smart_data.state import Asked, SmartDataView, read_states
from models.smart_data.tables import AddressStatus, MailProviderKind
from rules.smart_data.smart_data_search import LookUpKey

MOST_PEOPLE = (
    100  # of an organisation, in the order in which they were added, among whom its domain is sought
)


class SkipReason(StrEnum):
    """Why a person of an organisation does not give its domain."""

    MAIL_PROVIDER = "MAIL_PROVIDER"
    DISPOSABLE = "DISPOSABLE"
    NO_ADDRESS = "NO_ADDRESS"
    CONTACT_CLOSED = "CONTACT_CLOSED"
    ERASED = "ERASED"
    RESERVED = "RESERVED"
    UNDELIVERABLE = "UNDELIVERABLE"


_SKIPPED = {
    LookUpKey.FREEMAIL: SkipReason.MAIL_PROVIDER,
    LookUpKey.DISPOSABLE: SkipReason.DISPOSABLE,
    LookUpKey.NONE: SkipReason.NO_ADDRESS,
    LookUpKey.RESERVED: SkipReason.RESERVED,
    LookUpKey.UNDELIVERABLE: SkipReason.UNDELIVERABLE,
}


@dataclass(frozen=True, slots=True)
class SkippedPerson:
    """A person who does not give the domain; without a lead that the account may still see."""

    lead: LeadView | None
    reason: SkipReason


@dataclass(frozen=True, slots=True)
class OrganisationCase:
    """An organisation with its domain as it is now (S2.6): `person` gives it, `skipped` did not.

    `key` says why there is none. `visible`: the account sees the contact of one of its people; `stopped`:
    of none that may be contacted; `erased`: all have been erased. `names` are those in the visible contacts.
    """

    id: UUID
    domain: str | None
    person: LeadView | None
    skipped: tuple[SkippedPerson, ...]
    key: LookUpKey
    visible: bool
    stopped: bool
    erased: bool
    lead_id: UUID | None
    names: tuple[str, ...]

    @property
    def name(self) -> str | None:
        """The domain."""
        return self.domain


def acting_for(account_id: UUID) -> Viewer:
    """Return a viewer who sees what every member of an account sees, for work that nobody waits for."""
    return Viewer(account_id=account_id, roles=frozenset({Role.MEMBER}))


def target_of_lead(context: SmartDataContext, lead_id: UUID, email: str | None) -> LookUpTarget:
    """Return the target of a lead with a visible contact that has this address."""
    mailed = None if email is None else mail_domain(email)
    domain = None if mailed is None else registrable_domain(mailed)
    key = None if email is None or domain is None else context.key(LookUp.PERSON, email)
    return LookUpTarget(lead_id, LookUp.PERSON, lead_id, key, domain)


async def states_of_leads(
    conn: Connection,
    context: SmartDataContext,
    account_id: UUID,
    emails: Mapping[UUID, str | None],
    kinds: Collection[FoundKind] | None = None,
) -> dict[UUID, SmartDataView]:
    """Return the states of leads whose contact is visible, by lead, given its address; in one statement.

    `kinds` are those of which found values are needed; all if omitted.
    """
    return await read_states(
        conn,
        context,
        account_id,
        [Asked(target_of_lead(context, lead_id, email), visible=True) for lead_id, email in emails.items()],
        kinds,
    )


_PEOPLE = f"""SELECT person.organisation_id, person.lead_id, prospect.erased_at IS NOT NULL AS erased,
        {stopped_for("lead.prospect_id", "$1::uuid")} AS stopped
    FROM unnest($2::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
        SELECT organisation_id, lead_id, added_at FROM organisation_person
        WHERE organisation_id = wanted.id AND account_id = $1
        ORDER BY added_at, lead_id LIMIT {MOST_PEOPLE}) AS person
    JOIN lead ON lead.id = person.lead_id JOIN prospect ON prospect.id = lead.prospect_id
    ORDER BY person.organisation_id, person.added_at, person.lead_id"""
_DOMAINS = f"""WITH {CLOCK} SELECT given.domain, provider.kind AS provider, checked.address_status
    FROM unnest($2::text[], $3::text[]) AS given (domain, key)
    LEFT JOIN mail_provider AS provider ON provider.domain = given.domain
    LEFT JOIN smart_subject AS subject
        ON subject.account_id = $1 AND subject.kind = 'ORGANISATION' AND subject.key_hmac = given.key
    LEFT JOIN LATERAL (SELECT search.address_status FROM smart_search AS search
        WHERE search.subject_id = subject.id AND search.address_checked_at > {NOW} - interval '1 hour'
        ORDER BY search.asked_at DESC LIMIT 1) AS checked ON true"""


async def organisation_cases(
    conn: Connection, context: SmartDataContext, account_id: UUID, ids: Collection[UUID]
) -> dict[UUID, OrganisationCase]:
    """Return an account's organisations with their domains, by id, in a fixed number of statements.

    One that none of the account's visible contacts belongs to is returned as not visible.
    """
    people = await fetch(conn, _PEOPLE, account_id, list(set(ids)))
    leads = await leads_by_id(conn, acting_for(account_id), {row["lead_id"] for row in people})
    keys = await _keys(conn, context, account_id, leads.values())
    of_organisation: dict[UUID, list[Record]] = {}
    for row in people:
        of_organisation.setdefault(row["organisation_id"], []).append(row)
    return {
        organisation_id: _case(organisation_id, rows, leads, keys)
        for organisation_id, rows in of_organisation.items()
    }


def domain_of_lead(lead: LeadView) -> str | None:
    """Return the registrable domain of the address of a lead's visible contact."""
    email = lead.contact.email if lead.contact is not None else None
    mailed = None if email is None else mail_domain(email)
    return None if mailed is None else registrable_domain(mailed)


async def _keys(
    conn: Connection, context: SmartDataContext, account_id: UUID, leads: Collection[LeadView]
) -> Mapping[str | None, LookUpKey]:
    """Return for each domain whether an organisation can be looked up by it."""
    domains = sorted({domain for lead in leads if (domain := domain_of_lead(lead)) is not None})
    rows = await fetch(
        conn,
        _DOMAINS,
        account_id,
        domains,
        [context.key(LookUp.ORGANISATION, domain) for domain in domains],
    )
    found: dict[str | None, LookUpKey] = {None: LookUpKey.NONE}
    for row in rows:
        override = None if row["provider"] is None else MailProviderKind(row["provider"])
        status = None if row["address_status"] is None else AddressStatus(row["address_status"])
        domain = row["domain"]
        found[domain] = key_of(domain, kind_of(domain, override), status, reserved=context.reserved(domain))
    return found


def _case(
    organisation_id: UUID,
    rows: Sequence[Record],
    leads: Mapping[UUID, LeadView],
    keys: Mapping[str | None, LookUpKey],
) -> OrganisationCase:
    skipped: list[SkippedPerson] = []
    reasons: list[LookUpKey] = []
    seen: list[LeadView] = []
    domain: str | None = None
    person: LeadView | None = None
    any_stopped = False
    for row in rows:
        lead = leads.get(row["lead_id"])
        if lead is None or lead.contact is None:
            reason = SkipReason.ERASED if row["erased"] else SkipReason.CONTACT_CLOSED
            skipped.append(SkippedPerson(lead, reason))
            continue
        seen.append(lead)
        any_stopped = any_stopped or row["stopped"]
        if row["stopped"]:
            skipped.append(SkippedPerson(lead, SkipReason.CONTACT_CLOSED))
            continue
        key = keys[domain_of_lead(lead)]
        if key is LookUpKey.USABLE:
            domain, person = domain_of_lead(lead), lead
            break
        reasons.append(key)
        skipped.append(SkippedPerson(lead, _SKIPPED[key]))
    open_to = person is not None or bool(reasons)
    return OrganisationCase(
        organisation_id,
        domain,
        person,
        tuple(skipped),
        LookUpKey.USABLE if person is not None else key_without_domain(reasons),
        visible=bool(seen),
        stopped=any_stopped and not open_to,
        erased=not seen and all(row["erased"] for row in rows),
        lead_id=person.id if person is not None else seen[0].id if seen else None,
        names=tuple(_names(rows, leads)),
    )


def _names(rows: Sequence[Record], leads: Mapping[UUID, LeadView]) -> Iterator[str]:
    for row in rows:
        lead = leads.get(row["lead_id"])
        if lead is not None and lead.contact is not None and lead.contact.organisation is not None:
            yield lead.contact.organisation


def asked_of(context: SmartDataContext, case: OrganisationCase) -> Asked | None:
    """Return what the state of an organisation is asked for; None if the account sees none of its people."""
    if case.lead_id is None:
        return None
    key = None if case.domain is None else context.key(LookUp.ORGANISATION, case.domain)
    target = LookUpTarget(case.id, LookUp.ORGANISATION, case.lead_id, key, case.domain)
    return Asked(target, visible=case.visible, stopped=case.stopped, key=case.key)


async def states_of_organisations(
    conn: Connection, context: SmartDataContext, account_id: UUID, cases: Collection[OrganisationCase]
) -> dict[UUID, SmartDataView]:
    """Return the states of organisations by id, in one statement."""
    asked = [one for case in cases if (one := asked_of(context, case)) is not None]
    return await read_states(conn, context, account_id, asked) if asked else {}
