"""Look-up by id of searches, found values and organisations, and the people of an organisation.

What was found is the account's own: operators never see it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.keyset import (
    COUNTED_ROWS,
    Count,
    Cut,
    Key,
    Order,
    Page,
    SelectStatement,
    Slice,
    count_rows,
    cut,
    fetch_slice,
    take,
)
from models.base.viewer import Viewer
from models.leads.list import leads_by_id
from models.leads.views import LeadView
from models.outside.sources.source import OutsideOutcome, OutsideSource
from models.smart_data.context import SmartDataContext
from models.smart_data.facts import SEARCH_SECONDS, is_over
from models.smart_data.found_fields import FoundFieldView
from models.smart_data.name_key import organisation_key
from models.smart_data.sealed import open_image, open_name
from models.smart_data.state import SmartDataView
from models.smart_data.tables import AddressStatus, SearchState
from models.smart_data.targets import organisation_cases, states_of_leads, states_of_organisations


@dataclass(frozen=True, slots=True)
class SourceOutcomeView:
    """How one source answered; `milliseconds` is None if it was not asked."""

    source: OutsideSource
    outcome: OutsideOutcome
    milliseconds: int | None


@dataclass(frozen=True, slots=True)
class AddressCheckView:
    """What is known of the domain of the address that was looked up."""

    status: AddressStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class SearchView:
    """A search; one that has run for a minute has failed, whether or not a worker has ended it."""

    id: UUID
    state: SearchState
    asked_at: datetime
    asked_by_id: UUID
    ended_at: datetime | None
    outcomes: tuple[SourceOutcomeView, ...]
    address_check: AddressCheckView | None
    found: int
    points: int


@dataclass(frozen=True, slots=True, repr=False)
class OrganisationView:
    """An organisation as an account knows it; its name is None if no visible contact gives one."""

    id: UUID
    account_id: UUID
    version: int
    name: str | None


_SEARCHES = f"""WITH {CLOCK} SELECT id, state, asked_at, asked_by_id, ended_at, outcomes, address_status,
        address_checked_at, found, points, {NOW} AS now
    FROM smart_search WHERE id = ANY($1::uuid[]) AND account_id = $2"""


async def searches_by_id(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, SearchView]:
    """Return the searches with these ids of the viewer's account, in one statement."""
    if viewer.vendor_id is None:
        return {}
    views = {}
    for row in await fetch(conn, _SEARCHES, list(ids), viewer.vendor_id):
        over = is_over(row["state"] == SearchState.RUNNING, row["asked_at"], row["now"])
        outcomes = orjson.loads(row["outcomes"])
        checked = row["address_status"]
        views[row["id"]] = SearchView(
            id=row["id"],
            state=SearchState.FAILED if over else SearchState(row["state"]),
            asked_at=row["asked_at"],
            asked_by_id=row["asked_by_id"],
            ended_at=row["asked_at"] + SEARCH_SECONDS if over else row["ended_at"],
            outcomes=tuple(
                SourceOutcomeView(
                    source,
                    OutsideOutcome(outcomes[source]["outcome"]),
                    outcomes[source]["milliseconds"],
                )
                for source in OutsideSource
                if source in outcomes
            ),
            address_check=None
            if checked is None
            else AddressCheckView(AddressStatus(checked), row["address_checked_at"]),
            found=row["found"],
            points=row["points"],
        )
    return views


_OF_FIELDS = """SELECT field.id, subject.organisation_id, subject.lead_id, subject.kind
    FROM found_field AS field JOIN smart_subject AS subject ON subject.id = field.subject_id
    WHERE field.id = ANY($1::uuid[]) AND subject.account_id = $2"""


async def found_fields_by_id(
    conn: Connection, context: SmartDataContext, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, FoundFieldView]:
    """Return the values with these ids that the viewer's account may see now."""
    found = await fields_with_state(conn, context, viewer, ids)
    return {field_id: field for field_id, (field, _) in found.items()}


async def fields_with_state(
    conn: Connection, context: SmartDataContext, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, tuple[FoundFieldView, SmartDataView]]:
    """Like `found_fields_by_id`, with the state of the person or organisation that each is about."""
    if viewer.vendor_id is None:
        return {}
    rows = await fetch(conn, _OF_FIELDS, list(ids), viewer.vendor_id)
    lead_ids = {row["lead_id"] for row in rows if row["organisation_id"] is None and row["lead_id"]}
    organisation_ids = {row["organisation_id"] for row in rows if row["organisation_id"]}
    states: list[SmartDataView] = []
    if lead_ids:
        leads = await leads_by_id(conn, viewer, lead_ids)
        emails = {lead.id: lead.contact.email for lead in leads.values() if lead.contact is not None}
        states += (await states_of_leads(conn, context, viewer.vendor_id, emails)).values()
    if organisation_ids:
        cases = await organisation_cases(conn, context, viewer.vendor_id, organisation_ids)
        states += (await states_of_organisations(conn, context, viewer.vendor_id, cases.values())).values()
    wanted = {row["id"] for row in rows}
    return {field.id: (field, state) for state in states for field in state.fields if field.id in wanted}


async def images_of(
    conn: Connection, context: SmartDataContext, account_id: UUID, ids: Collection[UUID]
) -> dict[UUID, bytes]:
    """Return the pictures (PNG) of values that the caller has read with `read_states`, in one statement."""
    rows = await fetch(
        conn,
        """SELECT field.id, field.image_sealed FROM found_field AS field
           JOIN smart_subject AS subject ON subject.id = field.subject_id
           WHERE field.id = ANY($1::uuid[]) AND subject.account_id = $2
             AND field.image_sealed IS NOT NULL""",
        list(ids),
        account_id,
    )
    opened = {row["id"]: open_image(context.sealer, row["id"], row["image_sealed"]) for row in rows}
    return {field_id: image for field_id, image in opened.items() if image is not None}


_ORGANISATION = """organisation.id, organisation.account_id, organisation.version, organisation.name_key,
    organisation.name_sealed"""


def _organisation(context: SmartDataContext, row: Record, names: Collection[str]) -> OrganisationView:
    """Return the organisation with the name that a user gave, or that the visible contacts give."""
    given = open_name(context.sealer, row["id"], row["name_sealed"])
    same = (name for name in names if organisation_key(row["account_id"], name) == row["name_key"])
    return OrganisationView(
        row["id"],
        row["account_id"],
        row["version"],
        given or next(same, None) or next(iter(names), None),
    )


async def organisations_by_id(
    conn: Connection, context: SmartDataContext, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, OrganisationView]:
    """Return the organisations with these ids of the viewer's account that one of its visible contacts
    belongs to: the name comes from the contacts.
    """
    if viewer.vendor_id is None:
        return {}
    cases = await organisation_cases(conn, context, viewer.vendor_id, ids)
    rows = await fetch(
        conn,
        f"SELECT {_ORGANISATION} FROM organisation WHERE id = ANY($1::uuid[]) AND account_id = $2",
        [case.id for case in cases.values() if case.visible],
        viewer.vendor_id,
    )
    return {row["id"]: _organisation(context, row, cases[row["id"]].names) for row in rows}


async def organisations_of_leads(
    conn: Connection, context: SmartDataContext, account_id: UUID, names: Mapping[UUID, str | None]
) -> dict[UUID, OrganisationView]:
    """Return an account's organisations by lead, in one statement, given the names in the leads' contacts,
    which the caller knows to be visible.
    """
    rows = await fetch(
        conn,
        f"""SELECT person.lead_id, {_ORGANISATION} FROM organisation_person AS person
            JOIN organisation ON organisation.id = person.organisation_id
            WHERE person.account_id = $1 AND person.lead_id = ANY($2::uuid[])""",
        account_id,
        list(names),
    )
    return {
        row["lead_id"]: _organisation(context, row, [name] if (name := names[row["lead_id"]]) else [])
        for row in rows
    }


BY_ADDITION = Order("ADDED", (Key("person.added_at", "timestamptz"), Key("person.lead_id", "uuid")))
_PEOPLE = """FROM organisation_person AS person JOIN lead ON lead.id = person.lead_id
    JOIN prospect ON prospect.id = lead.prospect_id"""


def _people(account_id: UUID, organisation_id: UUID) -> SelectStatement:
    statement = SelectStatement([account_id, organisation_id])
    statement.where("person.account_id = $1::uuid AND person.organisation_id = $2::uuid")
    statement.where("prospect.erased_at IS NULL")
    return statement


async def list_people(conn: Connection, viewer: Viewer, organisation_id: UUID, part: Slice) -> Page[LeadView]:
    """List the leads of an organisation's people, in the order in which they were added."""
    if viewer.vendor_id is None:
        return Page([], Cut([], BY_ADDITION, has_next=False, has_previous=False))
    statement = _people(viewer.vendor_id, organisation_id)
    found = await fetch_slice(conn, "SELECT person.lead_id", _PEOPLE, statement, BY_ADDITION, part)
    leads = await leads_by_id(conn, viewer, [row["lead_id"] for row in found.rows])
    return _page(found, leads)


def _page(found: Cut, leads: Mapping[UUID, LeadView]) -> Page[LeadView]:
    rows = [row for row in found.rows if row["lead_id"] in leads]  # one may have been erased since
    return Page([leads[row["lead_id"]] for row in rows], found._replace(rows=rows))


async def people_of(
    conn: Connection, viewer: Viewer, ids: Collection[UUID], size: int
) -> dict[UUID, Page[LeadView]]:
    """Return the first `size` people of each organisation, in a fixed number of statements."""
    part, statement = Slice(size), SelectStatement([viewer.vendor_id, list(ids)])
    statement.where("person.account_id = $1::uuid AND person.organisation_id = wanted.id")
    statement.where("prospect.erased_at IS NULL")
    limit = take(statement, BY_ADDITION, part)
    rows = await fetch(
        conn,
        f"""SELECT found.* FROM unnest($2::uuid[]) AS wanted (id) CROSS JOIN LATERAL (
                SELECT person.organisation_id, person.lead_id, {BY_ADDITION.columns()} {_PEOPLE}
                WHERE {statement.all_conditions()} {limit}) AS found
            ORDER BY found.organisation_id, found.key_0::timestamptz, found.lead_id""",
        *statement.values,
    )
    leads = await leads_by_id(conn, viewer, {row["lead_id"] for row in rows})
    return {
        organisation_id: _page(
            cut([row for row in rows if row["organisation_id"] == organisation_id], BY_ADDITION, part), leads
        )
        for organisation_id in ids
    }


async def count_people(conn: Connection, viewer: Viewer, organisation_id: UUID) -> Count:
    """Count all people that `list_people` would list."""
    if viewer.vendor_id is None:
        return Count(0, exact=True)
    return await count_rows(conn, "", _PEOPLE, _people(viewer.vendor_id, organisation_id))


async def count_people_of(conn: Connection, viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, Count]:
    """Count the people of each organisation, in one statement."""
    rows = await fetch(
        conn,
        f"""SELECT wanted.id, (SELECT count(*) FROM (
                SELECT {_PEOPLE} WHERE person.account_id = $1 AND person.organisation_id = wanted.id
                  AND prospect.erased_at IS NULL LIMIT {COUNTED_ROWS}) AS counted) AS people
            FROM unnest($2::uuid[]) AS wanted (id)""",
        viewer.vendor_id,
        list(ids),
    )
    return {row["id"]: Count.of(row["people"]) for row in rows}
