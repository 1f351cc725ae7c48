"""Pages and images of strangers are read in processes that always end, and only so far."""

import asyncio
import itertools
import os
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image

from embedded.world.images import VECTOR, huge_image, logo
from models.outside.fetching import Document
from models.outside.reading_pages import IMAGE_PROGRAM, Page, PageReader
from models.outside.sources.source import OutsideOutcome
from models.outside.unanswered import Unanswered
from models.process.ending import end_tasks
from models.process.separate import SeparateFailed, answer_of

URL = httpx.URL("https://speichenwerk.example/")
ORGANISATION = '{"@type":"Organization","name":"Speichenwerk"}'


def ld(text: str, kind: str = "application/ld+json") -> str:
    """A script of linked data."""
    return f'<script type="{kind}">{text}</script>'


async def read(html: str | bytes, charset: str | None = "utf-8") -> Page:
    """Read a page."""
    body = html.encode() if isinstance(html, str) else html
    return await PageReader().page(Document(URL, body, "text/html", charset))


def names(page: Page) -> list[str | None]:
    """The names of the organisations of a page."""
    return [one.first("name") for one in page.organisations]


@pytest.mark.parametrize(
    "kind",
    ["application/ld+json", "application/ld+json; charset=utf-8", " APPLICATION/LD+JSON ;x"],
)
async def test_linked_data_is_read_whatever_its_character_set_is_called(kind: str) -> None:
    assert names(await read(ld(ORGANISATION, kind))) == ["Speichenwerk"]


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type": "Organization", "name": broken', "", "[" * 100_000, "[" * 100_000 + "]" * 100_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000, "\x00", "null", '"text"', "NaN", '{"@type": {"a": 1}}',
        '{"@type": "Organization", "name": {"name": []}, "address": [[]], "sameAs": {"a": [1, null]}}',
        r'{"@type": "Organization", "name": "half of a pair \ud83d"}',
    ],
    ids=lambda text: text[:20],
)  # fmt: skip
async def test_a_broken_script_changes_nothing_about_a_good_one(broken: str) -> None:
    assert "Speichenwerk" in names(await read(ld(broken) + ld(ORGANISATION)))


@pytest.mark.parametrize("within", ["@graph", "mainEntity", "publisher", "about"])
async def test_an_organisation_within_something_else_is_found(within: str) -> None:
    assert names(await read(ld(f'{{"@type":"WebSite","{within}":[{ORGANISATION}]}}'))) == ["Speichenwerk"]


async def test_other_things_are_no_organisation() -> None:
    other = '{"@type":"Article","author":' + ORGANISATION + ',"name":"News"}'
    assert names(await read(ld(other) + ld('{"@type":"Person","name":"Ines"}'))) == []


async def test_microdata_is_read_with_the_items_in_it() -> None:
    page = await read(
        """<div itemscope itemtype="http://schema.org/Bakery"><h1 itemprop="name">Halloran</h1>
        <a itemprop="url sameAs" href="https://halloran.example/">site</a>
        <div itemprop="address" itemscope><span itemprop="streetAddress">Weg 1</span>
        <meta itemprop="addressCountry" content="DE"></div>
        <div itemprop="review" itemscope itemtype="http://schema.org/Review"><b itemprop="name">No</b></div>
        </div>"""
    )
    (one,) = page.organisations
    assert (one.values["name"], one.values["types"]) == (["Halloran"], ["Bakery"])
    assert (one.first("address"), one.country) == ("Weg 1, DE", "DE")
    assert one.values["url"] == one.values["sameAs"] == ["https://halloran.example/"]


async def test_an_hcard_is_read() -> None:
    page = await read('<div class="x vcard"><b class="fn org">Lantern</b><i class="tel">+44 1</i></div>')
    (one,) = page.organisations
    assert (one.origin, one.first("legalName"), one.first("telephone")) == ("HCARD", "Lantern", "+44 1")


@pytest.mark.parametrize(
    "words",
    ["Impressum", "IMPRINT", "Legal Notice", "Mentions légales", "Kontakt", "Dane firmy", "Date de contact"],
)
async def test_the_legal_notice_is_found_by_the_text_of_its_link(words: str) -> None:
    page = await read(f'<a href="/a">Shop</a><a href="n?x=1#y"><b>{words}</b></a><a href="/b">Blog</a>')
    assert page.notices == ("https://speichenwerk.example/n?x=1",)


async def test_a_legal_notice_comes_before_a_page_of_contacts() -> None:
    page = await read('<a href="/k">Kontakt</a><a href="/i">Impressum</a>')
    assert page.notices == ("https://speichenwerk.example/i", "https://speichenwerk.example/k")


async def test_text_has_no_scripts() -> None:
    page = await read("<body>One<script>two</script><style>three</style><p>four</p><!-- five --></body>")
    assert page.text == "One four"


@pytest.mark.parametrize(
    ("html", "charset"),
    [
        ("Bäcker".encode("latin-1"), "latin-1"),
        ("Bäcker".encode(), "utf-8"),
        ("Bäcker".encode(), "x-unknown"),
        (b'<meta charset="utf-8">' + "Bäcker".encode(), None),
    ],
)
async def test_the_character_set_is_that_of_the_answer_or_of_the_page(
    html: bytes, charset: str | None
) -> None:
    assert "cker" in (await read(b"<title>" + html + b"</title>", charset)).title


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + ld(ORGANISATION),
        "<div itemscope itemtype='https://schema.org/Organization' itemprop=parent>" * 600,
        "<meta property='og:title' content='x'>" * 25_000,
        "<a href='/x'>Impressum</a>" * 30_000,
        "<p class='vcard fn org'>x" * 20_000,
        ld("{}") * 20_000,
        "<b " + "a=1 " * 200_000 + ">",
        "\x00" * 1_000_000,
        "&#x202e;" * 100_000,
    ],
    ids=lambda html: html[:12],
)
async def test_a_page_of_extremes_is_read_or_refused_in_time(html: str) -> None:
    page = None
    with suppress(Unanswered):
        page = await read(html[: 1 << 20])
    if page is not None:
        assert len(page.organisations) <= 20
        assert len(page.notices) <= 5
        assert len(page.text) <= 40_000


async def test_only_so_much_linked_data_is_read() -> None:
    many = ld("{}") * 49 + ld(ORGANISATION) + ld(ORGANISATION.replace("Speichenwerk", "Too late"))
    assert names(await read(many)) == ["Speichenwerk"]


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", ""])
async def test_what_is_no_page_is_not_read(media_type: str) -> None:
    with pytest.raises(Unanswered) as raised:
        await PageReader().page(Document(URL, b"<title>x</title>", media_type))
    assert raised.value.outcome is OutsideOutcome.BAD_ANSWER


def picture(kind: str, side: int = 600) -> bytes:
    """An image of a kind."""
    written = BytesIO()
    image = Image.new("RGB", (side, side // 2), (200, 10, 10))
    image.save(written, kind, **({"sizes": [(64, 64)]} if kind == "ICO" else {}))
    return written.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "ICO"])
async def test_an_image_becomes_a_small_png(kind: str) -> None:
    small = await PageReader().image(picture(kind))
    assert small is not None
    with Image.open(BytesIO(small)) as image:
        assert image.format == "PNG"
        assert max(image.size) == (64 if kind == "ICO" else 256)
        assert image.getpixel((10, 10))[:3] == pytest.approx((200, 10, 10), abs=8)  # type: ignore[index]


async def test_what_an_image_carries_besides_its_pixels_is_lost() -> None:
    written = BytesIO()
    given = Image.new("RGB", (10, 10))
    exif = given.getexif()
    exif[0x010E] = "a secret description"
    given.save(written, "JPEG", exif=exif, comment=b"a secret comment")
    small = await PageReader().image(written.getvalue())
    assert small is not None
    assert b"secret" not in small


@pytest.mark.parametrize(
    "content",
    [
        VECTOR, huge_image(), picture("PNG")[:200], b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", picture("BMP"),
        picture("TIFF"), b"\x00\x00\x01\x00" + b"\xff" * 100, b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"\xff\xd8\xff" + bytes(1_000),
    ],
    ids=["svg", "huge", "cut", "empty", "head", "gif", "bmp", "tiff", "ico", "webp", "jpeg"],
)  # fmt: skip
async def test_what_is_no_image_of_the_kinds_that_are_read_is_none(content: bytes) -> None:
    assert await PageReader().image(content) is None


async def test_two_are_read_at_the_same_time_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0
    both, released = asyncio.Event(), asyncio.Event()

    async def answer(*_: object, **__: object) -> bytes:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        if inside == 2:
            both.set()
        await released.wait()
        inside -= 1
        return b"png"

    monkeypatch.setattr("models.process.separate.answer_of", answer)
    reader = PageReader()
    tasks = [asyncio.create_task(reader.image(logo(1, 2, 3))) for _ in range(5)]
    await both.wait()
    released.set()
    assert await asyncio.gather(*tasks) == [b"png"] * 5
    assert most == 2


async def test_an_image_does_not_wait_for_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    never, pages = asyncio.Event(), itertools.count(1)
    both = asyncio.Event()

    async def answer(program: Path, *_: object, **__: object) -> bytes:
        if program == IMAGE_PROGRAM:
            return b"png"
        if next(pages) == 2:
            both.set()
        await never.wait()
        return b""

    monkeypatch.setattr("models.process.separate.answer_of", answer)
    reader = PageReader()
    page = Document(URL, b"", "text/html")
    tasks = [asyncio.create_task(reader.page(page)) for _ in range(3)]
    await both.wait()
    assert await reader.image(logo(1, 2, 3)) == b"png"
    await end_tasks(tasks)


async def test_reading_that_is_given_up_leaves_no_process(tmp_path: Path) -> None:
    file, started = tmp_path / "program.py", tmp_path / "pid"
    file.write_text(
        "import os, sys, time\n"
        f"open({str(tmp_path / 'new')!r}, 'w').write(str(os.getpid()))\n"
        f"os.rename({str(tmp_path / 'new')!r}, {str(started)!r})\n"
        "time.sleep(3600)\n"
    )
    reading = asyncio.create_task(answer_of(file, content=b"", seconds=3600, most_bytes=100))
    while not started.exists():  # noqa: ASYNC110 - another process makes it
        await asyncio.sleep(0.01)
    await end_tasks([reading])
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)


@pytest.mark.parametrize(
    ("program", "why"),
    [
        ("while True: pass", "took too long"),
        ("raise SystemExit(3)", "exit code 3"),
        ("import sys; sys.stdout.write('x' * 10_000)", "wrote too much"),
        ("import os; os.kill(os.getpid(), 9)", "exit code -9"),
    ],
)
async def test_a_process_always_ends(tmp_path: Path, program: str, why: str) -> None:
    file = tmp_path / "program.py"
    file.write_text(program)
    seconds = 0.2 if "while" in program else 120.0
    with pytest.raises(SeparateFailed, match=why):
        await answer_of(file, content=b"x" * 1_000_000, seconds=seconds, most_bytes=1_000)


async def test_a_process_gets_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "secret")
    file = tmp_path / "program.py"
    file.write_text("import os; print('SECRET_KEY' in os.environ)")
    assert await answer_of(file, content=b"", seconds=120, most_bytes=100) == b"False\n"
