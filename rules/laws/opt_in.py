"""Which places want the person's consent before a first contact, by medium.

Counsel has not checked these rows; they are to be checked each year. What no row names needs consent: that is
the safe answer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

__all__ = ["OPT_IN", "OptInRow", "consent_first", "list_first"]

_CHECKED = date(2026, 11, 29)


@dataclass(frozen=True, slots=True)
class OptInRow:
    """Whether a place wants consent first for some media, from a day on (None: as long as matters).

    `place` is a country or a part of it (ISO 3166), `media` are names of media; a later day of the same place
    and medium replaces an earlier one. `lists`: where consent is not needed, a list of those who want no
    advertising must be consulted instead.
    """

    place: str
    media: Collection[str]
    needed: bool
    law: str
    source: str
    since: date | None = None
    checked_on: date = _CHECKED
    lists: bool = False


_CALL, _EMAIL, _SMS = "CALL", "EMAIL", "SMS"
_ICO = "https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/guide-to-pecr"

OPT_IN: tuple[OptInRow, ...] = (
    OptInRow("DE", (_CALL,), True, "§ 7 Abs. 2 Nr. 1 UWG (consumers)", "the law's text"),
    OptInRow("DE", (_EMAIL, _SMS), True, "§ 7 Abs. 2 Nr. 2 UWG", "the law's text"),
    OptInRow(
        "AT",
        (_CALL, _EMAIL, _SMS),
        True,
        "§ 174 TKG 2021",
        "https://www.werbe.at/dos-donts/recht-werbung/telefonwerbung-e-mail-werbung/ (a summary)",
    ),
    OptInRow(
        "PL",
        (_CALL, _EMAIL, _SMS),
        True,
        "Prawo komunikacji elektronicznej, art. 398 (also to companies)",
        "https://radcaprawny.kirp.pl/archiwum/praktyka/zakaz-cold-callingu-w-prawie-komunikacji-elektronicznej",
        since=date(2024, 11, 10),
    ),
    OptInRow(
        "RO",
        (_CALL, _EMAIL, _SMS),
        True,
        "Legea 506/2004, art. 12",
        "https://www.avocatura.com/legi/5039/legea-506-din-2004.html",
    ),
    OptInRow(
        "FR",
        (_CALL,),
        False,
        "Code de la consommation, art. L223-1 (Bloctel)",
        "https://www.leclubdesjuristes.com/en-bref/"
        "linterdiction-du-demarchage-telephonique-non-consenti-adoptee-par-le-parlement-10756",
        lists=True,
    ),
    OptInRow(
        "FR",
        (_CALL,),
        True,
        "Code de la consommation, art. L223-1 (loi n° 2025-594)",
        "https://www.leclubdesjuristes.com/en-bref/"
        "linterdiction-du-demarchage-telephonique-non-consenti-adoptee-par-le-parlement-10756",
        since=date(2026, 8, 11),
    ),
    OptInRow(
        "ES",
        (_CALL,),
        True,
        "Ley 11/2022, art. 66.1.b",
        "https://perezllorca.com/actualidad/articulo/"
        "a-la-caza-de-las-llamadas-comerciales-estamos-ante-el-fin-de-este-tipo-de-publicidad",
        since=date(2023, 6, 29),
    ),
    OptInRow("GB", (_CALL,), False, "PECR 2003, reg. 21 (TPS and CTPS)", _ICO, lists=True),
    OptInRow("GB", (_EMAIL, _SMS), True, "PECR 2003, reg. 22 (individuals)", _ICO),
    OptInRow(
        "IT",
        (_CALL,),
        False,
        "Legge 5/2018 (Registro pubblico delle opposizioni)",
        "https://www.lanazione.it/firenze/cronaca/"
        "telefonate-pubblicitarie-nuove-regole-per-difendersi-limiti-e-multe-agli-operatori-6617a6fa",
        lists=True,
    ),
    OptInRow(
        "US",
        (_CALL,),
        False,
        "47 CFR § 64.1200(c)(2) (National Do Not Call Registry)",
        "http://edocket.access.gpo.gov/cfr_2008/octqtr/47cfr64.1200.htm",
        lists=True,
    ),
    OptInRow("US", (_EMAIL,), False, "15 U.S.C. § 7704 (CAN-SPAM)", "known, not read for this table"),
    OptInRow(
        "US-CT",
        (_CALL, _SMS),
        True,
        "Conn. Gen. Stat. § 42-288a",
        "https://www.tcpadefenseforce.com/tcpa-law-blog/connecticut-broadens-its-telemarketing-laws",
        since=date(2023, 10, 1),
    ),
)


@lru_cache(maxsize=2_048)
def consent_first(country: str | None, part: str | None, medium: str, on: date) -> bool:
    """Whether the law of a place wants consent before a first contact by `medium` on a day.

    `country` is ISO 3166-1 alpha-2, `part` ISO 3166-2; the part's rows come before the country's.
    """
    row = _row(country, part, medium, on)
    return row is None or row.needed


@lru_cache(maxsize=2_048)
def list_first(country: str | None, part: str | None, medium: str, on: date) -> bool:
    """Whether the law of a place wants an opt-out list consulted before such a contact, asked likewise."""
    row = _row(country, part, medium, on)
    return row is not None and row.lists


def _row(country: str | None, part: str | None, medium: str, on: date) -> OptInRow | None:
    for place in (part, country):
        rows = [row for row in OPT_IN if row.place == place and medium in row.media]
        rows = [row for row in rows if row.since is None or row.since <= on]
        if rows:
            return max(rows, key=lambda row: row.since or date.min)
    return None
