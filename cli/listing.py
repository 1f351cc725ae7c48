"""Output of commands that list: a table for people, or one JSON object per line."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object per line.")]


def show(rows: Sequence[Any], kind: str, *, json: bool) -> None:
    """Print dataclasses, with their ids as public ids of this kind."""
    import orjson

    from models.base.public_id import public_id

    shown = [asdict(row) for row in rows]
    for row in shown:
        if "id" in row:
            row["id"] = public_id(kind, row["id"])
    if json:
        for row in shown:
            typer.echo(orjson.dumps(row).decode())
        return
    if not rows:
        typer.echo("Nothing to list.")
        return
    cells = [[field.name.replace("_", " ") for field in fields(rows[0])]]
    cells += [[_cell(value) for value in row.values()] for row in shown]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for line in cells:
        typer.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
