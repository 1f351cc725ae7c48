"""What a web site allows (RFC 9309): its robots.txt, kept for a day.

A site whose robots.txt answers with an error of the server allows nothing, one that has none allows all.
Rules are kept for each asker, so that nobody can tell by the time of an answer what others have looked up.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from models.outside.fetching import Fetcher, Follow, Wanted
from models.outside.sources.source import OutsideOutcome
from models.outside.unanswered import Unanswered
from models.process.separate import SeparateFailed, SeparateProgram

PROGRAM = Path(__file__).with_name("robots_process.py")
AGENT: Final = "Leadgate"  # by which a site names us
ROBOTS = Wanted("text/plain", 500_000, Follow.WITHIN_DOMAIN, cut=True)
SECONDS = 4.0  # of the process, which has two seconds of CPU time
KEEP_SECONDS = 86_400.0
_MOST_SITES, _MOST_KEPT_BYTES = 512, 16_384  # larger ones are read again
_MOST_ANSWER = 1_000
_NONE, _HTML = b"", frozenset({"text/html", "application/xhtml+xml"})


@dataclass(slots=True)
class Robots:
    """The rules of web sites, as this process knows them; `seconds` is the clock for keeping them."""

    fetcher: Fetcher
    seconds: Callable[[], float] = time.monotonic
    program: SeparateProgram = field(
        default_factory=lambda: SeparateProgram(PROGRAM, seconds=SECONDS, most_bytes=_MOST_ANSWER)
    )
    _kept: OrderedDict[tuple[str, str], tuple[float, bytes]] = field(default_factory=OrderedDict)

    async def check(self, url: httpx.URL, *, asker: str = "") -> None:
        """Raise Unanswered unless the site allows this address, or if it cannot be asked."""
        rules = await self._rules(url.copy_with(raw_path=b"/robots.txt", fragment=None), asker)
        if rules is None or not await self._allow(rules, url):
            raise Unanswered(OutsideOutcome.NOT_ALLOWED_BY_SITE, "robots.txt")

    async def _rules(self, url: httpx.URL, asker: str) -> bytes | None:
        """Return the rules of a site, None if it forbids everything."""
        key = (asker, str(url))
        until, rules = self._kept.get(key, (0.0, _NONE))
        if self.seconds() < until:
            return rules
        read = await self._read(url)
        if read is not None and len(read) <= _MOST_KEPT_BYTES:
            self._kept[key] = (self.seconds() + KEEP_SECONDS, read)
            self._kept.move_to_end(key)
            if len(self._kept) > _MOST_SITES:
                self._kept.popitem(last=False)
        return read

    async def _read(self, url: httpx.URL) -> bytes | None:
        try:
            document = await self.fetcher.fetch(url, ROBOTS)
        except Unanswered as error:
            if error.outcome is OutsideOutcome.NOTHING or (
                error.outcome is OutsideOutcome.BAD_ANSWER and error.why.startswith("status 4")
            ):
                return _NONE  # there is none, or a redirect that leads nowhere
            if error.why.startswith("status 5"):
                return None
            raise
        if document.media_type in _HTML or document.body.lstrip()[:1] == b"<":
            return _NONE  # the site answers every address with a page
        return document.body

    async def _allow(self, rules: bytes, url: httpx.URL) -> bool:
        if b"disallow" not in rules.lower():
            return True
        try:
            answer = await self.program.answer(AGENT, str(url), content=rules)
        except SeparateFailed:
            return False  # rules that nobody can read in time are no permission
        return answer.strip() == b"yes"
