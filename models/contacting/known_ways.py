"""What is known of the ways of the persons behind the leads of a page, in one statement."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.contact_data.channel import Channel
from models.contacting.advice_views import KnownWays, LastAttempt, ProfileView, StatementView
from models.contacting.houses import is_house
from models.contacting.markers.kinds import StatementKind, Strength
from models.contacting.statement_origin import StatementOrigin
from models.contacting.tables import ContactOutcome
from models.leads.tables import LeadSource
from rules.contacting.channel_preference import PersonDays, PersonTemper
from rules.contacting.follow_up import PersonStatus
from rules.contacting.terms import Medium

MOST_STATEMENTS = 100  # of a person, that advice and lists look at

# $1 the account (NULL: all, for operators), $2 the leads, $3 the prospect who looks, $4 the most statements.
_SEEN = "(statement.account_id IS NULL OR statement.account_id = $1 OR $1 IS NULL)"
_READ = f"""WITH houses AS MATERIALIZED (
        SELECT DISTINCT lower(split_part(contact.email, '@', 2)) AS domain
        FROM contact_statement AS statement
        JOIN lead ON lead.prospect_id = statement.prospect_id JOIN contact ON contact.lead_id = lead.id
        JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $1 AND delivery.closed = 'NO'
        WHERE statement.account_id = $1 AND statement.whole_house AND statement.taken_back_at IS NULL
          AND contact.email IS NOT NULL)
    SELECT lead.id, lead.source, lead.published_at, contact.preferred_channel, contact.preferred_given,
        profile.version, profile.status, profile.days, profile.temper, profile.knows_number,
        lower(split_part(contact.email, '@', 2)) AS domain,
        lower(split_part(contact.email, '@', 2)) IN (SELECT domain FROM houses) AS house_reads_mail,
        (SELECT jsonb_agg(jsonb_build_array(said.id, said.kind, said.strength, said.origin, said.at,
                                            said.whole_house, said.until, said.taken_back_at)
                          ORDER BY said.at DESC, said.id DESC)
         FROM (SELECT * FROM contact_statement AS statement
               WHERE statement.prospect_id = lead.prospect_id AND {_SEEN}
                 AND ($3::uuid IS NULL OR statement.account_id IS NULL)
               ORDER BY statement.at DESC, statement.id DESC LIMIT $4) AS said) AS statements,
        (SELECT jsonb_build_array(attempt.outcome, attempt.at) FROM contact_attempt AS attempt
         WHERE attempt.account_id = $1 AND attempt.prospect_id = lead.prospect_id
         ORDER BY attempt.at DESC, attempt.id DESC LIMIT 1) AS last,
        (SELECT accepts FROM sender_profile WHERE account_id = $1) AS accepts
    FROM lead JOIN contact ON contact.lead_id = lead.id
    LEFT JOIN person_profile AS profile
        ON profile.prospect_id = lead.prospect_id AND profile.account_id = $1
    WHERE lead.id = ANY($2::uuid[])"""


async def known_ways(conn: Connection, viewer: Viewer, lead_ids: Collection[UUID]) -> dict[UUID, KnownWays]:
    """Return what is known for leads whose contact data the viewer sees, as the caller has made sure.

    A vendor knows what it noted and what the person said to everybody; the person, only the latter, because
    judgements are told on request; operators, all statements.
    """
    own = None if viewer.operator or viewer.vendor_id is not None else viewer.prospect_id
    rows = await fetch(conn, _READ, viewer.vendor_id, list(lead_ids), own, MOST_STATEMENTS)
    return {row["id"]: _ways(row) for row in rows}


def _ways(row: Record) -> KnownWays:
    last = orjson.loads(row["last"]) if row["last"] else None
    statements = [_statement(values) for values in orjson.loads(row["statements"] or "[]")]
    return KnownWays(
        profile=_profile(row),
        statements=statements,
        house_reads_mail=bool(row["house_reads_mail"]) and is_house(row["domain"]),
        chosen=Channel(row["preferred_channel"]) if row["preferred_given"] else None,
        chosen_at=row["published_at"],
        last=LastAttempt(ContactOutcome(last[0]), datetime.fromisoformat(last[1])) if last else None,
        bought=row["source"] == LeadSource.AGGREGATOR,
        accepts=tuple(Medium(medium) for medium in orjson.loads(row["accepts"] or "[]")),
    )


def _profile(row: Record) -> ProfileView:
    if row["version"] is None:
        return ProfileView()
    return ProfileView(
        row["version"],
        PersonStatus(row["status"]),
        PersonDays(row["days"]),
        PersonTemper(row["temper"]),
        row["knows_number"],
    )


def _statement(values: list[str]) -> StatementView:
    statement_id, kind, strength, origin, at, whole_house, until, taken_back_at = values
    return StatementView(
        UUID(statement_id),
        StatementKind(kind),
        Strength(strength),
        StatementOrigin(origin),
        datetime.fromisoformat(at),
        bool(whole_house),
        date.fromisoformat(until) if until else None,
        datetime.fromisoformat(taken_back_at) if taken_back_at else None,
    )
