"""Bulk-loads applications for a benchmark, with everything that the actions would have written.

The books balance: `leadgate reconcile` finds nothing wrong with the loaded data.
"""

from datetime import datetime
from enum import StrEnum

from bench.data import (
    BALANCE,
    CASE,
    DEADLINE,
    DECISION,
    DELIVERY,
    EVENT,
    GROUP,
    LEAD,
    POINTS,
    POLICY,
    POSTING,
    PROSPECT,
    REMINDER,
    VENDOR,
    Connection,
    policy,
)
from rules.calendar import complaint_until


class State(StrEnum):
    """The progress of a case; DUE: the time to answer is over, and no worker has settled it yet."""

    PENDING = "PENDING"
    DUE = "DUE"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    REVEALED = "REVEALED"


_OPENED = "state IN ('ACCEPTED', 'REVEALED')"

_TABLE = """CREATE TEMPORARY TABLE laid_case AS
    SELECT n, lead, vendor, state, received_at, received_at + interval '1 hour' AS answered_at,
           received_at + make_interval(secs => $1) AS reveals_at,
           CASE state WHEN 'REVEALED' THEN received_at + make_interval(secs => $1)
                ELSE received_at + interval '1 hour' END AS settled_at
    FROM ({cases}) AS given (n, lead, vendor, state, received_at)"""

_CASES = (
    f"""INSERT INTO application (id, version, lead_id, account_id, policy_id, introduction, fee, hold,
            submitted_at, received_at, accepted_at, declined_at, refunded_at, revealed_at, statement,
            both_joined, call_seconds)
        SELECT bench_id({CASE}, n), 1, bench_id({LEAD}, lead), bench_id({VENDOR}, vendor),
               bench_id({POLICY}, 1), 'We would like to show you how we work.', 10,
               CASE WHEN {_OPENED} THEN 'CAPTURED' WHEN state = 'DECLINED' THEN 'RELEASED' ELSE 'HELD' END,
               received_at, received_at, CASE state WHEN 'ACCEPTED' THEN answered_at END,
               CASE state WHEN 'DECLINED' THEN answered_at END,
               CASE state WHEN 'DECLINED' THEN answered_at END,
               CASE WHEN {_OPENED} THEN settled_at END, 'NONE', false, 0
        FROM laid_case""",
    f"""INSERT INTO deadline (id, kind, subject, ordinal, due_at, done_at, outcome)
        SELECT bench_id({DEADLINE}, n), 'REVEAL', bench_id({CASE}, n), 0, reveals_at,
               CASE WHEN state NOT IN ('PENDING', 'DUE') THEN settled_at END,
               CASE state WHEN 'REVEALED' THEN 'revealed_by_silence' WHEN 'PENDING' THEN NULL
                          WHEN 'DUE' THEN NULL ELSE 'answered' END
        FROM laid_case""",
    f"""INSERT INTO deadline (id, kind, subject, ordinal, due_at, done_at, outcome)
        SELECT bench_id({REMINDER}, n), 'REVIEW_REMINDER', bench_id({CASE}, n), 0,
               received_at + interval '30 minutes', received_at + interval '30 minutes', 'answered'
        FROM laid_case""",
    f"""INSERT INTO decision (id, ruleset, subject, verdict, rule_id, policy_version, facts, decided_at,
                              recorded_at)
        SELECT bench_id({DECISION}, n), CASE state WHEN 'DECLINED' THEN 'refund' ELSE 'visibility' END,
               bench_id({CASE}, n), CASE state WHEN 'DECLINED' THEN 'REFUNDABLE' ELSE 'VISIBLE' END,
               CASE state WHEN 'REVEALED' THEN 'revealed_by_silence' WHEN 'ACCEPTED' THEN 'prospect_accepted'
                          ELSE 'declined_before_the_reveal' END,
               'bench-1', '{{"basis": "APPLICATION", "closed": "NO", "viewer": "VENDOR"}}', settled_at,
               settled_at
        FROM laid_case WHERE state NOT IN ('PENDING', 'DUE')""",
    f"""INSERT INTO delivery (id, account_id, lead_id, kind, application_id, policy_id, decision_id,
                              received_at, points, complaint_until, closed)
        SELECT bench_id({DELIVERY}, n), bench_id({VENDOR}, vendor), bench_id({LEAD}, lead), 'APPLICATION',
               bench_id({CASE}, n), bench_id({POLICY}, 1), bench_id({DECISION}, n), settled_at, 10,
               $1::timestamptz, 'NO'
        FROM laid_case WHERE {_OPENED}""",
    f"""INSERT INTO disclosure (delivery_id, prospect_id, basis, categories)
        SELECT bench_id({DELIVERY}, n), bench_id({PROSPECT}, lead),
               CASE state WHEN 'ACCEPTED' THEN 'ACCEPTED' ELSE 'SILENCE' END, '{{NAME,EMAIL,PHONE}}'
        FROM laid_case WHERE {_OPENED}""",
)

_LEDGER = (
    f"""CREATE TEMPORARY TABLE laid_movement AS
        SELECT row_number() OVER () AS number, *,
               row_number() OVER account AS ordinal, sum(to_available) OVER account AS available_after,
               sum(to_hold) OVER account AS on_hold_after
        FROM (SELECT vendor, NULL::bigint AS n, 'PURCHASE' AS kind, '-infinity'::timestamptz AS at,
                     {POINTS} AS to_available, 0 AS to_hold FROM (SELECT DISTINCT vendor FROM laid_case) AS v
              UNION ALL SELECT vendor, n, 'HOLD', received_at, -10, 10 FROM laid_case
              UNION ALL SELECT vendor, n, 'CAPTURE', settled_at, 0, -10 FROM laid_case WHERE {_OPENED}
              UNION ALL SELECT vendor, n, 'RELEASE', settled_at, 10, -10 FROM laid_case
                        WHERE state = 'DECLINED') AS m
        WINDOW account AS (PARTITION BY vendor ORDER BY at, kind, n)""",
    f"""INSERT INTO posting_group (id, business_key, kind, account_id, unit, subject, decision_id, at,
                                   ordinal, available_after, on_hold_after)
        SELECT bench_id({GROUP}, number),
               lower(kind) || ':' || coalesce(bench_id({CASE}, n), bench_id({VENDOR}, vendor)),
               kind, bench_id({VENDOR}, vendor), 'POINTS', bench_id({CASE}, n),
               CASE WHEN kind IN ('CAPTURE', 'RELEASE') THEN bench_id({DECISION}, n) END,
               greatest(at, '2020-01-01 00:00Z'), ordinal, available_after, on_hold_after
        FROM laid_movement""",
    f"""INSERT INTO posting (id, group_id, book, amount)
        SELECT bench_id({POSTING}, number * 2 + leg), bench_id({GROUP}, number),
               CASE leg WHEN 1 THEN CASE kind WHEN 'PURCHASE' THEN 'AVAILABLE' ELSE 'HOLD' END
                        ELSE CASE kind WHEN 'PURCHASE' THEN 'ISSUED' WHEN 'CAPTURE' THEN 'REVENUE'
                                       ELSE 'AVAILABLE' END END,
               CASE leg WHEN 1 THEN 1 ELSE -1 END
                   * CASE kind WHEN 'PURCHASE' THEN to_available ELSE to_hold END
        FROM laid_movement, (VALUES (0), (1)) AS legs (leg)""",
    f"""INSERT INTO balance (id, account_id, unit, available, on_hold, movements)
        SELECT DISTINCT ON (vendor) bench_id({BALANCE}, vendor), bench_id({VENDOR}, vendor), 'POINTS',
               available_after, on_hold_after, ordinal
        FROM laid_movement ORDER BY vendor, ordinal DESC""",
)

_FEED = (
    f"""INSERT INTO feed_event (id, recipient, seq, kind, application_id, lead_id, delivery_id,
                                decision_id, parameters, at)
        SELECT bench_id({EVENT}, row_number() OVER ()), recipient,
               row_number() OVER (PARTITION BY recipient ORDER BY at, n, kind), kind, bench_id({CASE}, n),
               bench_id({LEAD}, lead), delivery_id, decision_id, '{{}}', at
        FROM (SELECT n, lead, bench_id({PROSPECT}, lead) AS recipient, 'APPLICATION_RECEIVED' AS kind,
                     received_at AS at, NULL::uuid AS delivery_id, NULL::uuid AS decision_id FROM laid_case
              UNION ALL SELECT n, lead, bench_id({VENDOR}, vendor), 'APPLICATION_SUBMITTED', received_at,
                               NULL, NULL FROM laid_case
              UNION ALL SELECT n, lead, bench_id({VENDOR}, vendor),
                               CASE state WHEN 'ACCEPTED' THEN 'APPLICATION_ACCEPTED'
                                          ELSE 'CONTACT_REVEALED' END,
                               settled_at, bench_id({DELIVERY}, n), bench_id({DECISION}, n)
                        FROM laid_case WHERE {_OPENED}
              UNION ALL SELECT n, lead, bench_id({PROSPECT}, lead), 'CONTACT_DISCLOSED', settled_at, NULL,
                               bench_id({DECISION}, n) FROM laid_case WHERE {_OPENED}) AS told""",
    """INSERT INTO feed_counter (recipient, last_seq, removed_through)
       SELECT recipient, max(seq), 0 FROM feed_event GROUP BY recipient""",
)


async def load_cases(connection: Connection, cases: str) -> None:
    """Load the cases that a SELECT returns: numbers of case, lead and vendor, state, time of receipt.

    The number of a case is unique, and a vendor applies once for a lead. Call it once per database.
    """
    numbers = policy()
    await connection.execute(_TABLE.format(cases=cases), float(numbers.reveal.reveal_after))
    until = complaint_until(await _now(connection), numbers)
    for statement in _CASES:
        await connection.execute(statement, *([until] if "$1" in statement else []))
    for statement in (*_LEDGER, *_FEED):
        await connection.execute(statement)
    await connection.execute("DROP TABLE laid_case, laid_movement")


async def _now(connection: Connection) -> datetime:
    now: datetime = await connection.fetchval("SELECT clock_timestamp()")
    return now
