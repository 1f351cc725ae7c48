"""Bulk-loads companies with a phone secretariat for benchmarks, by set-based SQL.

Each employee has 20 appointments and each company ten VIP entries per employee, a hundredth of them blocks.
At `monday`, every tenth employee has an appointment and is away; on two days of the second week all are.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bench.data import MARKET, OWNER, VENDOR, Connection, row_id
from models.base.role import Role
from models.base.viewer import Viewer
from models.calls.presence import CompanyTime
from models.policies.public_holidays import holidays_of

SECRETARIAT, EMPLOYEE, VIP, APPOINTMENT, HOURS, NUMBER, FAQ, FIELD = range(20, 28)
APPOINTMENTS, VIPS = 20, 10  # of an employee
ZONE = ZoneInfo("Europe/Berlin")
TIME = CompanyTime(ZONE, holidays_of("DE"))

# A caller's number that one entry of a company has, one that belongs to a block, and one that nobody knows.
KNOWN, IN_BLOCK, UNKNOWN = "+493010000037", "+493020000117", "+493023125666"

# $1: the number of the company and its vendor, $2: employees, $3: Monday. Rows are numbered from $1 million.
_COMPANY = (
    f"""INSERT INTO secretariat (id, account_id, market_id, version, greeting, handling_instruction, language,
            time_zone, holidays_of, transfer_included, fallback_employee_id, confirmed_at, changed_parts,
            made_at)
        SELECT bench_id({SECRETARIAT}, $1), bench_id({VENDOR}, $1), bench_id({MARKET}, 1), 1,
               'Welcome to Fake Vendor, my name is [Vorname, Nachname].', 'Be brief.', 'en', 'Europe/Berlin',
               'DE', true, bench_id({EMPLOYEE}, $1 * 1000000 + 1), $3::timestamptz, '{{}}', $3::timestamptz
        WHERE $2::bigint > 0""",
    f"""INSERT INTO secretariat_number (id, secretariat_id, number, block, since)
        SELECT bench_id({NUMBER}, $1), bench_id({SECRETARIAT}, $1), '+49302312510' || $1::text, false,
               $3::timestamptz
        WHERE $2::bigint > 0""",
    f"""INSERT INTO asked_field (id, secretariat_id, key, label, kind, choices, required, position, built_in)
        SELECT bench_id({FIELD}, $1 * 1000000 + n), bench_id({SECRETARIAT}, $1), key, initcap(key), 'TEXT',
               '{{}}', true, n, true
        FROM unnest(ARRAY['NAME', 'COMPANY', 'PHONE', 'CONCERN']) WITH ORDINALITY AS field (key, n)
        WHERE $2::bigint > 0 AND $3::timestamptz IS NOT NULL""",
    f"""INSERT INTO faq_entry (id, secretariat_id, version, position, question, answer)
        SELECT bench_id({FAQ}, $1 * 1000000 + n), bench_id({SECRETARIAT}, $1), 1, n, 'Question ' || n || '?',
               'The answer to question ' || n || '.'
        FROM generate_series(1, 10) AS n WHERE $2::bigint > 0 AND $3::timestamptz IS NOT NULL""",
    f"""INSERT INTO employee (id, secretariat_id, version, first_name, last_name, sort_key, email, cc,
            sms_tick, vip_sms_tick, extension, wish, deputy_id, made_at)
        SELECT bench_id({EMPLOYEE}, $1 * 1000000 + n), bench_id({SECRETARIAT}, $1), 1, 'Employee',
               'Fake ' || n, lpad(n::text, 10, '0'), 'employee' || n || '@vendor.example', '{{}}', false,
               false, '+49303' || lpad(n::text, 5, '0'), CASE WHEN n % 5 = 0 THEN 'VIP_ONLY' ELSE 'ALL' END,
               CASE WHEN n % 10 <> 0 THEN bench_id({EMPLOYEE}, $1 * 1000000 + n + 1) END, $3::timestamptz
        FROM generate_series(1, $2::bigint) AS n""",
    f"""INSERT INTO weekly_hours (id, employee_id, weekday, from_minute, until_minute)
        SELECT bench_id({HOURS}, $1 * 100000000 + n * 10 + day), bench_id({EMPLOYEE}, $1 * 1000000 + n), day,
               480 + n % 4 * 15, 960 + n % 4 * 15
        FROM generate_series(1, $2::bigint) AS n CROSS JOIN generate_series(1, 5) AS day
        WHERE $3::timestamptz IS NOT NULL""",
    f"""INSERT INTO appointment (id, employee_id, version, starts_at, ends_at, text, reachable, source,
            made_at)
        SELECT bench_id({APPOINTMENT}, $1 * 100000000 + n * 100 + k),
               bench_id({EMPLOYEE}, $1 * 1000000 + n), 1, begins,
               CASE WHEN k = 2 THEN begins + interval '2 days'
                    ELSE begins + (1 + (n + k) % 3) * interval '1 hour' END,
               'in a meeting', k % 3 = 0, 'MANUAL', $3::timestamptz
        FROM generate_series(1, $2::bigint) AS n
        CROSS JOIN generate_series(1, {APPOINTMENTS}) AS k
        CROSS JOIN LATERAL (SELECT $3::timestamptz + CASE
            WHEN k = 1 AND n % 10 = 1 THEN interval '-1 hour'
            WHEN k = 2 THEN interval '8 days 14 hours'
            ELSE k * interval '2 days' + (n * 7 + k * 13) % 20 * interval '15 minutes' END) AS at (begins)""",
    f"""INSERT INTO vip_caller (id, secretariat_id, employee_id, version, number, block, name, note,
            treatment, waives)
        SELECT bench_id({VIP}, $1 * 1000000 + n), bench_id({SECRETARIAT}, $1),
               CASE WHEN n % 2 = 0 THEN bench_id({EMPLOYEE}, $1 * 1000000 + n % $2 + 1) END, 1,
               CASE WHEN n % 100 = 99 THEN '+4930' || 200000 + n / 100 + 1
                    ELSE '+4930' || 10000000 + n * 37 END,
               n % 100 = 99, 'Caller ' || n, 'Rides a bicycle.', 'PREFERRED', '{{}}'
        FROM generate_series(1, $2::bigint * {VIPS}) AS n WHERE $3::timestamptz IS NOT NULL""",
)


def next_monday(now: datetime) -> datetime:
    """Return ten o'clock in Berlin on the next Monday that is not a public holiday."""
    day: date = now.astimezone(ZONE).date() + timedelta(days=7 - now.astimezone(ZONE).weekday())
    while day in TIME.holidays:
        day += timedelta(days=7)
    return datetime.combine(day, time(10), ZONE)


def owner_of(company: int) -> Viewer:
    """The owner of a company."""
    return Viewer(row_id(OWNER, company), row_id(VENDOR, company), None, frozenset({Role.OWNER}))


def number_of(company: int) -> str:
    """The number that callers of a company dial."""
    return f"+49302312510{company}"


async def load_company(connection: Connection, number: int, *, employees: int, monday: datetime) -> None:
    """Load the company of the vendor with this number."""
    for statement in _COMPANY:
        await connection.execute(statement, number, employees, monday)
