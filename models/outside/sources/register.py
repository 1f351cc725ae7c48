"""What public registers say about a company, by a number that its web site gives: Poland and Romania.

Of Poland the court register (KRS), or else the list of VAT payers (100 questions a day without an account);
of Romania ANAF's register of tax payers (one question a second). The people in their answers are not read.
"""

from collections.abc import Mapping, Sequence

import orjson

from models.outside.answers import items, json_object, text, within
from models.outside.door import Door
from models.outside.fetching import JSON, Posted
from models.outside.plain import plain_text
from models.outside.sources.numbers import krs_numbers, vat_numbers
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideOutcome, Question
from models.outside.unanswered import Unanswered

KRS = "https://api-krs.ms.gov.pl/api/krs/OdpisAktualny/"
VAT_PAYERS = "https://wl-api.mf.gov.pl/api/search/nip/"
ANAF = "https://webservicesp.anaf.ro/api/PlatitorTvaRest/v9/tva"
_KRS_ADDRESS = ("ulica", "nrDomu", "kodPocztowy", "miejscowosc")


async def ask(_: Question, earlier: Sequence[Found], door: Door) -> list[Found]:
    """Return what the register of the number's country says; SKIPPED without a number of such a country."""
    numbers = vat_numbers(earlier)
    if krs := next(iter(krs_numbers(earlier)), None):
        return await _ask_krs(krs, door)
    if polish := next((one for one in numbers if one.startswith("PL")), None):
        return await _ask_vat_payers(polish[2:], door)
    if romanian := next((one for one in numbers if one.startswith("RO")), None):
        return await _ask_anaf(romanian[2:], door)
    raise Unanswered(OutsideOutcome.SKIPPED, "no number")


async def _ask_krs(number: str, door: Door) -> list[Found]:
    base = door.service(KRS)
    url = base.copy_with(path=f"{base.path}{number}", query=b"rejestr=P&format=json")
    answer = json_object((await door.fetcher.fetch(url, JSON)).body)
    extract = within(answer, "odpis")
    company = within(extract, "dane", "dzial1", "danePodmiotu")
    address = within(extract, "dane", "dzial1", "siedzibaIAdres", "adres")
    if text(within(extract, "naglowekA"), "numerKRS") not in {None, number}:
        raise Unanswered(OutsideOutcome.BAD_ANSWER, "another company")
    return _found(
        str(url),
        {
            FoundKind.LEGAL_NAME: text(company, "nazwa"),
            FoundKind.ADDRESS: _joined(address, _KRS_ADDRESS),
            FoundKind.REGISTER_NUMBER: f"KRS {number}",
        },
    )


async def _ask_vat_payers(number: str, door: Door) -> list[Found]:
    base = door.service(VAT_PAYERS)
    url = base.copy_with(path=f"{base.path}{number}", query=f"date={door.now().date()}".encode())
    answer = json_object((await door.fetcher.fetch(url, JSON)).body)
    subject = within(answer, "result", "subject")
    if text(subject, "nip") not in {None, number}:
        raise Unanswered(OutsideOutcome.BAD_ANSWER, "another company")
    krs = text(subject, "krs")
    return _found(
        str(url),
        {
            FoundKind.LEGAL_NAME: text(subject, "name"),
            FoundKind.ADDRESS: text(subject, "workingAddress"),
            FoundKind.REGISTER_NUMBER: f"KRS {krs}" if krs else None,
            FoundKind.STATUS_IN_REGISTER: text(subject, "statusVat"),
        },
    )


async def _ask_anaf(number: str, door: Door) -> list[Found]:
    url = str(door.service(ANAF))
    asked = [{"cui": int(number), "data": door.now().date().isoformat()}]
    document = await door.fetcher.fetch(url, JSON, posted=Posted(orjson.dumps(asked)))
    listed = items(json_object(document.body), "found")
    general = within(listed[0], "date_generale") if listed else {}
    if text(general, "cui") not in {None, number}:
        raise Unanswered(OutsideOutcome.BAD_ANSWER, "another company")
    return _found(
        url,
        {
            FoundKind.LEGAL_NAME: text(general, "denumire"),
            FoundKind.ADDRESS: text(general, "adresa"),
            FoundKind.REGISTER_NUMBER: text(general, "nrRegCom"),
            FoundKind.STATUS_IN_REGISTER: text(general, "stare_inregistrare"),
        },
    )


def _found(source_url: str, values: Mapping[FoundKind, str | None]) -> list[Found]:
    if not values[FoundKind.LEGAL_NAME]:
        raise Unanswered(OutsideOutcome.NOTHING, "unknown number")
    return [Found(kind, LookUp.ORGANISATION, value, source_url) for kind, value in values.items() if value]


def _joined(address: Mapping[str, object], names: Sequence[str]) -> str | None:
    return plain_text(", ".join(part for name in names if (part := text(address, name))))
