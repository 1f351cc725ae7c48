"""Recognition of a caller by the index of VIP entries, against a scan with `is_number_match`."""

import time
from collections.abc import Sequence
from typing import TypeAlias

import phonenumbers
from phonenumbers import MatchType

from bench import companies
from bench.companies import KNOWN, UNKNOWN
from bench.data import row_id
from bench.figures import Figure, Options, median
from models.base.database import connection, fetch
from models.calls.caller_id import Caller, CallerIdForm, read_caller_id
from models.calls.facts import matching_vips

_Number: TypeAlias = str | phonenumbers.PhoneNumber


async def measure_recognition(options: Options) -> list[Figure]:
    """Recognise callers by the index and by a scan of all entries, as stored and as parsed beforehand."""
    conn = connection()
    company = row_id(companies.SECRETARIAT, 1)
    rows = await fetch(conn, "SELECT number FROM vip_caller WHERE secretariat_id = $1 AND NOT block", company)
    stored: list[str] = [row["number"] for row in rows]
    parsed = [phonenumbers.parse(number) for number in stored]
    ours: list[float] = []
    scans: list[float] = []
    scans_of_parsed: list[float] = []
    for caller in (KNOWN, UNKNOWN, stored[-1])[: options.pick(3, 1)]:
        for _ in range(options.pick(100, 30)):
            began = time.perf_counter()
            found = await matching_vips(conn, company, presented(caller))
            ours.append(time.perf_counter() - began)
        exact = [vip.number for vip in found if not vip.block]
        for entries, number, seconds in (
            (stored, caller, scans),
            (parsed, phonenumbers.parse(caller), scans_of_parsed),
        ):
            matches, took = _scan(entries, number)
            seconds.append(took)
            if [stored[place] for place in matches] != exact:
                raise RuntimeError(f"{caller}: {len(matches)} by the scan, not {exact}")
    # Digits without a prefix: the scan takes them for the end of a number, and nobody is recognised.
    short = KNOWN[-6:]
    false, _ = _scan(parsed, short)
    if not false or await matching_vips(conn, company, presented(short)):
        raise RuntimeError(f"{short} was recognised, or the scan has no false matches")
    name = f"recognising a caller among {len(stored):,} entries"
    return [
        Figure(f"{name}, relative to a scan", median(scans) / median(ours), "times as fast", least=1_000),
        Figure(name, median(ours) * 1_000, "ms"),
        Figure("a scan with is_number_match", median(scans) * 1_000, "ms"),
        Figure("the same with numbers parsed beforehand", median(scans_of_parsed) * 1_000, "ms"),
        Figure(f"false matches of the scan for {short}", len(false), "entries"),
    ]


def presented(caller: str) -> Caller:
    """Return a caller ID as a telephone system presents it."""
    return read_caller_id(caller, CallerIdForm.E164, "DE")


def _scan(entries: Sequence[_Number], caller: _Number) -> tuple[list[int], float]:
    """Return the places of the entries that match, and the seconds."""
    began = time.perf_counter()
    other = MatchType.NO_MATCH, MatchType.NOT_A_NUMBER
    found = [
        place
        for place, entry in enumerate(entries)
        if phonenumbers.is_number_match(entry, caller) not in other
    ]
    return found, time.perf_counter() - began
