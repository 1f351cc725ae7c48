"""A migration runs while servers of the release before it serve: it must not hold them up or break them.

Squawk judges the SQL that Tortoise would run, see https://squawkhq.com/docs/rules.
"""

import ast
import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.migrations.api.sqlmigrate import _NoopRecorder
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey

import migrations
from models.base.indexes import IndexConcurrently
from models.process.schema_state import is_contract, own_migrations
from settings import tortoise_config
from settings.database import APP

# Migrations before this one were only ever applied to databases that no released version was using.
FIRST = 36
OLDEST_POSTGRESQL = "15"
SQUAWK = Path(sys.executable).with_name("squawk")
# Matters of taste, and the settings that `leadgate migrate` makes for its connection.
NOT_OURS = (
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-identity",
    "prefer-robust-stmts",
    "prefer-text-field",
    "prefer-timestamp-tz",
    "require-lock-timeout",
    "require-statement-timeout",
)
OF_CONTRACTS = ("ban-drop-column", "ban-drop-function", "ban-drop-table")
# No release relies on a foreign key to be there; what guarantees the same is the migration's to say.
_FOREIGN_KEY = re.compile(r"^ALTER TABLE \w+ DROP CONSTRAINT \w+_fkey$")
_DROP = re.compile(r"\bDROP\s+(TABLE|COLUMN|FUNCTION|SEQUENCE|VIEW|TYPE|TRIGGER)\b", re.IGNORECASE)


def broken_rules(statements: Sequence[str], *, atomic: bool = True, contract: bool = False) -> set[str]:
    """Return the names of the rules that a migration's statements break."""
    sql = "".join(
        f"{text.rstrip().rstrip(';')};\n"
        for text in statements
        if not text.lstrip().startswith("--") and not _FOREIGN_KEY.match(text.strip().rstrip(";"))
    )
    if not sql:
        return set()
    sql = f"BEGIN;\n{sql}COMMIT;\n" if atomic else sql
    excluded = [*NOT_OURS, *(OF_CONTRACTS if contract else ())]
    command = [str(SQUAWK), "--reporter", "json", "--pg-version", OLDEST_POSTGRESQL]
    command += [f"--exclude={','.join(excluded)}", "--stdin-filepath=migration.sql"]
    done = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    found = {each["rule_name"] for each in json.loads(done.stdout or "[]")}
    return found | ({"drop-outside-contract"} if _DROP.search(sql) and not contract else set())


async def _collected() -> dict[str, tuple[list[str], bool]]:
    """The statements of each migration to be checked, and whether they are one transaction; no database."""
    config = tortoise_config("postgres://nobody@nowhere.invalid/none")
    await Tortoise.init(config=config, init_connections=False)
    try:
        executor = MigrationExecutor(get_connection("default"), config["apps"])
        executor.loader.recorder = _NoopRecorder()
        await executor.loader.build_graph()
        own, names, found = [MigrationKey(APP, name) for name in own_migrations()], to_check(), {}
        if names:
            state = await executor._project_state(set(own), upto=MigrationKey(APP, names[0]))
        for name in names:
            migration = executor.loader.disk_migrations[MigrationKey(APP, name)]
            editor = executor._schema_editor(atomic=False, collect_sql=True)
            state = await migration.apply(state, schema_editor=editor, collect_sql=True)
            found[name] = editor.collected_sql, migration.atomic
        return found
    finally:
        await Tortoise.close_connections()


def to_check() -> list[str]:
    """The code's own migrations from the first that the rules apply to."""
    return [name for name in own_migrations() if int(name[:4]) >= FIRST]


def _class(name: str) -> type:
    module = __import__(f"migrations.{name}", fromlist=["Migration"])
    found: type = module.Migration
    return found


def test_no_migration_holds_up_or_breaks_the_release_before_it() -> None:
    with ThreadPoolExecutor(1) as thread:
        collected = thread.submit(asyncio.run, _collected()).result()
    broken = {
        name: rules
        for name, (statements, atomic) in collected.items()
        if (rules := broken_rules(statements, atomic=atomic, contract=is_contract(name)))
    }
    assert broken == {}


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("CREATE INDEX x ON lead (title)", "require-concurrent-index-creation"),
        ("CREATE UNIQUE INDEX x ON lead (title)", "require-concurrent-index-creation"),
        ("DROP INDEX lead_newest", "require-concurrent-index-deletion"),
        ("ALTER TABLE lead ALTER COLUMN title SET NOT NULL", "adding-not-nullable-field"),
        (
            "ALTER TABLE lead ADD COLUMN x uuid NOT NULL DEFAULT gen_random_uuid()",
            "adding-field-with-default",
        ),
        ("ALTER TABLE lead ADD COLUMN x int NOT NULL", "adding-required-field"),
        ("ALTER TABLE lead ADD CONSTRAINT x CHECK (length(title) > 0)", "constraint-missing-not-valid"),
        (
            "ALTER TABLE lead ADD CONSTRAINT x FOREIGN KEY (y) REFERENCES z (id)",
            "adding-foreign-key-constraint",
        ),
        ("ALTER TABLE lead ADD CONSTRAINT x UNIQUE (title)", "disallowed-unique-constraint"),
        ("ALTER TABLE lead ALTER COLUMN title TYPE text", "changing-column-type"),
        ("ALTER TABLE lead RENAME COLUMN title TO name", "renaming-column"),
        ("ALTER TABLE lead RENAME TO leads", "renaming-table"),
        ("ALTER TABLE lead DROP COLUMN title", "ban-drop-column"),
        ("ALTER TABLE lead DROP CONSTRAINT lead_imported_once", "ban-drop-constraint"),
        ("DROP TABLE lead", "ban-drop-table"),
        ("DROP FUNCTION leadgate_clock()", "drop-outside-contract"),
        ("DROP SEQUENCE complaint_number", "drop-outside-contract"),
        ("DROP TRIGGER x ON lead", "drop-outside-contract"),
    ],
)
def test_what_would_hold_up_or_break_servers_is_recognised(sql: str, rule: str) -> None:
    assert rule in broken_rules([sql])


@pytest.mark.parametrize(
    "sql",
    [
        ["ALTER TABLE lead ADD COLUMN x int"],
        ["ALTER TABLE lead ADD COLUMN x bigint NOT NULL DEFAULT 0"],
        ["ALTER TABLE lead ADD CONSTRAINT x CHECK (length(title) > 0) NOT VALID"],
        ["ALTER TABLE lead VALIDATE CONSTRAINT x"],
        ["ALTER TABLE lead ADD CONSTRAINT x FOREIGN KEY (y) REFERENCES z (id) NOT VALID"],
        [
            "CREATE TABLE n (id uuid PRIMARY KEY, lead_id uuid REFERENCES lead (id))",
            "CREATE INDEX i ON n (lead_id)",
        ],
        ["CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'"],
        ["ALTER TABLE lead SET (fillfactor = 85)"],
        ["ALTER TABLE lead DROP CONSTRAINT lead_market_id_fkey"],
    ],
)
def test_what_servers_do_not_notice_is_allowed(sql: list[str]) -> None:
    assert broken_rules(sql) == set()


@pytest.mark.parametrize("sql", ["ALTER TABLE lead DROP COLUMN title", "DROP TABLE x", "DROP FUNCTION x()"])
def test_only_a_contract_removes(sql: str) -> None:
    assert broken_rules([sql], contract=True) == set()
    assert broken_rules([sql]) != set()


def test_an_index_that_is_built_concurrently_passes() -> None:
    """In a migration that is no transaction; in one, PostgreSQL refuses it."""
    operation = IndexConcurrently("x", "lead (title)")
    statement = operation.create
    assert broken_rules([statement], atomic=False) == set()
    assert "ban-concurrent-index-creation-in-transaction" in broken_rules([statement])


def test_contracts_are_the_ends_of_the_graph() -> None:
    """Otherwise a later migration could not be applied before what it depends on is removed."""
    depended = {
        name: [on for _, on in _class(name).dependencies]  # type: ignore[attr-defined]
        for name in own_migrations()
        if not is_contract(name)
    }
    assert {name: on for name, on in depended.items() if any(map(is_contract, on))} == {}


def test_each_migration_depends_on_the_one_before() -> None:
    """Contracts aside: their order is that of their numbers, which are unique."""
    expanding = [name for name in own_migrations() if not is_contract(name)]
    for before, name in pairwise(expanding):
        assert ("models", before) in _class(name).dependencies, name  # type: ignore[attr-defined]
    numbers = [name[:4] for name in own_migrations()]
    assert len(numbers) == len(set(numbers))


def test_migrations_import_no_models_of_today() -> None:
    """They describe the tables as they were, and stay the same when the code changes."""
    allowed = {"models.base.ids", "models.base.indexes"}
    for path in migrations.__path__:
        for file in Path(path).glob("[0-9]*.py"):
            imported = {
                node.module
                for node in ast.walk(ast.parse(file.read_text()))
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("models")
            }
            assert imported <= allowed, file.name
