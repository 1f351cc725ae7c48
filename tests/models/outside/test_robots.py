"""What a site's robots.txt allows."""

import asyncio
from pathlib import Path

import httpx
import pytest

from models.outside.robots import KEEP_SECONDS, Robots
from models.outside.sources.source import OutsideOutcome
from models.outside.unanswered import Unanswered
from models.process.separate import SeparateProgram
from tests.support.outside_world import OutsideWorld


async def refused(world: OutsideWorld, url: str) -> OutsideOutcome | None:
    """Return why an address may not be requested."""
    try:
        await world.door.robots.check(httpx.URL(url))
    except Unanswered as error:
        return error.outcome
    return None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ebersreuth.example/", OutsideOutcome.NOT_ALLOWED_BY_SITE),
        ("https://speichenwerk.example/impressum", None),
        ("https://speichenwerk.example/intern/x", OutsideOutcome.NOT_ALLOWED_BY_SITE),
        ("https://ninthrow.example/", None),  # it has none
        ("https://robots-failing.example/", OutsideOutcome.NOT_ALLOWED_BY_SITE),  # RFC 9309, 2.3.1.4
        ("https://robots-html.example/", None),  # a page has no rules
        ("https://robots-large.example/", None),  # the rule is behind what is read
        ("https://robots-wildcards.example/" + "a" * 300, OutsideOutcome.NOT_ALLOWED_BY_SITE),
        ("https://robots-wildcards.example/" + "a" * 299 + "b", None),
    ],
)
async def test_a_site_decides_what_may_be_requested(
    world: OutsideWorld, url: str, expected: OutsideOutcome | None
) -> None:
    assert await refused(world, url) is expected


async def test_rules_are_kept_for_a_day(world: OutsideWorld) -> None:
    for _ in range(3):
        await refused(world, "https://ebersreuth.example/")
    assert world.world.asked == [("ebersreuth.example", "/robots.txt")]
    world.clock.now += KEEP_SECONDS - 1
    await refused(world, "https://ebersreuth.example/")
    assert len(world.world.asked) == 1
    world.clock.now += 1
    await refused(world, "https://ebersreuth.example/")
    assert len(world.world.asked) == 2


async def test_rules_are_kept_for_who_asked_alone(world: OutsideWorld) -> None:
    """Nobody's answer comes sooner because somebody else has asked before."""
    for asker in ("one", "another", "one"):
        await world.door.robots.check(httpx.URL("https://speichenwerk.example/"), asker=asker)
    assert world.world.asked == 2 * [("speichenwerk.example", "/robots.txt")]


async def test_the_rules_of_two_sites_are_read_at_a_time(world: OutsideWorld, tmp_path: Path) -> None:
    """However many searches are made: each process takes memory."""
    (tmp_path / "program.py").write_text(
        "import os, sys, time\n"
        f"place = {str(tmp_path)!r}\n"
        "mark = f'{place}/{os.getpid()}.mark'\n"
        "open(mark, 'x').close()\n"
        "time.sleep(0.05)\n"
        "at_once = sum(name.endswith('.mark') for name in os.listdir(place))\n"
        "open(f'{place}/{os.getpid()}-{at_once}.seen', 'x').close()\n"
        "os.unlink(mark)\n"
        "print('yes')\n"
    )
    robots = world.door.robots
    robots.program = SeparateProgram(tmp_path / "program.py", seconds=60, most_bytes=100)
    await asyncio.gather(
        *(robots.check(httpx.URL(f"https://speichenwerk.example/{page}")) for page in range(8))
    )
    seen = [int(file.stem.rpartition("-")[2]) for file in tmp_path.glob("*.seen")]  # noqa: ASYNC240
    assert (len(seen), max(seen)) == (8, 2)


async def test_an_address_that_is_too_long_for_a_process_is_no_permission(world: OutsideWorld) -> None:
    url = "https://speichenwerk.example/" + "ä" * 40_000
    assert await refused(world, url) is OutsideOutcome.NOT_ALLOWED_BY_SITE


async def test_an_error_of_the_server_is_asked_again(world: OutsideWorld) -> None:
    for _ in range(2):
        await refused(world, "https://robots-failing.example/")
    assert len(world.world.asked) == 2


@pytest.mark.parametrize("program", ["while True: pass", "raise SystemExit(1)"])
async def test_rules_that_nobody_can_read_in_time_are_no_permission(
    world: OutsideWorld, tmp_path: Path, program: str
) -> None:
    (tmp_path / "program.py").write_text(program)
    world.door.robots.program = SeparateProgram(tmp_path / "program.py", seconds=0.1, most_bytes=100)
    assert (
        await refused(world, "https://speichenwerk.example/impressum") is OutsideOutcome.NOT_ALLOWED_BY_SITE
    )


async def test_five_hundred_kilobytes_of_rules_are_read(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = []
    read = Robots._read

    async def noted(self: Robots, url: httpx.URL) -> bytes | None:
        rules = await read(self, url)
        sizes.append(len(rules or b""))
        return rules

    monkeypatch.setattr(Robots, "_read", noted)
    await refused(world, "https://robots-large.example/")
    assert sizes == [500_000]
