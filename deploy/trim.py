"""Deletes from this installation what Leadgate does not use. Only for the image: see Dockerfile."""

import shutil
from pathlib import Path

import babel

from models.base.refusal import LANGUAGES

# Names of places and of providers for telephone numbers, of which only time zones are used; tests.
UNUSED = ("phonenumbers/geodata", "phonenumbers/carrierdata", "icalendar/tests")


def trim(packages: Path, languages: frozenset[str]) -> None:
    """Delete from a folder of packages; raises `OSError` if something unused is not there any more."""
    for name in UNUSED:
        shutil.rmtree(packages / name)
    for file in (packages / "babel" / "locale-data").glob("*.dat"):
        if file.stem.partition("_")[0] not in languages | {"root"}:
            file.unlink()


if __name__ == "__main__":
    trim(Path(babel.__file__).parents[1], frozenset(LANGUAGES))
