"""Pages and images of strangers, read in processes of their own: two of a kind at a time, others wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from models.contact_data.redaction import Redacted
from models.outside.fetching import Document
from models.outside.sources.source import OutsideOutcome
from models.outside.unanswered import Unanswered
from models.process.separate import SeparateFailed, SeparateProgram

PAGE_PROGRAM = Path(__file__).with_name("page_process.py")
IMAGE_PROGRAM = Path(__file__).with_name("image_process.py")
SECONDS = 4.0  # of a process, which has two seconds of CPU time: they take longer on a busy machine
_MOST_PAGE_BYTES, _MOST_IMAGE_BYTES = 1 << 20, 512 << 10
_HTML = frozenset({"text/html", "application/xhtml+xml"})
# The first bytes of the kinds that are read. SVG is not: it is a program.
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"\x00\x00\x01\x00")


@dataclass(frozen=True, slots=True, repr=False)
class Organisation(Redacted):
    """What a page says about an organisation, by the names of schema.org; texts as the page has them."""

    origin: str  # JSON_LD, MICRODATA or HCARD
    values: Mapping[str, Sequence[str]]
    country: str

    def first(self, name: str) -> str | None:
        """Return the first value of a property."""
        return next(iter(self.values.get(name, ())), None)


@dataclass(frozen=True, slots=True, repr=False)
class Page(Redacted):
    """What a page says; nothing of it is checked or plain yet."""

    language: str
    languages: tuple[str, ...]
    title: str
    open_graph: Mapping[str, str]
    icons: tuple[str, ...]
    notices: tuple[str, ...]
    text: str
    organisations: tuple[Organisation, ...]


class PageReader:
    """Reads pages and images; no page waits for an image."""

    def __init__(self) -> None:
        """Start with all turns free."""
        self._pages = SeparateProgram(PAGE_PROGRAM, seconds=SECONDS, most_bytes=_MOST_PAGE_BYTES)
        self._images = SeparateProgram(IMAGE_PROGRAM, seconds=SECONDS, most_bytes=_MOST_IMAGE_BYTES)

    async def page(self, document: Document) -> Page:
        """Return what a page says. Raises Unanswered."""
        if document.media_type not in _HTML:
            raise Unanswered(OutsideOutcome.BAD_ANSWER, "not a page")
        options = (str(document.url), document.charset or "")
        try:
            return _page(await self._pages.answer(*options, content=document.body))
        except (SeparateFailed, ValueError) as error:
            raise Unanswered(OutsideOutcome.BAD_ANSWER, type(error).__name__) from None

    async def image(self, content: bytes) -> bytes | None:
        """Return an image as PNG of at most 256 pixels, None if it is none that is read."""
        webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
        if not webp and not content.startswith(_IMAGES):
            return None
        try:
            return await self._images.answer(content=content) or None
        except SeparateFailed:
            return None


def _page(answer: bytes) -> Page:
    read = orjson.loads(answer)
    return Page(
        language=read["language"],
        languages=tuple(read["languages"]),
        title=read["title"],
        open_graph=read["og"],
        icons=tuple(filter(None, read["icons"])),
        notices=tuple(filter(None, read["notices"])),
        text=read["text"],
        organisations=tuple(
            Organisation(
                one["from"],
                {name: values for name, values in one.items() if isinstance(values, list)},
                one["country"],
            )
            for one in read["organisations"]
        ),
    )
