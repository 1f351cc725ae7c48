"""The facts of contacting: all that permissions need of the persons behind the leads of a page.

One statement reads it for leads whose contact data the viewer already sees; whether it does is decided where
leads are read, in order with answers (`models.leads.rows`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.base.keyed_hash import KeyedHash
from models.base.viewer import Viewer
from models.contact_data.redaction import Redacted
from models.contacting.advice_views import Advised
from models.contacting.opt_out_keys import email_key, number_key
from models.contacting.permissions import Decided, MediumPermissionView, permissions
from models.contacting.person import NOTHING_STOPPED, Reachable
from models.contacting.tables import StopOrigin, StopScope
from models.contacting.views import StopView
from models.contacting.zones import Whereabouts, whereabouts
from models.leads.views import ContactView, LeadView
from models.policies.versions import policies_by_id
from rules import Policy
from rules.contacting.terms import ContactBasis, ContactPurpose, Medium
from rules.laws.opt_in import list_first

# How far back and ahead permissions can be asked for, and for how long before that calls are counted.
LOOK_BACK, LOOK_AHEAD = timedelta(days=30), timedelta(days=366)
_COUNTED = timedelta(days=30)
_NEVER_FRESH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, repr=False)
class ContactCase(Redacted):
    """The person of one lead as the viewer sees them, at `now`, by the policy in force in the lead's market.

    `stops` are those that hold now and bind whoever the viewer acts for; for others than vendors, all.
    `account_id` is None for others than vendors. `decided` and `advised` are what was decided and advised for
    the others of a page.
    """

    lead_id: UUID
    prospect_id: UUID
    account_id: UUID | None
    person: Reachable
    policy: Policy
    now: datetime
    stops: Sequence[StopView]
    decided: Decided = field(default_factory=dict, compare=False)
    advised: Advised = field(default_factory=dict, compare=False)

    def permissions(self, purpose: ContactPurpose, at: datetime) -> Sequence[MediumPermissionView]:
        """Return the permissions of all media at an instant, in the order of `Medium`."""
        return permissions(self.at(at), purpose, at, self.policy, self.decided)

    def at(self, at: datetime) -> Reachable:
        """Return the person with the stops that hold at an instant: those of everybody, and the vendor's."""
        if not self.stops:
            return self.person
        binding = [
            stop
            for stop in self.stops
            if stop.bars(at) and (stop.scope is StopScope.MARKET or stop.account_id == self.account_id)
        ]
        return replace(
            self.person,
            all_stopped=any(stop.medium is None for stop in binding),
            stopped=frozenset(stop.medium for stop in binding if stop.medium is not None),
        )


# $1 the account, $2 the leads, $3 and $4 keys of numbers and addresses by lead, $5 for how long calls
# are counted. Lists are few: all of them are read, and the person's place says which ones count.
_READ = f"""WITH {CLOCK}, current_policy AS MATERIALIZED (
        SELECT DISTINCT ON (market_id) market_id, id FROM policy
        WHERE effective_from <= {NOW} ORDER BY market_id, effective_from DESC),
    lists AS MATERIALIZED (
        SELECT coalesce(jsonb_agg(jsonb_build_array(country, medium, stale_from)), '[]') AS lists
        FROM (SELECT country, medium, min(refreshed_at + make_interval(secs => max_age)) AS stale_from
              FROM opt_out_list WHERE max_age IS NOT NULL GROUP BY country, medium) AS by_place)
    SELECT lead.id, lead.country, current_policy.id AS policy_id, {NOW} AS now, lists.lists,
        prospect.erased_at IS NOT NULL AS erased, contact.time_zone_given,
        EXISTS (SELECT FROM users WHERE users.prospect_id = prospect.id) AS has_user,
        lead.identity_key IS NOT NULL AS imported,
        application.id IS NOT NULL AND application.ended_at IS NULL AS applied,
        application.accepted_at IS NOT NULL AS accepted, delivery.kind AS delivery_kind,
        (SELECT array_agg(DISTINCT list.medium)
         FROM unnest($3::uuid[], $4::text[]) AS given (lead_id, key)
         JOIN opt_out_entry AS entry ON entry.key_hmac = given.key
         JOIN opt_out_list AS list ON list.id = entry.list_id WHERE given.lead_id = lead.id) AS listed,
        (SELECT jsonb_agg(jsonb_build_array(stop.id, stop.scope, stop.medium, stop.since, stop.until,
                                            stop.origin, stop.account_id) ORDER BY stop.since, stop.id)
         FROM do_not_contact AS stop
         WHERE stop.prospect_id = lead.prospect_id AND stop.lifted_at IS NULL
           AND (stop.until IS NULL OR stop.until > {NOW})
           AND ($1::uuid IS NULL OR stop.scope = 'MARKET' OR stop.account_id = $1)) AS stops,
        ARRAY(SELECT attempt.at FROM contact_attempt AS attempt
              WHERE attempt.account_id = $1 AND attempt.prospect_id = lead.prospect_id
                AND attempt.medium = 'CALL' AND attempt.at > {NOW} - $5::interval) AS calls
    FROM lead JOIN prospect ON prospect.id = lead.prospect_id
    JOIN current_policy ON current_policy.market_id = lead.market_id
    CROSS JOIN lists
    LEFT JOIN contact ON contact.lead_id = lead.id
    LEFT JOIN application ON application.lead_id = lead.id AND application.account_id = $1
    LEFT JOIN delivery ON delivery.lead_id = lead.id AND delivery.account_id = $1
    WHERE lead.id = ANY($2::uuid[])"""


async def contact_cases(
    conn: Connection, viewer: Viewer, hashes: KeyedHash, leads: Sequence[LeadView]
) -> dict[UUID, ContactCase]:
    """Return the cases of those of these leads whose contact data the viewer sees, in one statement."""
    seen = {lead.id: (lead, lead.contact) for lead in leads if lead.contact is not None}
    if not seen:
        return {}
    keys = [(lead_id, key) for lead_id, (_, contact) in seen.items() for key in _keys(hashes, contact)]
    rows = await fetch(
        conn,
        _READ,
        viewer.vendor_id,
        list(seen),
        [lead_id for lead_id, _ in keys],
        [key for _, key in keys],
        LOOK_BACK + _COUNTED,
    )
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    shared: tuple[Decided, Advised] = {}, {}
    return {
        row["id"]: _case(row, *seen[row["id"]], viewer.vendor_id, policies[row["policy_id"]], shared)
        for row in rows
    }


def _keys(hashes: KeyedHash, contact: ContactView) -> list[str]:
    numbers = {number for number in (contact.phone, *contact.other_phones) if number}
    emails = {email for email in (contact.email, *contact.other_emails) if email}
    return [number_key(hashes, one) for one in numbers] + [email_key(hashes, one) for one in emails]


def _case(
    row: Record,
    lead: LeadView,
    contact: ContactView,
    account_id: UUID | None,
    policy: Policy,
    shared: tuple[Decided, Advised],
) -> ContactCase:
    person = Reachable(
        basis=_basis(row, account_id),
        market_zone=policy.complaint.zone,
        erased=row["erased"],
        phone=contact.phone,
        other_phones=tuple(contact.other_phones),
        email=contact.email is not None or bool(contact.other_emails),
        chat=row["has_user"] and (account_id is None or row["applied"]),
        meeting=contact.meeting_url is not None or contact.email is not None,
        time_zone=contact.time_zone,
        time_zone_given=row["time_zone_given"],
        country=contact.address.country if contact.address else None,
        region=contact.address.region if contact.address else None,
        lead_country=row["country"],
        listed=frozenset(map(Medium, row["listed"])) if row["listed"] else NOTHING_STOPPED,
        calls=tuple(row["calls"]),
    )
    stale_from = _stale_from(row["lists"], whereabouts(person, policy), row["now"].date())
    return ContactCase(
        lead_id=lead.id,
        prospect_id=lead.prospect_id,
        account_id=account_id,
        person=replace(person, lists_stale_from=stale_from) if stale_from else person,
        policy=policy,
        now=row["now"],
        stops=[_stop(values) for values in orjson.loads(row["stops"])] if row["stops"] else (),
        decided=shared[0],
        advised=shared[1],
    )


def _basis(row: Record, account_id: UUID | None) -> ContactBasis:
    """Return why the viewer has the contact data: what a vendor bought is not asked for, whoever published
    it.
    """
    if row["accepted"]:
        return ContactBasis.OPEN_ASKED
    bought = account_id is not None and row["delivery_kind"] == "RECORD"
    published = row["has_user"] and not row["imported"]
    return ContactBasis.OPEN_ASKED if published and not bought else ContactBasis.OPEN_NOT_ASKED


@lru_cache(maxsize=1_024)
def _stale_from(lists: str, place: Whereabouts, today: date) -> Mapping[Medium, datetime]:
    """Return when a place's lists are too old; one that its law demands and nobody imported always is."""
    missing = {
        medium: _NEVER_FRESH
        for medium in Medium
        if list_first(place.country, place.part, medium.value, today)
    }
    return missing | {
        Medium(medium): datetime.fromisoformat(stale_from)
        for country, medium, stale_from in orjson.loads(lists)
        if country == place.country
    }


def _stop(values: Sequence[str]) -> StopView:
    stop_id, scope, medium, since, until, origin, account_id = values
    return StopView(
        id=UUID(stop_id),
        scope=StopScope(scope),
        medium=Medium(medium) if medium else None,
        since=datetime.fromisoformat(since),
        until=datetime.fromisoformat(until) if until else None,
        origin=StopOrigin(origin),
        lifted_at=None,
        account_id=UUID(account_id) if account_id else None,
    )
