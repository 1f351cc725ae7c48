"""Generates files of leads with any number of rows, without holding them in memory."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

SAMPLE = Path(__file__).parents[3] / "data" / "leads-1000.csv"
HEADER = ("Id", "Name", "Email", "Phone", "Notes", "Category")


def row(number: int) -> tuple[str, ...]:
    """Return a valid row; every tenth has only a number that is too short."""
    way = ("", "12") if number % 10 == 0 else (f"person{number}@x.example", f"+1202555{number % 10_000:04}")
    return str(number), f"Person{number} Fake", *way, "Shelves for a room of books", "Carpentry"


def made(rows: int) -> bytes:
    """Return a file with this many rows."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER, *(row(number) for number in range(rows))])
    return text.getvalue().encode()


def write(path: Path, rows: int) -> Path:
    """Write a file with this many rows, one by one."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        writer.writerows(_rows(rows))
    return path


def _rows(rows: int) -> Iterator[tuple[str, ...]]:
    return (row(number) for number in range(rows))
