"""Bulk-loads calls for benchmarks, by set-based SQL: calls that ring, calls that are due, and old ones.

A database that was prepared by `bench.data.loading` and has the company `bench.companies` loads.
"""

from datetime import datetime

from bench.companies import EMPLOYEE, KNOWN, SECRETARIAT, number_of
from bench.data import OWNER, POLICY, Connection

CALL, CALL_DEADLINE, ATTEMPT, NOTICE, MESSAGE, DISPATCH = range(30, 36)

# Owners of vendors' accounts become agents, who answer for all companies; $1 and $2: the first and the last.
AGENTS = f"""UPDATE users SET account_id = NULL, account_role = NULL, agent = true
    WHERE id IN (SELECT bench_id({OWNER}, n) FROM generate_series($1::bigint, $2::bigint) AS n)"""

_CALL = f"""INSERT INTO call (id, version, secretariat_id, policy_id, caller, caller_shown, caller_kind,
        caller_trust, dialled, ringing_at, answered_at, hung_up_at, agent_id, wanted_employee_id, finished_at,
        outcome, flags)
    SELECT bench_id({CALL}, n), 1, bench_id({SECRETARIAT}, company), bench_id({POLICY}, 1), '{KNOWN}',
           '{KNOWN}', 'NUMBER', 'PRESENTED', '{number_of(1)}', rang, answered, hung_up,
           CASE WHEN answered IS NOT NULL THEN bench_id({OWNER}, 2) END, bench_id({EMPLOYEE}, employee),
           CASE WHEN outcome IS NOT NULL THEN hung_up END, outcome, '{{}}'"""
_DEADLINE = f"""INSERT INTO deadline (id, kind, subject, ordinal, due_at, done_at, outcome)
    SELECT bench_id({CALL_DEADLINE}, n), 'CALL_CLOSE', bench_id({CALL}, n), 0"""

# $1 and $2: numbers of the first call and the last.
_RINGING = (
    f"""{_CALL} FROM generate_series($1::bigint, $2::bigint) AS n, clock_timestamp() AS at (rang),
        (VALUES (1, NULL::timestamptz, NULL::timestamptz, 1000001, NULL))
            AS rest (company, answered, hung_up, employee, outcome)""",
    f"""{_DEADLINE}, clock_timestamp() + interval '3 minutes', NULL, NULL
        FROM generate_series($1::bigint, $2::bigint) AS n""",
)

# Calls that ended 15 minutes before an instant, the wrap-up time over: every second one was answered, and its
# agent has written nothing. $3: employees.
_DUE = (
    """CREATE TEMPORARY TABLE due_call AS
        SELECT n, 1 AS company, 1000001 + n % $3 AS employee, NULL::text AS outcome,
               at - interval '1 hour' AS rang,
               CASE WHEN n % 2 = 0 THEN at - interval '59 minutes' END AS answered,
               CASE WHEN n % 2 = 0 THEN at - interval '15 minutes' END AS hung_up,
               CASE WHEN n % 2 = 0 THEN at ELSE at - interval '57 minutes' END AS due
        FROM generate_series($1::bigint, $2::bigint) AS n,
             date_trunc('hour', clock_timestamp()) AS now (at)""",
    f"{_CALL} FROM due_call",
    f"{_DEADLINE}, due, NULL, NULL FROM due_call",
    "DROP TABLE due_call",
)

# $1: all calls, $2: those that rang at the first company within 31 days from $3 on, $4: employees. The other
# calls are half the first company's of the years before, half those of nine others in about two years.
_OLD = (
    """CREATE TEMPORARY TABLE old_call AS
        SELECT n, company, rang, outcome, 1000000 * company + 1 + n / 7 % $4 AS employee,
               CASE WHEN outcome <> 'ABANDONED' THEN rang + (3 + n % 40) * interval '1.1 seconds' END
                   AS answered,
               rang + (3 + n % 40) * interval '1.1 seconds' + (10 + n % 291) * interval '1.3 seconds'
                   AS hung_up
        FROM (SELECT n,
                     CASE WHEN n <= $2 OR n % 2 = 0 THEN 1 ELSE 2 + n / 2 % 9 END AS company,
                     CASE WHEN n <= $2 THEN $3::timestamptz + (n - 1) * interval '31 days' / $2
                          WHEN n % 2 = 0 THEN $3::timestamptz - n * interval '1 minute'
                          ELSE $3::timestamptz + interval '31 days' - n * interval '1 minute' END AS rang,
                     (ARRAY['TRANSFERRED', 'MESSAGE_TAKEN', 'ABANDONED', 'MESSAGE_TAKEN', 'FAQ_ANSWERED',
                            'TRANSFERRED', 'MESSAGE_TAKEN', 'UNFINISHED', 'TRANSFERRED', 'ABANDONED'])
                         [1 + n % 10] AS outcome
              FROM generate_series(1::bigint, $1::bigint) AS n) AS call""",
    f"{_CALL} FROM old_call",
    f"{_DEADLINE}, hung_up + interval '15 minutes', hung_up, 'ended' FROM old_call",
    f"""INSERT INTO transfer_attempt (id, call_id, ordinal, employee_id, number, started_at, result,
            result_at, measured, decision_id, by)
        SELECT bench_id({ATTEMPT}, n), bench_id({CALL}, n), 1, bench_id({EMPLOYEE}, employee), '', answered,
               CASE outcome WHEN 'TRANSFERRED' THEN 'ACCEPTED' ELSE 'NO_ANSWER' END, answered, false,
               gen_random_uuid(), 'AGENT'
        FROM old_call WHERE outcome IN ('TRANSFERRED', 'MESSAGE_TAKEN')""",
    f"""INSERT INTO call_notice (id, call_id, employee_id, channel, decision_id, message_id)
        SELECT bench_id({NOTICE}, n), bench_id({CALL}, n), bench_id({EMPLOYEE}, employee), 'SMS',
               gen_random_uuid(), bench_id({MESSAGE}, n)
        FROM old_call WHERE n % 10 = 1""",
    f"""INSERT INTO dispatch (id, message_id, channel, employee_id, copy, state, version, due_at, attempts,
            cost_cents)
        SELECT bench_id({DISPATCH}, n), bench_id({MESSAGE}, n), 'SMS', bench_id({EMPLOYEE}, employee), 0,
               'SENT', 1, hung_up, 1, 10
        FROM old_call WHERE n % 10 = 1""",
    "DROP TABLE old_call",
)


async def let_ring(connection: Connection, first: int, count: int) -> None:
    """Let calls with these numbers ring at the first company; they ring for three minutes."""
    for statement in _RINGING:
        await connection.execute(statement, first, first + count - 1)


async def load_due(connection: Connection, first: int, count: int, *, employees: int) -> None:
    """Load calls of the first company that are due to be closed."""
    for statement in _DUE:
        given = (first, first + count - 1, employees) if "$1" in statement else ()
        await connection.execute(statement, *given)


async def load_old(
    connection: Connection, count: int, *, within: int, begin: datetime, employees: int
) -> None:
    """Load ended calls, `within` of them in the first company's 31 days from `begin` on."""
    for statement in _OLD:
        given = (count, within, begin, employees) if "$1" in statement else ()
        await connection.execute(statement, *given)
