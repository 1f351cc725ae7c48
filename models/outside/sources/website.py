"""What an organisation's own web site says about it: its start page, and one page with the legal notice.

The site learns of a visit. What its robots.txt forbids is not requested.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import httpx

from models.outside.door import Door
from models.outside.fetching import IMAGE, PAGE, Document, Wanted
from models.outside.names import registrable_domain
from models.outside.sources.page_facts import facts_of, logos_of
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideOutcome, Question
from models.outside.unanswered import Unanswered

_NOT_THERE = frozenset(
    {OutsideOutcome.UNREACHABLE, OutsideOutcome.NOTHING, OutsideOutcome.TIMED_OUT, OutsideOutcome.BAD_ANSWER}
)
_MOST_LOGOS = 2  # that are tried
_MOST_DOCUMENTS = 2.75  # in whose longest time everything is read: `asking` allows three


async def ask(question: Question, _: Sequence[Found], door: Door) -> list[Found]:
    """Return what the site of the domain says. What else it has may fail; what was read before is kept."""
    domain = question.domain
    if domain is None:
        raise Unanswered(OutsideOutcome.SKIPPED, "no domain")
    # What else a site has is given up before the time of the source is over, in which all would be lost.
    ends = asyncio.get_running_loop().time() + _MOST_DOCUMENTS * door.fetcher.seconds
    site = _Site(domain, door, partial(door.robots.check, asker=question.asker))
    start = await site.start_page()
    page = await door.reader.page(start)
    found = [
        Found(
            FoundKind.WEBSITE, LookUp.ORGANISATION, str(start.url.join("/")), str(start.url), str(start.url)
        ),
        *facts_of(page, start.url, domain),
    ]
    notice = next((url for url in page.notices if _is_of(url, domain) and url != str(start.url)), None)
    logos = logos_of(page, start.url, domain)[:_MOST_LOGOS]
    more = await asyncio.gather(
        *([_in_time(site.notice(notice), ends)] if notice else []),
        _in_time(site.logo(logos), ends),
        return_exceptions=True,
    )
    for one in more:
        if isinstance(one, list):
            found += _new(one, found)
        elif not isinstance(one, Unanswered):
            raise one
    return found


async def _in_time(reading: Awaitable[list[Found]], ends: float) -> list[Found]:
    try:
        async with asyncio.timeout_at(ends):
            return await reading
    except TimeoutError:
        raise Unanswered(OutsideOutcome.TIMED_OUT, "site") from None


@dataclass(frozen=True, slots=True)
class _Site:
    """A web site; `check` says of each address whether its robots.txt allows that."""

    domain: str
    door: Door
    check: Callable[[httpx.URL], Awaitable[None]]

    async def start_page(self) -> Document:
        """Return the start page: with TLS, else at `www.`, else where the address without TLS leads."""
        failure: Unanswered | None = None
        for url in (f"https://{self.domain}/", f"https://www.{self.domain}/", f"http://{self.domain}/"):
            try:
                return await self._fetch(url, PAGE)
            except Unanswered as error:
                failure = failure or error
                if error.outcome not in _NOT_THERE:
                    break
        if failure is None:
            raise AssertionError("at least one address is requested")
        raise failure

    async def notice(self, url: str) -> list[Found]:
        """Return what the page with the legal notice says."""
        document = await self._fetch(url, PAGE)
        page = await self.door.reader.page(document)
        facts = facts_of(page, document.url, self.domain)
        return [one for one in facts if one.kind is not FoundKind.DESCRIPTION]

    async def logo(self, urls: Sequence[str]) -> list[Found]:
        """Return the first of these images that can be read."""
        for url in urls:
            try:
                document = await self._fetch(url, IMAGE)
            except Unanswered:
                continue
            image = await self.door.reader.image(document.body)
            if image is not None:
                return [Found(FoundKind.LOGO, LookUp.ORGANISATION, url[:300], url, url, image=image)]
        return []

    async def _fetch(self, url: str, wanted: Wanted) -> Document:
        return await self.door.fetcher.fetch(url, wanted, check=self.check)


def _new(more: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """Return what another page says in addition: the kinds that the first has not, and other numbers."""
    kinds = {one.kind for one in found}
    numbers = {FoundKind.VAT_ID, FoundKind.REGISTER_NUMBER}
    known = {(one.kind, one.value) for one in found}
    new: dict[tuple[FoundKind, str], Found] = {}
    for one in more:
        key = (one.kind, one.value)
        if key not in known and (one.kind not in kinds or one.kind in numbers):
            new.setdefault(key, replace(one))
    return list(new.values())


def _is_of(url: str, domain: str) -> bool:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        return False
    return parsed.scheme == "https" and registrable_domain(parsed.host) == domain
