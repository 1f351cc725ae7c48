"""Options of `leadgate import`, which `cli.import_leads` carries out."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from cli.listing import AsJson

Member = TypeVar("Member", bound=StrEnum)
IfMissing = typer.Option(help="Default for rows without a value.")

app = typer.Typer()


@app.command("import")
def import_file(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="A file of leads: CSV, XLSX or ODS.")
    ],
    *,
    market: Annotated[str, typer.Option(help="Code of the market that the leads belong to.")] = "demo",
    category: Annotated[str | None, IfMissing] = None,
    city: Annotated[str | None, IfMissing] = None,
    country: Annotated[str | None, IfMissing] = None,
    region: Annotated[
        str | None, typer.Option(help="Country of phone numbers in national format, such as DE.")
    ] = None,
    preferred_channel: Annotated[str | None, IfMissing] = None,
    title: Annotated[
        str | None,
        typer.Option(help="Default for rows without a title; may contain {category}, {city} and {country}."),
    ] = None,
    currency: Annotated[str | None, IfMissing] = None,
    fee: Annotated[int | None, typer.Option(help="Fee in points; the policy's fee if omitted.")] = None,
    time_zone: Annotated[str | None, IfMissing] = None,
    source: Annotated[str | None, IfMissing] = None,
    origin: Annotated[str | None, typer.Option(help="The system that issued the ids in the file.")] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMN=FIELD", help="Map a column to a field; repeat for more columns."
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False,
            help="Write the outcome and the stored values of every row to this CSV file.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Report what an import would do, without importing anything.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Import the leads in a file into a market; invalid rows are refused with a reason.

    Importing the same file again creates no duplicates.

    Exit codes, with --check as well: 0 no row was refused, 1 nothing was imported, 3 some rows were refused.
    """
    from cli import import_leads
    from cli.connect import connected
    from models.contact_data.channel import Channel
    from models.leads.file import ImportDefaults
    from models.leads.tables import LeadSource
    from settings import load

    if report is not None and report.exists() and report.samefile(file):
        raise typer.BadParameter("must not be the imported file", param_hint="--report")
    given = {
        "category": category,
        "city": city,
        "country": country,
        "region": region,
        "preferred_channel": _member(Channel, preferred_channel, "--preferred-channel"),
        "title": title,
        "currency": currency,
        "fee": fee,
        "time_zone": time_zone,
        "source": _member(LeadSource, source, "--source"),
        "origin": origin,
    }
    words: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    mapping = dict(_pair(text) for text in columns or ())
    defaults = ImportDefaults(market=market, **words)
    wanted = import_leads.Wanted(check=check, json=json, report=report)
    with connected(load()) as settings:
        raise typer.Exit(import_leads.run(settings, file, defaults=defaults, mapping=mapping, wanted=wanted))


def _pair(text: str) -> tuple[str, str]:
    column, separator, name = text.rpartition("=")
    if not (column and separator and name):
        raise typer.BadParameter(f"{text!r} is not COLUMN=FIELD", param_hint="--map")
    return column, name


def _member(kind: type[Member], text: str | None, option: str) -> Member | None:
    try:
        return None if text is None else kind(text.upper())
    except ValueError:
        raise typer.BadParameter(f"must be one of {', '.join(kind)}", param_hint=option) from None
