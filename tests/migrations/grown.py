"""A package of migrations in place of the code's own, for the time of a test.

The code's own are applied already; Tortoise would take half a minute to go through them again.
"""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings.database import tortoise_config

PACKAGE = "grown_migrations"


class GrownMigrations:
    """Adds migrations, each after the last one that adds, as the code's own do."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: str | None = None
        self.names: list[str] = []

    def add(self, name: str, operations: str, *, atomic: bool = True, dependency: str | None = None) -> None:
        """Add a migration; `operations` is the Python text of its list."""
        after = dependency or self._last
        (self._folder / f"{name}.py").write_text(
            "from tortoise import fields, migrations\n"
            "from tortoise.migrations import operations as ops\n"
            "from models.base.indexes import IndexConcurrently\n\n"
            "class Migration(migrations.Migration):\n"
            f"    dependencies = {[('models', after)] if after else []}\n"
            f"    atomic = {atomic}\n"
            f"    operations = {operations}\n"
        )
        if "_contract_" not in name:
            self._last = name
        self.names.append(name)

    def sql(self, name: str, statement: str, *, atomic: bool = True) -> None:
        """Add a migration of one SQL statement."""
        self.add(name, f"[ops.RunSQL([{statement!r}], reverse_sql=['SELECT'])]", atomic=atomic)


@pytest.fixture
def grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GrownMigrations]:
    """No migrations but those that the test adds."""
    folder = tmp_path / PACKAGE
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    package = importlib.import_module(PACKAGE)

    def config(*given: object, **named: object) -> dict[str, object]:
        made = tortoise_config(*given, **named)  # type: ignore[arg-type]
        made["apps"]["models"]["migrations"] = PACKAGE
        return made

    monkeypatch.setattr("models.process.schema_state.migrations", package)
    monkeypatch.setattr("cli.migrating.tortoise_config", config)
    yield GrownMigrations(folder)
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]
