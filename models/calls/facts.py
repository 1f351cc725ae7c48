"""Reads what presence and routes are decided from: the times of employees, chains of deputies, VIPs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from models.base.database import Connection, fetch
from models.base.pace import unhurried
from models.base.refusal import in_language
from models.calls.caller_id import Caller
from models.calls.entries import VIP_COLUMNS, vip_view
from models.calls.limits import FURTHEST_INSTANT
from models.calls.presence import HORIZON, Availability, CompanyTime, EmployeeTimes, Entry, availability
from models.calls.recognition import VipView
from models.calls.refusals import CallRefusal
from models.calls.routes import Candidate, Company
from models.calls.typed_number import beginnings
from models.calls.views import SecretariatView
from models.calls.words import CallWords
from models.calls.working_hours import working_hours_of
from models.contact_data.redaction import Redacted
from models.policies.list import policies_at
from models.policies.public_holidays import holidays_of
from rules import Policy
from rules.calls.call_route import TransferWish

MOST_DEPUTIES = 6  # a policy lets at most five stand in
MOST_ENTRIES = 400  # appointments of one employee that are looked at
MOST_VIPS_SHOWN = 20

At = tuple[UUID, datetime]  # an employee, and an instant

# Appointments that hold at an instant, or begin within the horizon: none lasts longer than two years.
_ENTRIES = f"""SELECT wanted.place, entry.* FROM
        unnest($1::uuid[], $2::timestamptz[]) WITH ORDINALITY AS wanted (employee_id, at, place)
    CROSS JOIN LATERAL (
        SELECT id, starts_at, ends_at, made_at, text, reachable FROM appointment
        WHERE appointment.employee_id = wanted.employee_id AND ends_at > wanted.at
          AND starts_at > wanted.at - interval '734 days' AND starts_at <= wanted.at + interval '400 days'
        ORDER BY starts_at LIMIT {MOST_ENTRIES}) AS entry"""

_CHAINS = """WITH RECURSIVE chain AS (
        SELECT wanted.place, wanted.hops, employee.id, deputy_id, wish, extension, absence_text, 0 AS hop,
               ARRAY[employee.id] AS walked
        FROM unnest($1::uuid[], $2::uuid[], $3::int[])
                WITH ORDINALITY AS wanted (employee_id, secretariat_id, hops, place)
            JOIN employee ON employee.id = wanted.employee_id
                AND employee.secretariat_id = wanted.secretariat_id AND removed_at IS NULL
        UNION ALL
        SELECT place, hops, next.id, next.deputy_id, next.wish, next.extension, next.absence_text, hop + 1,
               walked || next.id
        FROM chain JOIN employee AS next ON next.id = chain.deputy_id AND next.removed_at IS NULL
        WHERE hop < hops AND next.id <> ALL(walked))
    SELECT place, id, wish, extension, absence_text FROM chain ORDER BY place, hop"""

# Arrays in an array must have the same length, so the lists of each caller are joined by commas.
_MATCHES = f"""SELECT wanted.place, entry.* FROM
        unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[]) WITH ORDINALITY
            AS wanted (secretariat_id, number, beginnings, employees, most, place)
    CROSS JOIN LATERAL (
        SELECT {VIP_COLUMNS} FROM vip_caller
        WHERE vip_caller.secretariat_id = wanted.secretariat_id
          AND vip_caller.number = ANY(string_to_array(wanted.beginnings, ','))
          AND (block OR vip_caller.number = wanted.number)
          AND (wanted.employees IS NULL OR employee_id IS NULL
               OR employee_id = ANY(string_to_array(wanted.employees, ',')::uuid[]))
        ORDER BY employee_id IS NOT NULL, block, length(vip_caller.number) DESC, id
        LIMIT wanted.most) AS entry
    ORDER BY wanted.place, entry.employee_id IS NOT NULL, entry.block, length(entry.number) DESC, entry.id"""


@dataclass(frozen=True, slots=True)
class WantedChain:
    """Whose chain of deputies is read, as of an instant; `hops` is how many deputies may stand in."""

    secretariat: SecretariatView
    employee_id: UUID
    at: datetime
    hops: int = MOST_DEPUTIES


@dataclass(frozen=True, slots=True, repr=False)
class WantedMatch(Redacted):
    """Whose caller is looked for among a company's VIPs, and for which employees; None: for all."""

    secretariat_id: UUID
    caller: Caller
    employee_ids: Collection[UUID] | None = None


@dataclass(frozen=True, slots=True)
class EmployeeNow:
    """What presence needs of an employee's row and company."""

    employee_id: UUID
    absence_text: str | None
    time_zone: str
    holidays_of: str
    language: str
    transfer_included: bool
    market_id: UUID


def check_near(at: datetime, now: datetime, field: str) -> None:
    """Raise `Refusal` INVALID for an instant that is more than two years away.

    What is stored says nothing about it, and at the ends of the calendar days cannot be counted.
    """
    if abs(at - now) > FURTHEST_INSTANT:
        raise CallRefusal.PREVIEW_TOO_FAR.at(field)


def company_of(secretariat: SecretariatView, policy: Policy) -> Company:
    """Return what the rules need of a company's set-up."""
    return Company(
        policy,
        company_time(secretariat.time_zone, secretariat.holidays_of),
        secretariat.language,
        secretariat.transfer_included,
        secretariat.confirmed,
    )


def company_time(time_zone: str, place: str) -> CompanyTime:
    """Return a company's zone and public holidays."""
    return CompanyTime(ZoneInfo(time_zone), holidays_of(place))


def told(absence_text: str | None, language: str, *, transfer_included: bool) -> str | None:
    """Return what callers are told of an employee without an appointment (S4.5, S4.20)."""
    if absence_text is not None or transfer_included:
        return absence_text
    return in_language(CallWords.NOBODY_IN_PERSON, language)


async def policy_now(conn: Connection, market_id: UUID) -> Policy:
    """Return the policy in force of a market."""
    return (await policies_at(conn, [(market_id, None)]))[market_id, None].policy


async def availabilities(conn: Connection, wanted: Collection[At]) -> Mapping[At, Availability]:
    """Return the presence of employees at instants; the caller has checked that they may be seen.

    Four statements, however many are wanted.
    """
    keys = list(wanted)
    if not keys:
        return {}
    rows = await fetch(
        conn,
        """SELECT employee.id AS employee_id, absence_text, time_zone, holidays_of, language,
                  transfer_included, market_id
           FROM employee JOIN secretariat ON secretariat.id = employee.secretariat_id
           WHERE employee.id = ANY($1::uuid[])""",
        list({employee_id for employee_id, _ in keys}),
    )
    employees = {row["employee_id"]: EmployeeNow(**dict(row)) for row in rows}
    policies = await policies_at(conn, {(one.market_id, None) for one in employees.values()})
    times = await times_of(
        conn,
        keys,
        {
            one.employee_id: told(one.absence_text, one.language, transfer_included=one.transfer_included)
            for one in employees.values()
        },
    )
    found: dict[At, Availability] = {}
    async for key in unhurried(keys, 1):  # a long absence takes milliseconds
        one = employees[key[0]]
        there = company_time(one.time_zone, one.holidays_of)
        found[key] = availability(times[key], there, policies[one.market_id, None].policy, key[1])
    return found


async def times_of(
    conn: Connection, wanted: Sequence[At], said: Mapping[UUID, str | None]
) -> dict[At, EmployeeTimes]:
    """Return the times of employees from an instant on, in two statements."""
    if not wanted:
        return {}
    moments = [at for _, at in wanted]
    period = (min(moments), max(moments) + HORIZON)
    hours = await working_hours_of(conn, {employee_id for employee_id, _ in wanted}, period)
    rows = await fetch(conn, _ENTRIES, [employee_id for employee_id, _ in wanted], [at for _, at in wanted])
    entries: dict[int, list[Entry]] = {}
    for row in rows:
        entries.setdefault(row["place"] - 1, []).append(
            Entry(
                row["id"],
                row["starts_at"],
                row["ends_at"],
                row["made_at"],
                row["text"],
                row["reachable"],
            )
        )
    return {
        key: EmployeeTimes(entries.get(place, ()), hours[key[0]].weekly, said.get(key[0]), hours[key[0]].told)
        for place, key in enumerate(wanted)
    }


async def chain_of(
    conn: Connection,
    secretariat: SecretariatView,
    employee_id: UUID,
    at: datetime,
    *,
    hops: int = MOST_DEPUTIES,
) -> list[Candidate]:
    """Return the chain of one employee: `chains_of`."""
    (chain,) = await chains_of(conn, [WantedChain(secretariat, employee_id, at, hops)])
    return chain


async def chains_of(conn: Connection, wanted: Sequence[WantedChain]) -> list[list[Candidate]]:
    """Return each employee and the deputies after them, none twice; empty for those of another company.

    The times of deputies further than the hops are not read. Three statements, however many are wanted.
    """
    rows = await fetch(
        conn,
        _CHAINS,
        [one.employee_id for one in wanted],
        [one.secretariat.id for one in wanted],
        [one.hops for one in wanted],
    )
    if not rows:
        return [[] for _ in wanted]
    found = [(wanted[row["place"] - 1], row) for row in rows]
    times = await times_of(
        conn,
        list(dict.fromkeys((row["id"], one.at) for one, row in found)),
        {
            row["id"]: told(
                row["absence_text"],
                one.secretariat.language,
                transfer_included=one.secretariat.transfer_included,
            )
            for one, row in found
        },
    )
    chains: list[list[Candidate]] = [[] for _ in wanted]
    for one, row in found:
        chains[row["place"] - 1].append(
            Candidate(row["id"], TransferWish(row["wish"]), row["extension"], times[row["id"], one.at])
        )
    return chains


async def matching_vips(
    conn: Connection, secretariat_id: UUID, caller: Caller, employee_ids: Collection[UUID] | None = None
) -> list[VipView]:
    """Return the entries that one caller's number matches: `matches_of`."""
    (entries,) = await matches_of(conn, [WantedMatch(secretariat_id, caller, employee_ids)])
    return entries


async def matches_of(conn: Connection, wanted: Sequence[WantedMatch]) -> list[list[VipView]]:
    """Return the entries that each caller's number matches, exactly or by a block (S4.22).

    Those of the company and of these employees; without any, of all employees, at most 20. One statement,
    however many are wanted.
    """
    found: list[list[VipView]] = [[] for _ in wanted]
    known = [(place, one, one.caller.e164) for place, one in enumerate(wanted) if one.caller.e164 is not None]
    if not known:
        return found
    rows = await fetch(
        conn,
        _MATCHES,
        [one.secretariat_id for _, one, _ in known],
        [number for _, _, number in known],
        [",".join(beginnings(number)) for _, _, number in known],
        [None if one.employee_ids is None else ",".join(map(str, one.employee_ids)) for _, one, _ in known],
        [MOST_VIPS_SHOWN if one.employee_ids is None else None for _, one, _ in known],
    )
    for row in rows:
        found[known[row["place"] - 1][0]].append(vip_view(row))
    return found


async def all_candidates(
    conn: Connection,
    secretariat: SecretariatView,
    period: tuple[datetime, datetime],
    employee_ids: Collection[UUID] | None,
    most: int,
) -> list[Candidate]:
    """Return up to `most` + 1 employees with their appointments of a period, in three statements."""
    rows = await fetch(
        conn,
        """SELECT id, wish, extension FROM employee
           WHERE secretariat_id = $1 AND removed_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2))
           ORDER BY id LIMIT $3""",
        secretariat.id,
        None if employee_ids is None else list(employee_ids),
        most + 1,
    )
    ids = [row["id"] for row in rows]
    hours = await working_hours_of(conn, ids, period)
    entries: dict[UUID, list[Entry]] = {}
    found = await fetch(
        conn,
        """SELECT employee_id, id, starts_at, ends_at, made_at, text, reachable FROM appointment
           WHERE employee_id = ANY($1::uuid[]) AND starts_at < $3 AND ends_at > $2""",
        ids,
        *period,
    )
    async for row in unhurried(found, 1_000):
        entries.setdefault(row["employee_id"], []).append(
            Entry(
                row["id"],
                row["starts_at"],
                row["ends_at"],
                row["made_at"],
                row["text"],
                row["reachable"],
            )
        )
    return [
        Candidate(
            row["id"],
            TransferWish(row["wish"]),
            row["extension"],
            EmployeeTimes(entries.get(row["id"], ()), hours[row["id"]].weekly, None, hours[row["id"]].told),
        )
        for row in rows
    ]
