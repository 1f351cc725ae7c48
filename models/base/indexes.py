"""An operation of migrations: an index built while the table is read and written."""

from tortoise.migrations.operations import TortoiseOperation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State

_IS_INVALID = """
    SELECT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid)"""


class IndexConcurrently(TortoiseOperation):
    """`CREATE INDEX CONCURRENTLY`, for migrations with `atomic = False`. Can be repeated.

    It waits for the transactions that run when it starts, without making others wait; so it has no
    `lock_timeout`. An index that an interrupted build left invalid is dropped and built again.
    """

    def __init__(self, name: str, on: str, *, unique: bool = False) -> None:
        """Take the index's name, and what follows ON, such as `application (submitted_at)`."""
        self.name = name
        self.on = on
        self.unique = unique

    def describe(self) -> str:
        """Return what a plan of migrations shows."""
        return f"Create index {self.name} concurrently"

    async def database_forward(
        self,
        app_label: str,  # noqa: ARG002 - Tortoise calls it with these
        old_state: State,  # noqa: ARG002
        new_state: State,  # noqa: ARG002
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Build the index, unless it exists and is valid."""
        await self._run(state_editor, self.create)

    async def database_backward(
        self,
        app_label: str,  # noqa: ARG002
        old_state: State,  # noqa: ARG002
        new_state: State,  # noqa: ARG002
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        """Drop the index."""
        await self._run(state_editor, self._drop)

    @property
    def create(self) -> str:
        """The SQL that builds it."""
        kind = "UNIQUE INDEX" if self.unique else "INDEX"
        return f'CREATE {kind} CONCURRENTLY IF NOT EXISTS "{self.name}" ON {self.on}'

    @property
    def _drop(self) -> str:
        return f'DROP INDEX CONCURRENTLY IF EXISTS "{self.name}"'

    async def _run(self, editor: BaseSchemaEditor | None, statement: str) -> None:
        if editor is None:
            return
        if editor.collect_sql:
            editor.collected_sql.append(f"{statement};")
            return
        # One connection, and one statement at a time: several together would be a transaction.
        async with editor.client.acquire_connection() as raw:
            await raw.execute("SET lock_timeout = 0")
            try:
                if await raw.fetchval(_IS_INVALID, f'"{self.name}"'):
                    await raw.execute(self._drop)
                await raw.execute(statement)
            finally:
                await raw.execute("RESET lock_timeout")
