"""Fills in the configurations of `deploy/`, so that what is tested is what is published."""

import string
from collections.abc import Collection, Mapping
from pathlib import Path

DEPLOY = Path(__file__).parents[2] / "deploy"


def fill(name: str, values: Mapping[str, object], *, without: Collection[str] = ()) -> str:
    """Return a configuration with its placeholders filled in, without the lines of some settings.

    Raises `KeyError` for a placeholder without a value, and `ValueError` for a setting that the file lacks.
    """
    lines = (DEPLOY / name).read_text(encoding="utf-8").splitlines()
    for setting in without:
        kept = [line for line in lines if not line.strip().startswith((f"{setting}:", f"{setting} "))]
        if len(kept) != len(lines) - 1:
            raise ValueError(f"{name} has {len(lines) - len(kept)} lines of {setting} instead of one")
        lines = kept
    return string.Template("\n".join(lines) + "\n").substitute(values)


def placeholders(name: str) -> set[str]:
    """Return the names of a configuration's placeholders."""
    return set(string.Template((DEPLOY / name).read_text(encoding="utf-8")).get_identifiers())
