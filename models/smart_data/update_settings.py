"""Change of an account's settings of smart contact data, by an owner (S2.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from models.base.clock import database_now
from models.base.database import Connection, fetch, transaction
from models.base.rights import acting_vendor
from models.base.role import Role
from models.base.viewer import Viewer
from models.feed.journal import EventRow, Journal
from models.feed.kinds import NotificationKind
from models.outside.sources.registry import SOURCES
from models.outside.sources.source import OutsideSource
from models.process.wake import Wake
from models.smart_data.account_settings import settings_of
from models.smart_data.context import SmartDataContext
from models.smart_data.facts import AccountFacts, decide_access
from models.smart_data.locked_settings import LockedSettings, lock_settings
from models.smart_data.refusals import SmartDataRefusal
from rules.smart_data.smart_data_access import ContactState


@dataclass(frozen=True, slots=True)
class SettingsDraft:
    """The change of an owner; None leaves a part as it is."""

    on: bool | None = None
    sources: Mapping[OutsideSource, bool] | None = None
    keep_history: bool | None = None
    accepts_roles: bool | None = None


async def update_settings(
    viewer: Viewer, wake: Wake, context: SmartDataContext, draft: SettingsDraft, expected_version: int
) -> UUID:
    """Change the settings of the owner's account; return the account.

    Raises `Refusal`: FORBIDDEN except for owners, STALE_VERSION, REQUIRED without acceptance of the roles,
    REFUSED_BY_RULE if the plan does not include it, INVALID for a source that the server does not ask.
    """
    account_id = acting_vendor(viewer, "switch smart contact data")
    if Role.OWNER not in viewer.roles:
        raise SmartDataRefusal.ONLY_ACCOUNT_OWNERS.at()
    for place, (source, on) in enumerate((draft.sources or {}).items()):
        if on and source not in context.sources:
            raise SmartDataRefusal.SOURCE_UNAVAILABLE.at("sources", str(place), "source")
    async with transaction() as conn:
        before = await lock_settings(conn, account_id)
        now = await database_now(conn)
        if before.version != expected_version:
            raise SmartDataRefusal.SETTINGS_CHANGED.at("expectedVersion")
        on = before.on if draft.on is None else draft.on
        if on and not before.on:
            await _check_switching_on(conn, before, draft, now)
        sources = _sources(context, before, draft)
        await fetch(
            conn,
            """UPDATE smart_data_settings
               SET switched_on = $2, sources = $3, keep_history = $4, version = version + 1,
                   switched_on_at = CASE WHEN $5 THEN $6 ELSE switched_on_at END,
                   switched_on_by_id = CASE WHEN $5 THEN $7 ELSE switched_on_by_id END
               WHERE account_id = $1""",
            account_id,
            on,
            sorted(sources),
            before.keep_history if draft.keep_history is None else draft.keep_history,
            on and not before.on,
            now,
            viewer.user_id,
        )
        journal = Journal(now, viewer.user_id)
        if on is not before.on:
            journal.events.append(
                EventRow(
                    account_id,
                    NotificationKind.SMART_DATA_SWITCHED,
                    now,
                    parameters={"outcome": "ON" if on else "OFF"},
                )
            )
        await journal.write(conn)
    await wake.send(journal.recipients, journal.due)
    return account_id


async def _check_switching_on(
    conn: Connection, before: LockedSettings, draft: SettingsDraft, now: datetime
) -> None:
    view = (await settings_of(conn, [before.account_id])).get(before.account_id)
    if view is not None and not view.included:
        account = AccountFacts(view.plan, switched_on=False)
        decision = decide_access(account, ContactState.VISIBLE, view.policy, now)
        raise SmartDataRefusal.SMART_DATA_NOT_INCLUDED.at("on", decision=decision)
    if not draft.accepts_roles:
        raise SmartDataRefusal.ROLES_NOT_ACCEPTED.at("acceptsRoles")


def _sources(
    context: SmartDataContext, before: LockedSettings, draft: SettingsDraft
) -> frozenset[OutsideSource]:
    """Return the sources that are on.

    Of settings that nobody has ever changed, those that tell nobody but the organisation itself; others are
    on only if the owner names them.
    """
    harmless = frozenset(source for source in context.sources if SOURCES[source].on_by_default)
    chosen = before.sources if before.version else harmless
    given = draft.sources or {}
    return (chosen | {one for one, on in given.items() if on}) - {one for one, on in given.items() if not on}
