"""Statistics of a company's calls in a period (S4.24), in the company's time zone.

A call that nobody ended counts as closed from the due time of its deadline on, whether or not a worker has
been there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import orjson
from asyncpg import Record

from models.base.database import Connection, fetch
from models.base.viewer import Viewer
from models.calls.call_tables import TransferResult
from models.calls.managed import managed_secretariat
from models.calls.outcome_now import OUTCOME_NOW
from models.calls.refusals import CallRefusal

LONGEST_PERIOD = timedelta(days=366)
MOST_EMPLOYEES = 100  # in one answer


@dataclass(frozen=True, slots=True)
class CallDay:
    """The calls of one day in the company's time zone."""

    day: date
    total: int
    transferred: int
    messages: int
    abandoned: int
    sms_cents: int


@dataclass(frozen=True, slots=True)
class CallsOfEmployee:
    """The calls of one employee: `wanted` by callers, `transferred` to them, `messages` taken for them."""

    employee_id: UUID
    wanted: int
    transferred: int
    messages: int
    sms_cents: int


@dataclass(frozen=True, slots=True)
class CallHour:
    """The calls of one hour of the week; `weekday` 1 is Monday, `hour` is 0 to 23."""

    weekday: int
    hour: int
    total: int
    abandoned: int


@dataclass(frozen=True, slots=True)
class ResultCount:
    """How often attempts to put a call through had a result."""

    result: TransferResult
    count: int


@dataclass(frozen=True, slots=True)
class CallStatistics:
    """Numbers of a period. Seconds are whole, halves rounded down; None where nothing was counted.

    `median_seconds` is the time from the answer to the hang-up; `answered_within_20` the share (0 to 1) of
    all calls that an agent answered within 20 seconds; waiting is the time from ringing to the answer.
    `by_employee` has the 100 most wanted employees.
    """

    total: int
    transferred: int
    messages: int
    abandoned: int
    faq: int
    unfinished: int
    median_seconds: int | None
    answered_within_20: float | None
    median_wait_seconds: int | None
    p90_wait_seconds: int | None
    transfer_tries: int
    sms_cents: int
    time_zone: str
    by_day: Sequence[CallDay]
    by_employee: Sequence[CallsOfEmployee]
    by_result: Sequence[ResultCount]
    by_hour: Sequence[CallHour]


# $1 secretariat, $2 and $3 the period, $4 the time zone. Waiting in whole seconds, so that a median of halves
# can be rounded down exactly.
_STATISTICS = f"""WITH counted AS MATERIALIZED (
        SELECT call.id, call.wanted_employee_id, call.ringing_at AT TIME ZONE $4 AS local,
               floor(extract(epoch FROM call.answered_at - call.ringing_at))::int AS wait,
               floor(extract(epoch FROM call.hung_up_at - call.answered_at))::int AS talk,
               {OUTCOME_NOW} AS outcome
        FROM call
        WHERE call.secretariat_id = $1 AND call.ringing_at >= $2 AND call.ringing_at < $3),
    attempt AS MATERIALIZED (
        SELECT transfer_attempt.employee_id,
               CASE WHEN transfer_attempt.result = 'CALLING' AND counted.outcome IS NOT NULL THEN 'CANCELLED'
               ELSE transfer_attempt.result END AS result
        FROM transfer_attempt JOIN counted ON counted.id = transfer_attempt.call_id),
    sms AS MATERIALIZED (
        SELECT counted.local::date AS day, call_notice.employee_id, dispatch.cost_cents AS cents
        FROM call_notice JOIN counted ON counted.id = call_notice.call_id
        JOIN dispatch ON dispatch.message_id = call_notice.message_id
        WHERE call_notice.channel = 'SMS' AND dispatch.cost_cents > 0),
    days AS (
        SELECT day, sum(total) AS total, sum(transferred) AS transferred, sum(messages) AS messages,
               sum(abandoned) AS abandoned, sum(sms_cents) AS sms_cents
        FROM (
            SELECT local::date AS day, count(*) AS total,
                   count(*) FILTER (WHERE outcome = 'TRANSFERRED') AS transferred,
                   count(*) FILTER (WHERE outcome = 'MESSAGE_TAKEN') AS messages,
                   count(*) FILTER (WHERE outcome = 'ABANDONED') AS abandoned, 0 AS sms_cents
            FROM counted GROUP BY 1
            UNION ALL SELECT day, 0, 0, 0, 0, sum(cents) FROM sms GROUP BY 1) AS part
        GROUP BY day),
    employees AS (
        SELECT employee_id, sum(wanted) AS wanted, sum(transferred) AS transferred, sum(messages) AS messages,
               sum(sms_cents) AS sms_cents
        FROM (
            SELECT wanted_employee_id AS employee_id, count(*) AS wanted, 0 AS transferred,
                   count(*) FILTER (WHERE outcome = 'MESSAGE_TAKEN') AS messages, 0 AS sms_cents
            FROM counted WHERE wanted_employee_id IS NOT NULL GROUP BY 1
            UNION ALL
            SELECT employee_id, 0, count(*), 0, 0 FROM attempt WHERE result = 'ACCEPTED' GROUP BY 1
            UNION ALL SELECT employee_id, 0, 0, 0, sum(cents) FROM sms GROUP BY 1) AS part
        GROUP BY employee_id ORDER BY wanted DESC, transferred DESC, employee_id LIMIT {MOST_EMPLOYEES}),
    hours AS (
        SELECT extract(isodow FROM local)::int AS weekday, extract(hour FROM local)::int AS hour,
               count(*) AS total, count(*) FILTER (WHERE outcome = 'ABANDONED') AS abandoned
        FROM counted GROUP BY 1, 2),
    results AS (SELECT result, count(*) AS count FROM attempt GROUP BY 1)
    SELECT count(*) AS total, count(*) FILTER (WHERE outcome = 'TRANSFERRED') AS transferred,
           count(*) FILTER (WHERE outcome = 'MESSAGE_TAKEN') AS messages,
           count(*) FILTER (WHERE outcome = 'ABANDONED') AS abandoned,
           count(*) FILTER (WHERE outcome = 'FAQ_ANSWERED') AS faq,
           count(*) FILTER (WHERE outcome = 'UNFINISHED') AS unfinished,
           floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY talk))::int AS median_seconds,
           count(*) FILTER (WHERE wait <= 20)::float8 / nullif(count(*), 0) AS answered_within_20,
           floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait))::int AS median_wait_seconds,
           percentile_disc(0.9) WITHIN GROUP (ORDER BY wait) AS p90_wait_seconds,
           (SELECT count(*) FROM attempt) AS transfer_tries,
           (SELECT coalesce(sum(cents), 0) FROM sms)::int AS sms_cents,
           (SELECT json_agg(days ORDER BY day) FROM days) AS by_day,
           (SELECT json_agg(employees ORDER BY wanted DESC, transferred DESC, employee_id) FROM employees)
               AS by_employee,
           (SELECT json_agg(results ORDER BY count DESC, result) FROM results) AS by_result,
           (SELECT json_agg(hours ORDER BY weekday, hour) FROM hours) AS by_hour
    FROM counted"""


async def call_statistics(
    conn: Connection, viewer: Viewer, secretariat_id: UUID | None, period: tuple[datetime, datetime]
) -> CallStatistics:
    """Return the numbers of a company's calls that rang in a period, in one statement.

    The end is exclusive. Raises `Refusal` FORBIDDEN, NOT_FOUND, REQUIRED, or INVALID for a period that ends
    before it starts, or that is longer than 366 days.
    """
    secretariat = await managed_secretariat(conn, viewer, secretariat_id, "read statistics of calls")
    begin, end = period
    if not begin < end or end - begin > LONGEST_PERIOD:
        raise CallRefusal.STATISTICS_PERIOD_INVALID.at("period", days=LONGEST_PERIOD.days)
    rows = await fetch(conn, _STATISTICS, secretariat.id, begin, end, secretariat.time_zone)
    return _statistics(rows[0], secretariat.time_zone)


def _statistics(row: Record, time_zone: str) -> CallStatistics:
    days, employees, results, hours = (
        orjson.loads(row[name]) if row[name] else []
        for name in ("by_day", "by_employee", "by_result", "by_hour")
    )
    return CallStatistics(
        total=row["total"],
        transferred=row["transferred"],
        messages=row["messages"],
        abandoned=row["abandoned"],
        faq=row["faq"],
        unfinished=row["unfinished"],
        median_seconds=row["median_seconds"],
        answered_within_20=row["answered_within_20"],
        median_wait_seconds=row["median_wait_seconds"],
        p90_wait_seconds=row["p90_wait_seconds"],
        transfer_tries=row["transfer_tries"],
        sms_cents=row["sms_cents"],
        time_zone=time_zone,
        by_day=[CallDay(**{**one, "day": date.fromisoformat(one["day"])}) for one in days],
        by_employee=[
            CallsOfEmployee(**{**one, "employee_id": UUID(one["employee_id"])}) for one in employees
        ],
        by_result=[ResultCount(TransferResult(one["result"]), one["count"]) for one in results],
        by_hour=[CallHour(**one) for one in hours],
    )
