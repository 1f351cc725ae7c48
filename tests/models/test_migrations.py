"""The migrations create what the models declare."""

from enum import StrEnum

import pytest
from tortoise.context import get_current_context
from tortoise.exceptions import ConfigurationError
from tortoise.migrations.autodetector import MigrationAutodetector

from models import tables
from models.accounts.tables import Account
from models.base.database import connection, fetch
from models.base.fields import TextEnumField
from rules.plan import Plan
from settings import tortoise_config
from tests.support.database import Database


async def test_models_and_migrations_agree(database: Database) -> None:
    """Tortoise's own tool finds nothing to migrate."""
    assert await _left_to_migrate(database) == []


@pytest.mark.parametrize(("length", "left"), [(20, []), (21, ["Alter field plan on Account"])])
async def test_a_new_member_of_an_enum_needs_no_migration(
    database: Database, monkeypatch: pytest.MonkeyPatch, length: int, left: list[str]
) -> None:
    """Only a new length of the column needs one."""
    grown = StrEnum("Plan", [(plan.name, plan.value) for plan in Plan] + [("TRIAL", "TRIAL")])  # type: ignore[misc]
    column = TextEnumField(grown, max_length=length, default=grown("FREE"))
    column.model_field_name, column.model = "plan", Account
    monkeypatch.setitem(Account._meta.fields_map, "plan", column)
    assert await _left_to_migrate(database) == left


def test_no_migration_imports_an_enum() -> None:
    """An enum can be moved or lose a member without a change of released migrations."""
    path, _, named = Account._meta.fields_map["plan"].deconstruct()
    assert (path, named) == ("tortoise.fields.data.CharField", {"default": "FREE", "max_length": 20})
    assert type(named["default"]) is str


def test_a_member_fits_into_its_column() -> None:
    with pytest.raises(ConfigurationError, match=r"Plan\.PROFESSIONAL is longer than 11"):
        TextEnumField(Plan, max_length=11)


async def test_only_members_are_written_and_read(database: Database) -> None:
    account = await Account.create(name="Company", plan=Plan.ADVANCED)
    assert (await Account.get(id=account.id)).plan is Plan.ADVANCED
    with pytest.raises(ValueError, match="TRIAL"):
        await Account.create(name="Company", plan="TRIAL")
    await fetch(connection(), "UPDATE account SET plan = 'TRIAL'")
    with pytest.raises(ValueError, match="TRIAL"):
        await Account.get(id=account.id)


async def test_no_column_has_a_comment(database: Database) -> None:
    """A comment that lists the members would be one more thing to migrate."""
    sql = """SELECT count(*) FROM pg_description JOIN pg_class ON pg_class.oid = objoid
             WHERE objsubid > 0 AND relnamespace = 'public'::regnamespace"""
    assert [row["count"] for row in await fetch(connection(), sql)] == [0]


async def test_the_database_has_every_constraint_of_the_models(database: Database) -> None:
    """Each unique constraint and check of a model exists in a migrated database."""
    declared = {
        constraint.name
        for name in tables.__all__
        for constraint in getattr(getattr(tables, name).Meta, "constraints", ())
    }
    rows = await fetch(connection(), "SELECT conname FROM pg_constraint")
    assert declared - {row["conname"] for row in rows} == set()


async def test_the_database_has_every_index_of_the_models(database: Database) -> None:
    """Each list of columns that a model indexes is indexed in a migrated database."""
    rows = await fetch(connection(), "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'")
    laid = {(row["tablename"], row["indexdef"].split("(", 1)[1].replace('"', "")) for row in rows}
    missing = [
        (meta.table, fields)
        for meta in (getattr(tables, name).Meta for name in tables.__all__)
        for fields in [index.fields for index in getattr(meta, "indexes", ())]
        + [list(together) for together in getattr(meta, "unique_together", ())]
        if not any(
            table == meta.table and columns.startswith(", ".join(_columns(fields))) for table, columns in laid
        )
    ]
    assert missing == []


async def _left_to_migrate(database: Database) -> list[str]:
    context = get_current_context()
    assert context is not None
    assert context.apps is not None
    detector = MigrationAutodetector(context.apps, tortoise_config(database.url)["apps"])
    return [operation.describe() for writer in await detector.changes() for operation in writer.operations]


def _columns(fields: list[str]) -> list[str]:
    keys = {"market": "market_id", "trial": "trial_id", "run": "run_id"}
    return [keys.get(field, field) for field in fields]
