"""The state of look-ups of one account, in one statement: rights, searches, and what was found.

What was found is opened only if the rules let the account see it, and when it is asked for.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from asyncpg import Record

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.contact_data.stopped import stopped_for
from models.outside.sources.source import FoundKind, LookUp
from models.policies.versions import policies_by_id
from models.smart_data.context import SmartDataContext
from models.smart_data.facts import (
    SEARCH_SECONDS,
    AccountFacts,
    LookUpFacts,
    LookUpTarget,
    contact_state,
    decide_access,
    decide_search,
    key_of,
)
from models.smart_data.found_fields import FoundFieldView, FoundRow, FoundRows
from models.smart_data.mail_domains import kind_of
from models.smart_data.tables import AddressStatus, MailProviderKind
from rules import Decision, Policy
from rules.plan import Plan
from rules.smart_data.smart_data_access import OPEN
from rules.smart_data.smart_data_search import LookUpKey, SearchAct

MOST_FIELDS = 200  # of one person or organisation
_SECONDS = f"interval '{SEARCH_SECONDS.total_seconds():.0f} seconds'"
# When a found value ceases to be shown, whether or not a worker has deleted it.
ENDS_AT = "coalesce(field.kept_until, field.expires_at)"
RUNS = f"(search.state = 'RUNNING' AND search.asked_at + {_SECONDS} > {NOW})"

# $7 the kinds of which values are needed, NULL for all. What was found is one row per subject, in arrays: the
# newest current value comes first, unless the kinds leave it out.
_STATES = f"""WITH {CLOCK}, current_policy AS MATERIALIZED (
        SELECT DISTINCT ON (market_id) market_id, id FROM policy
        WHERE effective_from <= {NOW} ORDER BY market_id, effective_from DESC),
    wanted AS (SELECT * FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[])
        AS given (id, kind, lead_id, key, domain))
    SELECT wanted.id AS wanted_id, {NOW} AS now, account.plan, current_policy.id AS policy_id, lead.country,
        coalesce(settings.switched_on, false) AS switched_on,
        {stopped_for("lead.prospect_id", "$1::uuid")} AS stopped,
        provider.kind AS provider, subject.id AS subject_id,
        searched.running_id, searched.ended_id, searched.address_status,
        CASE WHEN $7::text[] IS NOT NULL THEN (
            SELECT max(field.found_at) FROM found_field AS field
            WHERE field.subject_id = subject.id AND field.removed_at IS NULL AND {ENDS_AT} > {NOW})
        WHEN (found.removed_at)[1] IS NULL THEN (found.found_at)[1] END AS latest, found.*
    FROM wanted JOIN account ON account.id = $1 JOIN lead ON lead.id = wanted.lead_id
    JOIN current_policy ON current_policy.market_id = lead.market_id
    LEFT JOIN smart_data_settings AS settings ON settings.account_id = $1
    LEFT JOIN mail_provider AS provider ON provider.domain = wanted.domain
    LEFT JOIN smart_subject AS subject
        ON subject.account_id = $1 AND subject.kind = wanted.kind AND subject.key_hmac = wanted.key
    LEFT JOIN LATERAL (SELECT
            (array_agg(search.id ORDER BY search.asked_at DESC) FILTER (WHERE {RUNS}))[1] AS running_id,
            (array_agg(search.id ORDER BY search.asked_at DESC) FILTER (WHERE NOT {RUNS}))[1] AS ended_id,
            (array_agg(search.address_status ORDER BY search.asked_at DESC)
                FILTER (WHERE search.address_checked_at > {NOW} - interval '1 hour'))[1] AS address_status
        FROM smart_search AS search WHERE search.subject_id = subject.id) AS searched ON true
    LEFT JOIN LATERAL (SELECT {", ".join(f"array_agg(one.{name}) AS {name}" for name in FoundRow._fields)}
        FROM (SELECT field.id, field.kind, field.about, field.source, field.sealed, field.doubtful,
                field.image_sealed IS NOT NULL AS has_image, field.stated_at, field.found_at,
                field.expires_at, field.kept_until, field.removed_at, field.superseded_by_id, field.search_id
            FROM found_field AS field WHERE field.subject_id = subject.id AND {ENDS_AT} > {NOW}
                AND ($7::text[] IS NULL OR field.kind = ANY($7))
            ORDER BY field.removed_at IS NOT NULL, field.found_at DESC, field.id LIMIT {MOST_FIELDS}) AS one)
        AS found ON true"""


@dataclass(frozen=True, slots=True)
class SmartDataView:
    """What an account is shown about one person or organisation.

    `search` is what a user can do now, None while hidden. `found` is None while hidden.
    """

    access: Decision
    search: Decision | None
    known: LookUpFacts
    account: AccountFacts
    policy: Policy
    policy_id: UUID
    subject_id: UUID | None
    running_id: UUID | None
    last_id: UUID | None
    found: FoundRows | None = None

    @property
    def fields(self) -> tuple[FoundFieldView, ...]:
        """All found values, in the order in which they are shown; empty while hidden."""
        return self.found.fields() if self.found is not None else ()

    def fields_of(self, kind: FoundKind) -> tuple[FoundFieldView, ...]:
        """Those of one kind."""
        return self.found.fields(kind) if self.found is not None else ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What the state is asked for: a target, and whether the account sees its contact.

    `key` overrides what the domain says, if the caller knows it already.
    """

    target: LookUpTarget
    visible: bool
    erased: bool = False
    stopped: bool = False
    key: LookUpKey | None = None


async def read_states(
    conn: Connection,
    context: SmartDataContext,
    account_id: UUID,
    asked: Sequence[Asked],
    kinds: Collection[FoundKind] | None = None,
) -> dict[UUID, SmartDataView]:
    """Return the state of each target by its id, in one statement. Another account's finds are never read.

    `kinds` are those of which found values are needed, all if omitted: the views have no others.
    """
    rows = await fetch(
        conn,
        _STATES,
        account_id,
        [one.target.id for one in asked],
        [one.target.kind for one in asked],
        [one.target.lead_id for one in asked],
        [one.target.key for one in asked],
        [one.target.domain for one in asked],
        None if kinds is None else list(kinds),
    )
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows})
    by_id = {one.target.id: one for one in asked}
    return {
        row["wanted_id"]: _view(context, by_id[row["wanted_id"]], row, policies[row["policy_id"]])
        for row in rows
    }


def _view(context: SmartDataContext, asked: Asked, row: Record, policy: Policy) -> SmartDataView:
    target = asked.target
    account = AccountFacts(Plan(row["plan"]), row["switched_on"])
    stopped = asked.stopped if target.kind is LookUp.ORGANISATION else row["stopped"]
    contact = contact_state(visible=asked.visible, stopped=stopped, erased=asked.erased)
    access = decide_access(account, contact, policy, row["now"])
    known = LookUpFacts(
        target.kind,
        asked.key or _key(context, target, row),
        row["running_id"] is not None,
        row["latest"],
        row["now"],
    )
    is_open = access.verdict is OPEN
    return SmartDataView(
        access,
        decide_search(known, SearchAct.LOOK, policy) if is_open else None,
        known,
        account,
        policy,
        row["policy_id"],
        row["subject_id"],
        row["running_id"],
        row["ended_id"],
        FoundRows(context.sealer, row, row["country"]) if is_open else None,
    )


def _key(context: SmartDataContext, target: LookUpTarget, row: Record) -> LookUpKey:
    if target.key is None or target.domain is None:
        return LookUpKey.NONE
    override = None if row["provider"] is None else MailProviderKind(row["provider"])
    status = None if row["address_status"] is None else AddressStatus(row["address_status"])
    return key_of(
        target.domain,
        kind_of(target.domain, override),
        status,
        reserved=context.reserved(target.domain),
    )
