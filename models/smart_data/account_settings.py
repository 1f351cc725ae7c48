"""An account's settings of smart contact data, as its users and operators see them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from models.base.clock import CLOCK, NOW
from models.base.database import Connection, fetch
from models.outside.sources.source import OutsideSource
from models.policies.versions import policies_by_id
from rules import Policy
from rules.plan import Plan

INCLUDED = frozenset(Plan) - {Plan.FREE}

# The policy of the market that most of the account's users call home, otherwise of the first market: an
# account belongs to no market, and each search uses the policy of its lead's.
_SETTINGS = f"""WITH {CLOCK}
    SELECT account.id, account.plan, settings.switched_on, settings.switched_on_at,
        settings.switched_on_by_id, settings.sources, settings.keep_history, settings.version,
        (SELECT policy.id FROM policy JOIN market ON market.id = policy.market_id
         WHERE policy.effective_from <= {NOW}
         ORDER BY (SELECT count(*) FROM users
                   WHERE users.account_id = account.id AND users.home_market_id = market.id) DESC,
             market.code, policy.effective_from DESC LIMIT 1) AS policy_id,
        (SELECT count(*) FROM smart_search AS search WHERE search.account_id = account.id
         AND search.asked_at > {NOW} - interval '1 hour') AS searches,
        (SELECT count(*) FROM smart_subject AS subject JOIN found_field AS field
         ON field.subject_id = subject.id WHERE subject.account_id = account.id AND field.removed_at IS NULL
         AND coalesce(field.kept_until, field.expires_at) > {NOW}) AS found
    FROM account LEFT JOIN smart_data_settings AS settings ON settings.account_id = account.id
    WHERE account.id = ANY($1::uuid[])"""


@dataclass(frozen=True, slots=True)
class SettingsView:
    """What an account has switched on; `version` is 0 if it has never changed anything.

    `searches` are those of the last hour, `found` the values that are stored and have not expired.
    """

    account_id: UUID
    plan: Plan
    policy: Policy
    on: bool
    switched_on_at: datetime | None
    switched_on_by_id: UUID | None
    keep_history: bool
    version: int
    sources: frozenset[OutsideSource]
    searches: int
    found: int

    @property
    def included(self) -> bool:
        """Whether the account's plan has it."""
        return self.plan in INCLUDED

    @property
    def fresh_for(self) -> timedelta:
        """For how long what was found is fresh."""
        return timedelta(seconds=self.policy.smart_data.fresh_for)

    @property
    def keep_found_for(self) -> timedelta:
        """For how long what was found is kept."""
        return timedelta(seconds=self.policy.smart_data.keep_found_for)


async def settings_of(conn: Connection, ids: Collection[UUID]) -> dict[UUID, SettingsView]:
    """Return the settings of accounts, in one statement; the caller checks access."""
    rows = await fetch(conn, _SETTINGS, list(ids))
    policies = await policies_by_id(conn, {row["policy_id"] for row in rows if row["policy_id"]})
    views = {}
    for row in rows:
        if row["policy_id"] is None:
            continue  # no market has a policy yet
        views[row["id"]] = SettingsView(
            account_id=row["id"],
            plan=Plan(row["plan"]),
            policy=policies[row["policy_id"]],
            on=bool(row["switched_on"]),
            switched_on_at=row["switched_on_at"],
            switched_on_by_id=row["switched_on_by_id"],
            keep_history=bool(row["keep_history"]),
            version=row["version"] or 0,
            sources=frozenset(map(OutsideSource, row["sources"] or ())),
            searches=row["searches"],
            found=row["found"],
        )
    return views
