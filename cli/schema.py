"""`leadgate schema` and `leadgate documents`: the GraphQL schema and manifests of trusted documents."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from settings.errors import FixableError

app = typer.Typer()


@app.command()
def schema(
    check: Annotated[bool, typer.Option("--check", help="Fail if schema.graphql is out of date.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write schema.graphql.")] = False,
) -> None:
    """Print the GraphQL schema."""
    import difflib

    import schema as face

    printed = face.print_sdl().rstrip() + "\n"
    path = face.SDL_FILE
    if write:
        path.write_text(printed, encoding="utf-8")
    elif not check:
        sys.stdout.write(printed)
    elif printed != (stored := path.read_text(encoding="utf-8") if path.exists() else ""):
        lines = difflib.unified_diff(
            stored.splitlines(), printed.splitlines(), "committed", "code", lineterm=""
        )
        typer.echo("\n".join(lines))
        raise FixableError("schema.graphql is out of date: run `make schema` and commit the result.")


@app.command()
def documents(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Folder of `*.graphql` files.")
    ],
) -> None:
    """Print the manifest of trusted documents, each checked against the schema and the limits."""
    from schema.document_manifest import manifest_of, to_json
    from schema.graphql.limits import Bounds
    from settings import load

    sys.stdout.write(to_json(manifest_of(folder, Bounds.of(load()))))
