"""A part of a reconciliation: what was written lately, and the share of one night.

In thirty nights, everything is looked at. A check names its rows by `only`; a run of a part looks at those
that were written or changed lately, and at those of the accounts of its night. Ids are of version 7: what is
written after an id has a greater one. Nobody reads a time out of them.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from models.ledger.tables import has_key

NIGHTS = 30


class Rows(StrEnum):
    """What a check can be limited to; each is a set of ids."""

    ACCOUNT = "account"  # of the night alone
    MOVED_ACCOUNT = "moved_account"  # with new movements alone
    RECIPIENT = "recipient"  # of the night alone
    NEW_EVENT = "new_event"
    APPLICATION = "application"
    DELIVERY = "delivery"
    MOVEMENT = "movement"
    MOVEMENT_OF_APPLICATION = "movement_of_application"
    DEADLINE = "deadline"
    CHAT = "chat"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Part:
    """What a run looks at: rows with ids after `since`, those changed from `changed_since` on, and the
    accounts of a night, from 0.
    """

    since: UUID
    changed_since: datetime
    night: int
    nights: int = NIGHTS

    @property
    def values(self) -> tuple[UUID, int, int, datetime]:
        """The parameters $1 to $4 of a statement."""
        return self.since, self.night, self.nights, self.changed_since


def only(rows: Rows, column: str) -> str:
    """Return the condition in a check that a part of its rows is looked at; in a full run it is true."""
    return f"/*{rows}:{column}*/ true"


_MARK = re.compile(r"/\*(\w+):([\w.]+)\*/ true")


def limited(sql: str) -> str:
    """Return the statement of a check with the conditions of a part, which has to begin with `LOOKED_AT`."""
    return _MARK.sub(lambda mark: f"{mark[2]} IN (SELECT id FROM looked_{mark[1]})", sql)


def _in_the_night(column: str) -> str:
    return f"('x' || right({column}::text, 6))::bit(24)::int % $3 = $2"


def _pages_of_the_night(table: str) -> str:
    """Return the condition that a row is in the night's pages of a table without an account."""
    size = f"(pg_relation_size('{table}') / current_setting('block_size')::int + 1)"
    first, end = (f"(SELECT format('(%s,0)', {size} * {night} / $3)::tid)" for night in ("$2", "($2 + 1)"))
    return f"ctid >= {first} AND ctid < {end}"


_OWN = ("hold", "capture", "release", "refund")  # the business keys of an application's movements
_SETS = {
    Rows.ACCOUNT: f"SELECT id FROM account WHERE {_in_the_night('id')}",
    Rows.RECIPIENT: f"""SELECT recipient AS id FROM feed_counter WHERE {_in_the_night("recipient")}
        UNION SELECT id FROM looked_account""",
    Rows.NEW_EVENT: "SELECT id FROM feed_event WHERE id > $1",
    Rows.MOVED_ACCOUNT: "SELECT DISTINCT account_id AS id FROM posting_group WHERE id > $1",
    Rows.APPLICATION: """SELECT id FROM application WHERE id > $1
        UNION SELECT application.id FROM looked_account
            JOIN application ON application.account_id = looked_account.id
        UNION SELECT subject FROM decision WHERE id > $1
        UNION SELECT subject FROM posting_group WHERE id > $1 AND subject IS NOT NULL
        UNION SELECT application_id FROM delivery WHERE id > $1 AND application_id IS NOT NULL
        UNION SELECT application_id FROM looked_account
            JOIN delivery ON delivery.account_id = looked_account.id AND application_id IS NOT NULL""",
    Rows.DELIVERY: """SELECT id FROM delivery WHERE id > $1
        UNION SELECT delivery.id FROM looked_account JOIN delivery ON delivery.account_id = looked_account.id
        UNION SELECT delivery.id FROM looked_application
            JOIN delivery ON delivery.application_id = looked_application.id""",
    Rows.MOVEMENT: """SELECT id FROM posting_group WHERE id > $1
        UNION SELECT posting_group.id FROM looked_account
            JOIN posting_group ON posting_group.account_id = looked_account.id""",
    Rows.MOVEMENT_OF_APPLICATION: f"""SELECT id FROM looked_movement
        UNION SELECT posting_group.id FROM looked_application
            CROSS JOIN unnest(ARRAY[{", ".join(f"'{key}:'" for key in _OWN)}]) AS own (key)
            JOIN posting_group ON {has_key("posting_group", "own.key || looked_application.id")}""",
    Rows.DEADLINE: f"""SELECT id FROM deadline WHERE id > $1
        UNION SELECT id FROM deadline WHERE done_at >= $4
        UNION SELECT id FROM deadline WHERE {_pages_of_the_night("deadline")}""",
    Rows.CHAT: """SELECT application_id AS id FROM chat_message WHERE id > $1
        UNION SELECT application.id FROM looked_account
            JOIN application ON application.account_id = looked_account.id""",
    Rows.OFFER: f"""SELECT id FROM offer WHERE id > $1
        UNION SELECT offer.id FROM looked_delivery JOIN delivery USING (id) JOIN offer USING (lead_id)
        UNION SELECT id FROM offer WHERE {_pages_of_the_night("offer")}""",
}
# All of them; PostgreSQL runs those that a check asks for. Each sees the ones before it.
LOOKED_AT = "WITH " + ",\n".join(f"looked_{rows} AS MATERIALIZED ({sql})" for rows, sql in _SETS.items())
