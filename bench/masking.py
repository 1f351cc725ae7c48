"""Benchmark of masking contact data: time by length for hostile patterns, and a page of messages."""

import gc
import time
from collections.abc import Callable

from bench.figures import Benchmark, Figure, Options
from models.contact_data import ContactData, Phone
from models.contact_data.channel import Channel
from models.contact_data.masking import mask_messages

LENGTH = 5_000  # of the longest message
MESSAGES = 50  # of a page
STEEP = 2.2  # times the time for twice the length
CONTACT = ContactData(
    "Petra Kowalska",
    Channel.EMAIL,
    "Europe/Warsaw",
    "Granit Demo Sp. z o.o.",
    "petra.kowalska@granit.example",
    Phone("+48601234567"),
)
ORDINARY = (
    "Dzień dobry, budżet to 12 000 zł, termin do 30.06.2026. ",
    "We would like a new website for our bakery, with a shop; could you start in May? ",
    "Der Garten hat 1.200 m², eine alte Eiche und viel Schatten. ",
    "Avem nevoie de două sute de scaune și șase mese, livrare în două etape. ",
)
# Each is repeated: beginnings of addresses and numbers that never end, and whole ones.
HOSTILE = (
    *(
        "a",
        "1",
        "1 ",
        "@",
        "a@",
        "a.",
        "a dot ",
        "( at ",
        " (dot) ",
        "www.",
        "0 1",
        "one ",
        "12-",
        "é",
        "a-",
        "j.",
    ),
    *(
        "a\u200b",
        "0\u0336",
        "\u202e",
        "mr ",
        "(",
        "1.",
        "1.000 ",
        "10,000,000-",
        "tel ",
        "://",
        "2026-",
        "1 EUR ",
    ),
    *(
        "a_",
        "\u0130",
        "\ufdfa",
        "tel 1",
        "a@a.",
        "x.co",
        "01.01.",
        "https",
        "0 170 ",
        "01,",
        "01; ",
        "0 and ",
    ),
    *(
        "0170 then ",
        "a at ",
        "a@b ",
        "@@@",
        "a @ b . ",
        '"',
        '"a',
        "a gmail ",
        "(a) ",
        "a-at-",
        "-dot-",
        "&#64;",
    ),
    *("ATaDOT", "aATbDOTc ", "six0", "sixzero", "s i x ", "0\U0001f600", "telegram: ", "telegram ", "@a_b "),
    *(
        "mailto:a",
        "tel:+",
        "x12 ",
        "a punkt ",
        "a underscore ",
        "0,1 ",
        "08:00 ",
        "0\t1",
        "kowalska ",
        "granit ",
    ),
    *("petra", "zero ", "z e r o ", "+", "{", "<", "[phone]", "a.b@", "@a", "a\n@", " .", "601234567 "),
)


def _best(tries: int, *runs: Callable[[], object]) -> list[float]:
    """Return the shortest time of each run in seconds of the processor, measured in turns."""
    best = [float("inf")] * len(runs)
    for _ in range(tries):
        for at, run in enumerate(runs):
            began = time.process_time()
            run()
            best[at] = min(best[at], time.process_time() - began)
    return best


def _doubling(unit: str, tries: int) -> tuple[float, float]:
    """Return the time for the longest message made of `unit`, and how many times as long twice its length
    takes.
    """
    text = unit * (2 * LENGTH // len(unit) + 1)
    once, twice = _best(
        tries,
        lambda: mask_messages([text[:LENGTH]], "PL", names=CONTACT),
        lambda: mask_messages([text[: 2 * LENGTH]], "PL", names=CONTACT),
    )
    return once, twice / once


async def run(options: Options) -> list[Figure]:
    """Mask each pattern at two lengths, and pages of messages."""
    tries = options.pick(4, 2)
    gc.disable()
    try:
        hostile = {unit: _doubling(unit, tries) for unit in HOSTILE[:: options.pick(1, 4)]}
        for unit, (_, growth) in hostile.items():
            if growth > STEEP:  # one disturbed run among so many is likely, so these are measured longer
                hostile[unit] = _doubling(unit, 8 * tries)
        ordinary = _doubling("".join(ORDINARY), tries)
        page = [ORDINARY[number % 4] * (1 + number % 3) for number in range(MESSAGES)]
        (alone, together) = _best(
            tries,
            lambda: [mask_messages([text], "PL", names=CONTACT) for text in page],
            lambda: mask_messages(page, "PL", names=CONTACT),
        )
    finally:
        gc.enable()
    slowest = max(hostile, key=lambda unit: hostile[unit][0])
    steepest = max(hostile, key=lambda unit: hostile[unit][1])
    return [
        Figure("twice the length of ordinary text", ordinary[1], "times the time", most=STEEP),
        Figure(
            f"twice the length of the steepest of {len(hostile)} hostile patterns",
            hostile[steepest][1],
            "times the time",
            most=STEEP,
            note=repr(steepest),
        ),
        Figure(f"{LENGTH:,} characters of ordinary text", ordinary[0] * 1_000, "ms"),
        Figure(
            f"{LENGTH:,} characters of the slowest pattern",
            hostile[slowest][0] * 1_000,
            "ms",
            note=repr(slowest),
        ),
        Figure(f"{MESSAGES} messages, each alone", alone * 1_000, "ms"),
        Figure(f"{MESSAGES} messages of one author, also searched together", together * 1_000, "ms"),
    ]


BENCHMARK = Benchmark(
    "masking",
    "Masking of contact data",
    "Time of the processor in one thread; the shortest of several runs.",
    run,
)
