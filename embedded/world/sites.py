"""The web sites of the demo's contacts. The companies and what they say about themselves are invented.

The numbers are those that the documentation of their check digits uses.
"""

import asyncio
import gzip
import json
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from embedded.world.answering import HTML, Host, moved, not_found, pages, scheme_of
from embedded.world.images import logo

SLOW_SECONDS = 3.0
GERMAN_VAT, AUSTRIAN_VAT, POLISH_NIP, ROMANIAN_CUI = "DE136695976", "ATU13585627", "8567346215", "18547290"
VAT_OF_NINTH_ROW = "ATU10000005"  # its company is in Vienna
KRS, HRB, ONRC = "0000123456", "HRB 104711", "J12/2345/2006"


def _png(red: int, green: int, blue: int) -> Response:
    return Response(logo(red, green, blue), media_type="image/png")


def _linked_data(value: Mapping[str, object]) -> str:
    data = json.dumps({"@context": "https://schema.org", **value}, ensure_ascii=False)
    return f'<script type="application/ld+json; charset=utf-8">{data}</script>'


def _page(language: str, title: str, head: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}</head><body>{body}</body></html>"
    )


_SPEICHENWERK = pages(
    {
        "/": _page(
            "de",
            "Speichenwerk - Fahrräder in Berlin",
            _linked_data(
                {
                    "@type": "BikeStore",
                    "name": "Speichenwerk",
                    "legalName": "Speichenwerk Demo GmbH",
                    "description": "Werkstatt und Laden für Fahrräder in Berlin-Neukölln.",
                    "url": "https://speichenwerk.example/",
                    "logo": "/logo.png",
                    "telephone": "+49 30 23125 010",
                    "foundingDate": "2011",
                    "numberOfEmployees": "12",
                    "address": {
                        "@type": "PostalAddress",
                        "streetAddress": "Musterweg 14",
                        "postalCode": "12043",
                        "addressLocality": "Berlin",
                        "addressCountry": "DE",
                    },
                    "openingHours": ["Mo-Fr 09:00-18:00", "Sa 10:00-14:00"],
                    "sameAs": ["https://www.instagram.com/speichenwerk.demo"],
                }
            )
            + '<link rel="alternate" hreflang="en" href="/en">',
            '<a href="/impressum">Impressum</a>',
        ),
        "/impressum": _page(
            "de",
            "Impressum",
            "",
            f"<p>Speichenwerk Demo GmbH, Amtsgericht Charlottenburg, {HRB}</p>"
            f"<p>USt-IdNr.: {GERMAN_VAT[:2]} {GERMAN_VAT[2:]}</p>",
        ),
        "/logo.png": _png(200, 60, 30),
        "/robots.txt": Response("User-agent: *\nDisallow: /intern/\n", media_type="text/plain"),
    }
)
_WENNINGHOF = pages(
    {
        "/": _page(
            "de",
            "Praxis Wenninghof",
            '<link rel="icon" href="/icon.png">',
            """<div itemscope itemtype="https://schema.org/Dentist">
            <h1 itemprop="name">Praxis Wenninghof</h1>
            <span itemprop="telephone">+49 30 23125 027</span>
            <div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
            <span itemprop="streetAddress">Beispielallee 3</span> <span itemprop="postalCode">20095</span>
            <span itemprop="addressLocality">Hamburg</span>
            <meta itemprop="addressCountry" content="DE"></div>
            <meta itemprop="openingHours" content="Mo-Do 08:00-17:00"></div>""",
        ),
        "/icon.png": _png(20, 120, 160),
    }
)
_THIRD_KETTLE = pages(
    {
        "/": _page(
            "en",
            "Third Kettle Roasters",
            '<meta property="og:site_name" content="Third Kettle Roasters">'
            '<meta property="og:description" content="We roast on Tuesdays and ship on Wednesdays.">'
            '<meta property="og:url" content="https://thirdkettle.example/">'
            '<link rel="apple-touch-icon" href="/touch.png">',
            "<h1>Small-batch coffee</h1>",
        ),
        "/touch.png": _png(90, 50, 20),
    }
)
_PAPER_LANTERN = pages(
    {
        "/": _page(
            "en",
            "Paper Lantern Studio",
            "",
            '<div class="h-card"><span class="p-org">Paper Lantern Studio</span> '
            '<span class="p-tel">+44 20 7946 0320</span> <span class="p-adr">7 Sample Yard, London</span> '
            '<a class="u-url" href="https://paperlantern.example/">site</a></div>',
        )
    }
)
_SEEUFER = pages(
    {
        "/": _page(
            "de",
            "Hotel Seeufer",
            _linked_data(
                {
                    "@graph": [
                        {"@type": "WebSite", "name": "Seeufer"},
                        {
                            "@type": "Hotel",
                            "name": "Hotel Seeufer",
                            "url": "https://seeufer.example",
                            "telephone": "+49 30 23125 055",
                            "vatID": AUSTRIAN_VAT,
                            "address": {"streetAddress": "Uferpromenade 1", "addressCountry": "Österreich"},
                        },
                    ]
                }
            ),
            "<h1>Vierzig Zimmer am See</h1>",
        )
    }
)
_GRANIT = pages(
    {
        "/": _page(
            "pl",
            "Granit | ścianki wspinaczkowe",
            _linked_data({"@type": "ExerciseGym", "name": "Granit", "url": "https://www.granit.example/"}),
            '<a href="https://www.granit.example/dane">Dane firmy</a>',
        ),
        "/dane": _page(
            "pl", "Dane firmy", "", f"<p>Granit Demo Sp. z o.o., KRS: {KRS}, NIP: {POLISH_NIP}</p>"
        ),
    }
)
_POMPE = pages(
    {
        "/": _page("ro", "Pompe Demo", "", '<h1>Pompe de apă</h1><a href="/contact">Date de contact</a>'),
        "/contact": _page(
            "ro",
            "Date de contact",
            _linked_data({"@type": "Organization", "name": "Pompe Demo"}),
            f"<p>Pompe Demo SRL, CUI: RO{ROMANIAN_CUI}, {ONRC}</p>",
        ),
    }
)
_NINTH_ROW = pages(
    {
        "/": _page(
            "en",
            "Ninth Row Theatre",
            _linked_data(
                {
                    "@type": "PerformingArtsTheater",
                    "name": "Ninth Row Theatre",
                    "legalName": "Ninth Row Theatre Demo GmbH",
                    "vatID": VAT_OF_NINTH_ROW,
                    # The register has another number of the house.
                    "address": {
                        "@type": "PostalAddress",
                        "streetAddress": "Bühnengasse 9",
                        "postalCode": "1010",
                        "addressLocality": "Wien",
                        "addressCountry": "AT",
                    },
                    "url": "https://ninthrow.example/",
                    "description": "Six premieres a year and a small children's stage.",
                    "logo": {"@type": "ImageObject", "url": "https://ninthrow.example/logo.png"},
                    "sameAs": [
                        "https://www.facebook.com/ninthrow.demo",
                        "https://www.youtube.com/@ninthrow",
                    ],
                }
            ),
            "<h1>Tonight at eight</h1>",
        ),
        "/logo.png": _png(130, 20, 90),
    }
)
_HALLORAN = pages(
    {
        "/": _page(
            "de",
            "Halloran Bakeries",
            _linked_data(
                {
                    "@type": "Bakery",
                    "name": "Halloran Bakeries",
                    "url": "https://halloran.example/",
                    "telephone": "+49 30 23125 140",
                    "openingHoursSpecification": [
                        {"dayOfWeek": ["https://schema.org/Monday"], "opens": "06:00", "closes": "18:00"}
                    ],
                }
            ),
            "<h1>Drei Bäckereien</h1>",
        )
    }
)
# It says that it is another company, with the number of a third; nothing of that is a name.
_AMMERSBEK = pages(
    {
        "/": _page(
            "de",
            "Ammersbek Logistik",
            _linked_data(
                {
                    "@type": "Organization",
                    "name": "Weltfracht AG",
                    "url": "https://weltfracht.example/",
                    "telephone": "+49 30 23125 199",
                }
            ),
            f"<h1>Ammersbek Logistik</h1><p>USt-IdNr.: {AUSTRIAN_VAT}</p>",
        )
    }
)
_PENNWOOD_PAGE = _page(
    "en",
    "Pennwood Supplies",
    '<script type="application/ld+json">{"@type": "Organization", "name": broken</script>'
    + _linked_data({"@type": "Corporation", "name": "Pennwood Supplies", "legalName": "Pennwood Demo Ltd"}),
    "<h1>Telephones and more</h1>",
)


async def _pennwood(request: Request) -> Response:
    """Compress unasked, as some servers do."""
    if request.url.path != "/":
        return not_found()
    return Response(
        gzip.compress(_PENNWOOD_PAGE.encode()), media_type=HTML, headers={"Content-Encoding": "gzip"}
    )


async def _lampenhaus(request: Request) -> Response:
    """Answer late, and only at `www.`, where the address without TLS leads."""
    if request.url.path != "/":
        return not_found()
    if scheme_of(request) == "http" or request.headers["host"] == "lampenhaus.example":
        return moved("https://www.lampenhaus.example/")
    await asyncio.sleep(SLOW_SECONDS)
    page = _page(
        "de", "Lampenhaus Thorvald", '<meta property="og:site_name" content="Lampenhaus Thorvald">', ""
    )
    return Response(page, media_type=HTML)


_EBERSREUTH = pages(
    {
        "/": _page("de", "Kanzlei Ebersreuth", "", "<h1>Nur für Menschen</h1>"),
        "/robots.txt": Response("User-agent: *\nDisallow: /\n", media_type="text/plain"),
    }
)

SITES: Mapping[str, Host] = {
    "speichenwerk.example": _SPEICHENWERK,
    "wenninghof.example": _WENNINGHOF,
    "thirdkettle.example": _THIRD_KETTLE,
    "paperlantern.example": _PAPER_LANTERN,
    "seeufer.example": _SEEUFER,
    "www.granit.example": _GRANIT,
    "granit.example": pages({}),
    "pompe.example": _POMPE,
    "ninthrow.example": _NINTH_ROW,
    "halloran.example": _HALLORAN,
    "ammersbek.example": _AMMERSBEK,
    "pennwood.example": _pennwood,
    "lampenhaus.example": _lampenhaus,
    "www.lampenhaus.example": _lampenhaus,
    "ebersreuth.example": _EBERSREUTH,
}
