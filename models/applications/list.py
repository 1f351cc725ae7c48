"""Lists of applications, and look-up by id, each in one statement.

A viewer sees those of its account, those for the prospect's leads, or all as an operator.
"""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.keyset import (
    COUNTED_ROWS,
    Count,
    Key,
    Order,
    Page,
    SelectStatement,
    Slice,
    count_rows,
    cut,
    fetch_rows,
    fetch_slice,
    take,
)
from models.base.viewer import Viewer
from models.deadlines.registry import numbered_kinds
from models.leads.columns import ALL, COLUMNS, JOINS, WITH, Parts, Selected, columns, joins, scope, selected
from models.leads.facts import ApplicationStatus, status_sql
from models.leads.reading_order import silent_of
from models.leads.rows import row_views
from models.leads.verdicts import SilentRows
from models.leads.views import ApplicationView

NEWEST_APPLICATION = Order(
    "NEWEST",
    (Key("application.submitted_at", "timestamptz"), Key("application.id", "uuid")),
    descending=True,
)

_TABLES = """FROM application JOIN lead ON lead.id = application.lead_id
    LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = application.account_id"""
_APPLICATIONS = f"{_TABLES} {JOINS}"


@dataclass(frozen=True, slots=True)
class ApplicationFilter:
    """Filter for applications; None does not filter."""

    status: ApplicationStatus | None = None
    lead_id: UUID | None = None
    ids: AbstractSet[UUID] | None = None


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline of an application."""

    kind: str
    due_at: datetime
    done_at: datetime | None
    outcome: str | None


def _applications_of(viewer: Viewer) -> SelectStatement:
    statement = SelectStatement(list(scope(viewer)))
    if viewer.operator:
        return statement
    if viewer.vendor_id is not None:
        statement.where("application.account_id = $1::uuid")
    else:  # empty for a viewer who is not a prospect either
        statement.where("lead.prospect_id = $2::uuid")
    return statement


async def _keep_applications(
    conn: Connection, statement: SelectStatement, viewer: Viewer, criteria: ApplicationFilter
) -> AbstractSet[UUID] | None:
    """Add the conditions; return the due applications that nobody is answering, if they had to be read."""
    if criteria.lead_id is not None:
        statement.where(f"lead.id = {statement.bind(criteria.lead_id, 'uuid')}")
    if criteria.ids is not None:
        statement.where(f"application.id = ANY({statement.bind(list(criteria.ids), 'uuid[]')})")
    if criteria.status is None:
        return None
    silent: AbstractSet[UUID] | None = None
    revealed = "false"
    if criteria.status in {
        ApplicationStatus.REVEALED,
        ApplicationStatus.PENDING,
    }:  # those that depend on a missing answer
        silent = await silent_of(conn, viewer)
        ids = statement.bind(silent, "uuid[]")
        revealed = f"(application.revealed_at IS NOT NULL OR application.id = ANY({ids}))"
    statement.where(status_sql(criteria.status, revealed))
    return silent


async def _application_views(
    conn: Connection,
    rows: Sequence[Record],
    viewer: Viewer,
    silent: AbstractSet[UUID] | None = None,
    parts: Parts = ALL,
) -> list[ApplicationView]:
    found = await row_views(conn, rows, viewer, parts, silent)
    return [views.application for views in found if views.application is not None]


async def list_applications(
    conn: Connection, viewer: Viewer, part: Slice, criteria: ApplicationFilter, parts: Parts = ALL
) -> Page[ApplicationView]:
    """List the applications that the viewer may see, newest first, with these parts: one statement.

    One more for a status that follows from a missing answer, or if a row is due and not yet settled by a
    worker.
    """
    found = await _rows(conn, viewer, part, criteria, Selected(columns(parts), joins(parts)))
    return Page(await _application_views(conn, found.cut.rows, viewer, found.silent, parts), found.cut)


async def application_rows(
    conn: Connection,
    viewer: Viewer,
    part: Slice,
    criteria: ApplicationFilter,
    names: tuple[str, ...],
    *,
    positions: bool = True,
) -> SilentRows:
    """Read columns of the same list, in order of `names`, with or without the positions of the rows."""
    return await _rows(conn, viewer, part, criteria, selected(names), positions=positions)


async def _rows(
    conn: Connection,
    viewer: Viewer,
    part: Slice,
    criteria: ApplicationFilter,
    wanted: Selected,
    *,
    positions: bool = True,
) -> SilentRows:
    statement = _applications_of(viewer)
    silent = await _keep_applications(conn, statement, viewer, criteria)
    select, source = f"{WITH} SELECT {wanted.columns}", f"{_TABLES} {wanted.joins}"
    found = await fetch_slice(conn, select, source, statement, NEWEST_APPLICATION, part, positions=positions)
    return SilentRows(found, silent)


async def count_applications(conn: Connection, viewer: Viewer, criteria: ApplicationFilter) -> Count:
    """Count all applications that `list_applications` would list."""
    statement = _applications_of(viewer)
    await _keep_applications(conn, statement, viewer, criteria)
    return await count_rows(conn, WITH, _APPLICATIONS, statement)


async def applications_by_id(
    conn: Connection, viewer: Viewer, ids: Collection[UUID]
) -> dict[UUID, ApplicationView]:
    """Return the applications with these ids that the viewer may see, in one statement."""
    statement = _applications_of(viewer)
    statement.where(f"application.id = ANY({statement.bind(list(ids), 'uuid[]')})")
    rows = await fetch_rows(conn, f"{WITH} SELECT {COLUMNS}", _APPLICATIONS, statement)
    return {view.id: view for view in await _application_views(conn, rows, viewer)}


async def applications_of_leads(
    conn: Connection, viewer: Viewer, lead_ids: Collection[UUID], size: int
) -> dict[UUID, Page[ApplicationView]]:
    """Return the newest `size` applications of each lead that the viewer may see, in one statement."""
    statement = _applications_of(viewer)
    wanted = statement.bind(list(lead_ids), "uuid[]")
    part = Slice(size)
    limit = take(statement, NEWEST_APPLICATION, part)
    rows = await fetch(
        conn,
        f"""{WITH} SELECT found.* FROM unnest({wanted}) AS wanted (lead_id) CROSS JOIN LATERAL (
                SELECT {COLUMNS}, {NEWEST_APPLICATION.columns()} {_APPLICATIONS}
                WHERE lead.id = wanted.lead_id AND {statement.all_conditions()} {limit}) AS found
            ORDER BY found.id, found.submitted_at DESC, found.application_id DESC""",
        *statement.values,
    )
    views = {view.id: view for view in await _application_views(conn, rows, viewer)}
    by_lead: dict[UUID, list[Record]] = {lead_id: [] for lead_id in lead_ids}
    for row in rows:
        by_lead[row["id"]].append(row)
    return {
        lead_id: Page.of(cut(of_lead, NEWEST_APPLICATION, part), lambda row: views[row["application_id"]])
        for lead_id, of_lead in by_lead.items()
    }


async def count_applications_of_leads(
    conn: Connection, viewer: Viewer, lead_ids: Collection[UUID]
) -> dict[UUID, Count]:
    """Count the applications for each lead that the viewer may see, in one statement."""
    statement = _applications_of(viewer)
    wanted = statement.bind(list(lead_ids), "uuid[]")
    rows = await fetch(
        conn,
        f"""{WITH} SELECT wanted.lead_id, (SELECT count(*) FROM (
                SELECT {_APPLICATIONS} WHERE lead.id = wanted.lead_id AND {statement.all_conditions()}
                LIMIT {COUNTED_ROWS}) AS counted) AS n
            FROM unnest({wanted}) AS wanted (lead_id)""",
        *statement.values,
    )
    return {row["lead_id"]: Count.of(row["n"]) for row in rows}


async def deadlines_of(conn: Connection, application_ids: Collection[UUID]) -> dict[UUID, list[DeadlineView]]:
    """Return the deadlines of these applications, earliest first, in one statement."""
    rows = await fetch(
        conn,
        """SELECT subject, kind, due_at, done_at, outcome FROM deadline
           WHERE subject = ANY($1::uuid[]) AND kind <> ALL($2::text[]) ORDER BY due_at, kind""",
        list(application_ids),
        list(numbered_kinds()),
    )
    found: dict[UUID, list[DeadlineView]] = {application_id: [] for application_id in application_ids}
    for row in rows:
        view = DeadlineView(row["kind"], row["due_at"], row["done_at"], row["outcome"])
        found[row["subject"]].append(view)
    return found
