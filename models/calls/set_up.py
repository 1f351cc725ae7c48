"""Creates, changes and confirms a company's set-up for its calls (S4.1, S4.3, S4.4).

It is prefilled from the account and its first owner, so that the company only has to check it.
"""

import re
from dataclasses import replace
from typing import TypedDict
from uuid import UUID

from models.accounts.tables import Account
from models.accounts.user_settings import supported_locale
from models.base.clock import database_now
from models.base.database import Connection, fetch, fetch_one, transaction
from models.base.idempotency import first_answer
from models.base.ids import new_id
from models.base.refusal import Refusal, in_language
from models.base.viewer import Viewer
from models.calls.asked_fields import built_in_fields, write_asked_fields
from models.calls.deadlines import SECRETARIAT, check_due
from models.calls.edit import (
    Edit,
    Locked,
    check_employee,
    check_may_change,
    check_operator,
    check_owner,
    check_version,
    editing,
    store_changes,
)
from models.calls.greeting import checked_greeting
from models.calls.limits import LONGEST_INSTRUCTION
from models.calls.numbers import write_numbers
from models.calls.person_name import PersonName, read_name, sort_key
from models.calls.refusals import CallRefusal
from models.calls.tables import ChangeSubject
from models.calls.words import CallWords
from models.contact_data import UnknownPlace, parse_time_zone
from models.contact_data.checked_text import checked_text
from models.contact_data.place import country_of_zone
from models.deadlines.settle import withdraw
from models.feed.journal import Journal
from models.feed.wording.language import CATALOGS, language_for
from models.policies.public_holidays import holidays_of
from models.policies.versions import policy_in_force
from models.process.wake import Wake
from rules import PolicyError

SHORTEST_RETENTION, LONGEST_RETENTION = 30, 730  # days
_DEFAULT_COUNTRY = "DE"
# ISO 3166: the country, which also reads national numbers, and a part of it.
_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)

_OWNER = """SELECT id, name, email, locale, time_zone, home_market_id FROM users
            WHERE account_id = $1 AND account_role = 'OWNER' AND disabled_at IS NULL ORDER BY id LIMIT 1"""
_MARKET = "SELECT id FROM market ORDER BY id LIMIT 1"


async def create_secretariat(
    viewer: Viewer,
    *,
    account_id: UUID,
    transfer_included: bool,
    phone_numbers: list[str],
    number_blocks: list[str],
    language: str | None,
    time_zone: str | None,
    holidays_of_place: str | None,
    idempotency_key: str,
) -> UUID:
    """Create a company's set-up, prefilled from its account and first owner, and return its id.

    For operators. The owner becomes the first employee, who gets the messages that concern nobody in
    particular. Raises `Refusal`.
    """
    check_operator(viewer, "create secretariats")
    secretariat_id, employee_id = new_id(), new_id()
    async with transaction() as conn:
        now = await database_now(conn)
        account = await Account.select_for_update().using_db(conn).get_or_none(id=account_id)
        if account is None:
            raise CallRefusal.SECRETARIAT_NOT_FOUND.at("accountId")
        earlier = await first_answer(
            conn,
            scope=viewer.user_id or account_id,
            operation="secretariatCreate",
            key=idempotency_key,
            given={
                "accountId": str(account_id),
                "transferIncluded": transfer_included,
                "phoneNumbers": phone_numbers,
                "numberBlocks": number_blocks,
                "language": language,
                "timeZone": time_zone,
                "holidaysOf": holidays_of_place,
            },
            result=secretariat_id,
            now=now,
        )
        if earlier is not None:
            return earlier
        if await fetch(conn, "SELECT FROM secretariat WHERE account_id = $1", account_id):
            raise CallRefusal.SECRETARIAT_EXISTS.at("accountId")
        owner = await fetch_one(conn, _OWNER, account_id)
        if owner is None:
            raise CallRefusal.ACCOUNT_HAS_NO_OWNER.at("accountId")
        market = await fetch_one(conn, _MARKET)
        if market is None:
            raise LookupError("there is no market yet: open one")
        spoken = (
            _language(language) if language is not None else language_for(owner["locale"]).catalog.language
        )
        zone = _zone(time_zone if time_zone is not None else owner["time_zone"])
        place = _place(holidays_of_place or country_of_zone(zone) or _DEFAULT_COUNTRY)
        made = Locked(
            id=secretariat_id,
            account_id=account_id,
            market_id=owner["home_market_id"] or market["id"],
            version=1,
            greeting=in_language(CallWords.GREETING, spoken, company=_without_brackets(account.name)),
            language=spoken,
            time_zone=zone,
            holidays_of=place,
            transfer_included=transfer_included,
            fallback_employee_id=employee_id,
            confirmed_at=None,
            changed_parts=(),
        )
        edit = Edit(conn, viewer, now, made)
        await _insert(edit, read_name(owner["name"]), owner["email"])
        await write_numbers(edit, phone_numbers, number_blocks)
        await edit.note(ChangeSubject.SECRETARIAT, secretariat_id, ["created"])
    return secretariat_id


async def _insert(edit: Edit, owner: PersonName, email: str) -> None:
    conn, made = edit.conn, edit.secretariat
    await fetch(
        conn,
        """INSERT INTO secretariat (id, account_id, market_id, version, greeting, language, time_zone,
                                    holidays_of, transfer_included, changed_parts, made_at)
           VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8, '{}', $9)""",
        made.id,
        made.account_id,
        made.market_id,
        made.greeting,
        made.language,
        made.time_zone,
        made.holidays_of,
        made.transfer_included,
        edit.now,
    )
    await fetch(
        conn,
        """INSERT INTO employee (id, secretariat_id, version, first_name, last_name, sort_key, email, cc,
                                 sms_tick, vip_sms_tick, wish, made_at)
           VALUES ($1, $2, 1, $3, $4, $5, $6, '{}', false, false, 'NONE', $7)""",
        made.fallback_employee_id,
        made.id,
        owner.first[:100],
        owner.last[:100],
        sort_key(owner),
        email,
        edit.now,
    )
    await fetch(
        conn,
        "UPDATE secretariat SET fallback_employee_id = $2 WHERE id = $1",
        made.id,
        made.fallback_employee_id,
    )
    await write_asked_fields(conn, made.id, built_in_fields(made.language))


class SecretariatChanges(TypedDict, total=False):
    """What is changed: a key that is missing is left as it is, None clears it."""

    greeting: str
    handling_instruction: str | None
    language: str
    time_zone: str
    holidays_of: str
    fallback_employee_id: UUID | None
    retention_days: int | None
    transfer_included: bool


_API_NAMES = {
    "greeting": "greeting",
    "handling_instruction": "handlingInstruction",
    "language": "language",
    "time_zone": "timeZone",
    "holidays_of": "holidaysOf",
    "fallback_employee_id": "fallbackEmployeeId",
    "retention_days": "retentionDays",
    "transfer_included": "transferIncluded",
}


async def update_secretariat(
    viewer: Viewer, *, secretariat_id: UUID | None, expected_version: int, changes: SecretariatChanges
) -> UUID:
    """Change a set-up and return its id. Raises `Refusal`.

    After a change of the time zone, whole-day appointments keep their dates and get new instants.
    """
    check_may_change(viewer, "change a secretariat")
    async with editing(viewer, secretariat_id) as edit:
        made = edit.secretariat
        check_version(made.version, expected_version)
        values = _checked(viewer, changes)
        fallback = values.get("fallback_employee_id")
        if isinstance(fallback, UUID):
            await check_employee(edit.conn, made.id, fallback, "fallbackEmployeeId")
        changed = await store_changes(edit.conn, "secretariat", made.id, values)
        if "time_zone" in changed:
            await _move_whole_days(edit.conn, made.id)
        if changed:
            await edit.note(ChangeSubject.SECRETARIAT, made.id, [_API_NAMES[name] for name in changed])
        return made.id


def _checked(viewer: Viewer, changes: SecretariatChanges) -> dict[str, object]:
    values: dict[str, object] = {**changes}
    if "transfer_included" in changes and not viewer.operator:
        raise CallRefusal.TRANSFER_BY_OPERATOR.at("transferIncluded")
    if "greeting" in changes:
        values["greeting"] = checked_greeting(changes["greeting"])
    if "handling_instruction" in changes:
        values["handling_instruction"] = _instruction(changes["handling_instruction"])
    if "language" in changes:
        values["language"] = _language(changes["language"])
    if "time_zone" in changes:
        values["time_zone"] = _zone(changes["time_zone"])
    if "holidays_of" in changes:
        values["holidays_of"] = _place(changes["holidays_of"])
    if "retention_days" in changes:
        values["retention_days"] = _retention(changes["retention_days"])
    return values


async def _move_whole_days(conn: Connection, secretariat_id: UUID) -> None:
    await fetch(
        conn,
        """UPDATE appointment SET version = appointment.version + 1,
               starts_at = first_day::timestamp AT TIME ZONE secretariat.time_zone,
               ends_at = (last_day + 1)::timestamp AT TIME ZONE secretariat.time_zone
           FROM employee JOIN secretariat ON secretariat.id = employee.secretariat_id
           WHERE employee.id = appointment.employee_id AND secretariat.id = $1 AND first_day IS NOT NULL""",
        secretariat_id,
    )


async def confirm_secretariat(
    viewer: Viewer, wake: Wake, *, secretariat_id: UUID | None, expected_version: int
) -> UUID:
    """Confirm what was read (S4.1), and start the time until the company is asked again; for owners.

    Raises `Refusal`: STALE_VERSION if anything that is confirmed has changed since.
    """
    check_owner(viewer, "confirm a secretariat")
    async with editing(viewer, secretariat_id) as edit:
        made = edit.secretariat
        check_version(made.version, expected_version)
        _, policy = await policy_in_force(edit.conn, made.market_id, edit.now)
        await fetch(
            edit.conn,
            """UPDATE secretariat SET version = version + 1, confirmed_at = $2, confirmed_by_id = $3,
                   changed_parts = '{}' WHERE id = $1""",
            made.id,
            edit.now,
            viewer.user_id,
        )
        await edit.note(ChangeSubject.SECRETARIAT, made.id, ["confirmedAt"])
        journal = Journal(edit.now, viewer.user_id)
        await withdraw(edit.conn, SECRETARIAT, [made.id], journal, "replaced")
        journal.deadlines += [
            replace(row, ordinal=made.version) for row in check_due(made.id, policy, edit.now)
        ]
        await journal.write(edit.conn)
    await wake.send(journal.recipients, journal.due)
    return made.id


def _language(text: str) -> str:
    try:
        return supported_locale(text)
    except Refusal:
        raise CallRefusal.LANGUAGE_UNKNOWN.at("language", languages=", ".join(sorted(CATALOGS))) from None


def _zone(text: str) -> str:
    try:
        return parse_time_zone(text)
    except UnknownPlace as error:
        raise error.refusal("timeZone", message=f"timeZone: {error}.") from error


def _place(text: str) -> str:
    place = text.strip().upper()
    if not _PLACE.fullmatch(place):
        raise CallRefusal.HOLIDAYS_UNKNOWN.at("holidaysOf")
    try:
        holidays_of(place)
    except (PolicyError, KeyError):
        raise CallRefusal.HOLIDAYS_UNKNOWN.at("holidaysOf") from None
    return place


def _instruction(text: str | None) -> str | None:
    return (
        checked_text("handlingInstruction", text, LONGEST_INSTRUCTION) or None if text is not None else None
    )


def _retention(days: int | None) -> int | None:
    if days is not None and not SHORTEST_RETENTION <= days <= LONGEST_RETENTION:
        raise CallRefusal.RETENTION_OUT_OF_RANGE.at(
            "retentionDays", least=SHORTEST_RETENTION, most=LONGEST_RETENTION
        )
    return days


def _without_brackets(name: str) -> str:
    """Return a company's name without what a greeting would read as a placeholder."""
    return "".join(char for char in name if char not in "[]{}")
