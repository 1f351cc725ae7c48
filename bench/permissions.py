"""Benchmark of permissions to contact: decisions from the cache, and windows of one zone and of 42.

No window is read from a cache that an earlier round filled, unless the figure says so.
"""

import itertools
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from bench.data import policy
from bench.figures import Benchmark, Figure, Options, median, ratio
from models.contacting import windows as computed
from models.contacting.permissions import permissions
from models.contacting.person import Reachable
from models.contacting.windows import window_at
from models.contacting.zones import Whereabouts, whereabouts
from rules import Policy, decide
from rules.contacting.contact_permission import ContactPermissionFacts, contact_permission
from rules.contacting.contact_right import ContactRight, ContactRightFacts, contact_right
from rules.contacting.terms import ConsentState, ContactBasis, ContactPurpose, ContactStop, Medium

NOW = datetime(2026, 12, 2, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
FACTS, DAYS = 1_000, 200
BERLIN, TOLL_FREE = "+4930123456", "+18005550100"


def _rights() -> list[ContactRightFacts]:
    members = itertools.product(ContactPurpose, Medium, ContactStop, ContactBasis, ConsentState)
    chosen = itertools.islice(itertools.cycle(members), FACTS)
    return [
        ContactRightFacts(*one, opt_in_law=number % 2 == 0, listed=number % 3 == 0, address=number % 7 != 0)
        for number, one in enumerate(chosen)
    ]


def _permissions() -> list[ContactPermissionFacts]:
    """Both rights and all media, at instants on both sides of every limit."""
    members = list(itertools.product(ContactRight, Medium, (True, False), (1, 2), (3, 4), (-2, 2), (-3, 3)))
    return [
        ContactPermissionFacts(
            right=right,
            medium=medium,
            asked=asked,
            list_stale=NOW + opens * HOUR,
            calls_today=today,
            day_ends=NOW + 5 * HOUR,
            calls_this_month=month,
            month_eases=NOW - eases * HOUR,
            law_eases=NOW - 9 * HOUR,
            hours_known=True,
            hours_open=NOW - opens * HOUR,
            hours_close=NOW + 4 * HOUR,
        )
        for right, medium, asked, today, month, opens, eases in itertools.islice(
            itertools.cycle(members), FACTS
        )
    ]


async def run(options: Options) -> list[Figure]:
    """Measure decisions, then windows of both numbers in turns."""
    numbers, rounds = policy(), options.pick(9, 5)
    rights, allowed = _rights(), _permissions()
    people = [_person(number) for number in (BERLIN, TOLL_FREE)]
    one, many = (whereabouts(person, numbers) for person in people)
    if (len(one.zones), len(many.zones)) != (1, 42):
        raise RuntimeError(f"{len(one.zones)} and {len(many.zones)} zones instead of 1 and 42")

    def decide_rights() -> None:
        for facts in rights:
            decide(contact_right, numbers, facts, NOW)

    def decide_permissions() -> None:
        for facts in allowed:
            decide(contact_permission, numbers, facts, NOW)

    def decide_people() -> None:
        for _ in range(FACTS // 10):
            permissions(people[0], ContactPurpose.THE_LEAD, NOW, numbers)

    right_rates = _rates(decide_rights, FACTS, rounds)
    permission_rates = _rates(decide_permissions, FACTS, rounds)
    person_rates = _rates(decide_people, FACTS // 10, rounds)
    cold_one, cold_many, warm_many = _windows(one, many, numbers, rounds)
    return [
        Figure("rights from the cache", median(right_rates), "per second per core", least=500_000),
        Figure("permissions from the cache", median(permission_rates), "per second per core", least=500_000),
        Figure("persons with all five media", median(person_rates), "per second per core"),
        Figure("window of 42 zones, relative to one zone", ratio(cold_many, cold_one), "times", most=10),
        Figure("window of 42 zones, first time", 1e6 * median(cold_many), "microseconds a day"),
        Figure("window of 42 zones, from the cache", 1e6 * median(warm_many), "microseconds"),
    ]


def _person(number: str) -> Reachable:
    return Reachable(ContactBasis.OPEN_ASKED, "Europe/Berlin", phone=number, email=True)


def _rates(action: Callable[[], object], count: int, rounds: int) -> list[float]:
    """Return how many of what `action` does `count` times are done in a second, of each round."""
    action()
    rates = []
    for _ in range(rounds):
        began = time.thread_time()
        for _ in range(20):
            action()
        rates.append(20 * count / (time.thread_time() - began))
    return rates


def _windows(
    one: Whereabouts, many: Whereabouts, numbers: Policy, rounds: int
) -> tuple[list[float], list[float], list[float]]:
    """Return the seconds of one day's window for one zone, for many, and for many once more."""
    ones, manys, again = [], [], []
    for number in range(rounds):
        days = [NOW + timedelta(days=number * DAYS + day) for day in range(DAYS)]
        _forget()
        ones.append(_seconds(one, days, numbers))
        _forget()
        manys.append(_seconds(many, days, numbers))
        again.append(_seconds(many, days, numbers))
    return ones, manys, again


def _forget() -> None:
    """Empty the caches of windows and clocks; those of laws and numbers stay, as in a server."""
    for cached in (computed._around, computed._opening_on, computed._fortnight, computed._clock):
        cached.cache_clear()


def _seconds(where: Whereabouts, days: Sequence[datetime], numbers: Policy) -> float:
    began = time.thread_time()
    found = [window_at(where, day, numbers) for day in days]
    taken = time.thread_time() - began
    if None in found:
        raise RuntimeError("a day without a window")
    return taken / len(days)


BENCHMARK = Benchmark(
    "permissions",
    "Permissions to contact a person",
    "The two rulesets of permissions over 1,000 sets of facts each, from the cache of cells, in one thread, "
    "measured in CPU time; all five media of a person from what is known of them; and the legal window of a "
    "German number and of a toll-free North American one, which may be in 42 time zones, for 200 days.",
    run,
)
