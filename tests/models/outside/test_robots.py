"""What a site's robots.txt allows."""

from pathlib import Path

import httpx
import pytest

from models.outside.robots import KEEP_SECONDS, Robots
from models.outside.sources.source import OutsideOutcome
from models.outside.unanswered import Unanswered
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


async def test_an_error_of_the_server_is_asked_again(world: OutsideWorld) -> None:
    for _ in range(2):
        await refused(world, "https://robots-failing.example/")
    assert len(world.world.asked) == 2


@pytest.mark.parametrize("program", ["while True: pass", "raise SystemExit(1)"])
async def test_rules_that_nobody_can_read_in_time_are_no_permission(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str
) -> None:
    (tmp_path / "program.py").write_text(program)
    monkeypatch.setattr("models.outside.robots.PROGRAM", tmp_path / "program.py")
    monkeypatch.setattr("models.outside.robots.SECONDS", 0.1)
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
