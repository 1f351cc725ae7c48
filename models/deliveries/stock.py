"""Stock of leads for replacements: finds suitable leads, and takes one place of each.

A vendor never gets a person that it already had or who must not be contacted, nor more than it paid for.
"""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from asyncpg import Record

from models.base.database import Connection, fetch
from models.contact_data.stopped import stopped
from models.deliveries.tables import OfferMode
from models.leads.same_person import PERSON, reach
from models.policies.versions import policy_in_force
from rules import Policy


@dataclass(frozen=True, slots=True)
class Wanted:
    """A replacement wanted for a faulty delivery; `key` is the caller's.

    `points` is the price of the faulty delivery: a replacement never costs more. `mode` is how it was sold.
    """

    key: UUID
    account_id: UUID
    category: str
    country: str
    city: str | None
    points: int
    mode: OfferMode

    @property
    def group(self) -> "Group":
        """The attributes shared by requests that choose from the same stock."""
        return self.account_id, self.category, self.country, self.points, self.mode


Group: TypeAlias = tuple[UUID, str, str, int, OfferMode]


@dataclass(frozen=True, slots=True)
class Stock:
    """A taken place of a lead, with the policy in force in its market."""

    lead_id: UUID
    prospect_id: UUID
    policy_id: UUID
    policy: Policy


# $1 is the account. A person that it had through any lead is not a replacement, in any row of that person.
_FITS = f"""prospect.erased_at IS NULL AND NOT EXISTS (
    SELECT FROM {PERSON}
    WHERE {stopped("person.prospect_id")}
       OR EXISTS (SELECT FROM delivery JOIN lead AS had ON had.id = delivery.lead_id
                  WHERE delivery.account_id = $1 AND had.prospect_id = person.prospect_id)
       OR EXISTS (SELECT FROM application JOIN lead AS had ON had.id = application.lead_id
                  WHERE application.account_id = $1 AND had.prospect_id = person.prospect_id))"""
_TABLES = """offer JOIN lead ON lead.id = offer.lead_id JOIN prospect ON prospect.id = lead.prospect_id"""
# Rows locked by others are skipped: two transactions that take from the same stock must not deadlock.
_LOCK = f"""SELECT offer.id, offer.lead_id, lead.prospect_id, lead.market_id, lead.city,
           ARRAY(SELECT unnest({reach("contact")}) FROM contact WHERE contact.lead_id = lead.id) AS reach
    FROM {_TABLES}
    WHERE offer.kind = 'LEAD_CLUB' AND offer.withdrawn_at IS NULL AND offer.sold < offer.cap
      AND lead.category = $2 AND lead.country = $3 AND offer.points <= $4 AND offer.mode = $5
      AND offer.id <> ALL($6::uuid[]) AND {_FITS}
    ORDER BY offer.offered_at, offer.id LIMIT $7 FOR NO KEY UPDATE OF offer, lead SKIP LOCKED"""
_STILL = f"SELECT offer.id FROM {_TABLES} WHERE offer.id = ANY($2::uuid[]) AND {_FITS}"


async def take_stock(conn: Connection, wanted: Sequence[Wanted], now: datetime) -> dict[UUID, Stock]:
    """Take one place for each request, by its key: same category and country, same town if available.

    The replacement costs no more than the faulty delivery, and is sold in the same mode: a lead for one
    vendor is worth more than a lead for several, and a replacement must not be worth less. Region means the
    lead's country, and the town is only preferred: stock is too rare to insist on it. Earlier requests choose
    first, and the oldest offer goes first. What an account got in the same transaction must already be
    written.
    """
    groups: dict[Group, list[Wanted]] = defaultdict(list)
    for one in wanted:
        groups[one.group].append(one)
    # By account, across its groups: the ids of the people, and their addresses and numbers.
    given: dict[UUID, set[UUID | str]] = defaultdict(set)
    chosen: dict[UUID, Record] = {}
    for group, wanting in groups.items():
        free = await _free(conn, group, len(wanting), given[group[0]])
        taken = _assign(wanting, free)
        chosen |= taken
        await fetch(  # immediately: the next account of this transaction must see the place as taken
            conn,
            "UPDATE offer SET sold = sold + 1 WHERE id = ANY($1::uuid[])",
            [row["id"] for row in taken.values()],
        )
    markets = {row["market_id"] for row in chosen.values()}
    in_force = {market: await policy_in_force(conn, market, now) for market in markets}
    return {
        key: Stock(row["lead_id"], row["prospect_id"], *in_force[row["market_id"]])
        for key, row in chosen.items()
    }


async def _free(conn: Connection, group: Group, most: int, given: set[UUID | str]) -> list[Record]:
    """Lock up to `most` offers, oldest first, each of another person; skip offers that changed meanwhile."""
    found: list[Record] = []
    seen: list[UUID] = []
    while len(found) < most:
        missing = most - len(found)
        locked = await fetch(conn, _LOCK, *group, seen, missing)
        seen.extend(row["id"] for row in locked)
        still = await fetch(conn, _STILL, group[0], [row["id"] for row in locked]) if locked else []
        fitting = {row["id"] for row in still}
        for row in locked:
            person = {row["prospect_id"], *row["reach"]}
            if row["id"] in fitting and given.isdisjoint(person):
                given |= person
                found.append(row)
        if len(locked) < missing:
            break
    return found


def _assign(wanting: Sequence[Wanted], free: Sequence[Record]) -> dict[UUID, Record]:
    """Give each request the oldest offer of its town, then the oldest of the rest."""
    lucky = wanting[: len(free)]
    by_town: dict[str, deque[Record]] = defaultdict(deque)
    for row in free:
        by_town[row["city"]].append(row)
    taken: dict[UUID, Record] = {}
    for one in lucky:
        if one.city is not None and by_town.get(one.city):
            taken[one.key] = by_town[one.city].popleft()
    used = {row["id"] for row in taken.values()}
    rest = (row for row in free if row["id"] not in used)
    for one in lucky:
        if one.key not in taken:
            taken[one.key] = next(rest)
    return taken
