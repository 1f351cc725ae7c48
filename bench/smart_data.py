"""Benchmark of smart contact data: a page of leads with and without what was found about each contact.

Both sides are asked in turns, one request at a time, and each round gives one ratio.
"""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from bench import client, environment, serving
from bench.cases import load_cases
from bench.contacting import CASES, FIELDS, PAGE, VENDORS, in_turns
from bench.data import (
    LEAD,
    OWNER,
    POLICY,
    PROSPECT,
    VENDOR,
    Connection,
    load_marketplace,
    loading,
    row_id,
    token,
)
from bench.figures import Benchmark, Figure, Options, median, ratio
from models.base.ids import new_id
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideSource
from models.smart_data.configured import smart_data_context
from models.smart_data.context import SmartDataContext
from models.smart_data.sealed import seal_found
from settings import Settings

VALUES = tuple(FoundKind)[:12]  # of each contact
VALUE = "{ value source confidence conflicting }"
ONE = f"smartData {{ access {{ outcome }} found(kind: NAME) {VALUE} }}"
EVERY = f"smartData {{ access {{ outcome }} found {VALUE} }}"
LIST = f"{{ leads(first: {PAGE}) {{ nodes {{ {FIELDS} %s }} }} }}"


async def run(options: Options) -> list[Figure]:
    """Load a vendor with 100 contacts and what was found about each, then ask both in turns."""
    with environment.services() as pair, tempfile.TemporaryDirectory() as folder:
        context = smart_data_context(Settings(var_dir=Path(folder)))
        url = await environment.make_database(pair, "smart_data")
        async with loading(url, leads=PAGE) as connection:
            await load_marketplace(connection, leads=PAGE, vendors=VENDORS, now=datetime.now(UTC))
            await load_cases(connection, CASES)
            await _load_found(connection, context)
        async with serving.running(pair, url, VAR_DIR=folder) as server:
            return await _ask(server.port, options)


async def _ask(port: int, options: Options) -> list[Figure]:
    figures = []
    for fields, each in ((ONE, 1), (EVERY, len(VALUES))):
        plain, asked = (
            client.request("/graphql", orjson.dumps({"query": LIST % more}), token(1))
            for more in ("", fields)
        )
        shown = orjson.loads(await client.ask_once(port, asked))["data"]["leads"]["nodes"]
        found = sum(len((node["smartData"] or {"found": ()})["found"]) for node in shown)
        if found != each * PAGE:
            raise RuntimeError(f"{found} values instead of {each * PAGE}")
        without, with_found = await in_turns(port, plain, asked, options.pick(9, 3))
        name = f"a page of {PAGE} leads with {each} of {len(VALUES)} found values each"
        figures += [
            Figure(
                f"{name}, its rate relative to one without", ratio(without, with_found), "times", least=0.8
            ),
            Figure(f"{name}; {median(without) * 1_000:.1f} ms without", median(with_found) * 1_000, "ms"),
        ]
    return figures


async def _load_found(connection: Connection, context: SmartDataContext) -> None:
    """Switch it on for the first vendor, and store a search and its values for each of its contacts."""
    now = datetime.now(UTC)
    vendor, owner = row_id(VENDOR, 1), row_id(OWNER, 1)
    await connection.execute("UPDATE account SET plan = 'PROFESSIONAL' WHERE id = $1", vendor)
    await connection.execute(
        """INSERT INTO smart_data_settings (id, account_id, switched_on, switched_on_at, switched_on_by_id,
               sources, keep_history, version)
           VALUES ($1, $2, true, $3, $4, '{WEBSITE,MAIL_DNS}', false, 1)""",
        new_id(),
        vendor,
        now,
        owner,
    )
    for number in range(1, PAGE + 1):
        subject, search = new_id(), new_id()
        await connection.execute(
            """INSERT INTO smart_subject (id, account_id, kind, key_hmac, lead_id, prospect_id)
               VALUES ($1, $2, 'PERSON', $3, $4, $5)""",
            subject,
            vendor,
            context.key(LookUp.PERSON, f"petra{number}@prospect.example"),
            row_id(LEAD, number),
            row_id(PROSPECT, number),
        )
        await connection.execute(
            """INSERT INTO smart_search (id, subject_id, account_id, lead_id, policy_id, act, asked_by_id,
                   asked_at, decision_id, state, ended_at, outcomes, found, points)
               VALUES ($1, $2, $3, $4, $5, 'SEARCH', $6, $7, $1, 'DONE', $7, '{}', $8, 0)""",
            search,
            subject,
            vendor,
            row_id(LEAD, number),
            row_id(POLICY, 1),
            owner,
            now,
            len(VALUES),
        )
        await connection.executemany(
            """INSERT INTO found_field (id, subject_id, search_id, kind, about, source, sealed, doubtful,
                   found_at, expires_at)
               VALUES ($1, $2, $3, $4, $5, $6, $7, false, $8, $9)""",
            [_row(context, kind, subject, search, now) for kind in VALUES],
        )


def _row(
    context: SmartDataContext, kind: FoundKind, subject: object, search: object, now: datetime
) -> tuple[object, ...]:
    field_id = new_id()
    found = Found(kind, LookUp.PERSON, f"A value of {kind}", source_url="https://fake.example/")
    sealed = seal_found(context.sealer, field_id, found)
    return (
        field_id,
        subject,
        search,
        kind.value,
        LookUp.PERSON.value,
        OutsideSource.WEBSITE.value,
        sealed,
        now,
        now + timedelta(days=30),
    )


BENCHMARK = Benchmark(
    "smart_data",
    "Smart contact data",
    "`leads(first: 100)`, all with visible contact data, with and without what was found about each contact, "
    "which is stored sealed. One request at a time over HTTP, in turns.",
    run,
)
