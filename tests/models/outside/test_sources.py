"""Each public source against the demo world: what it gives, whom it asks, and what it never reads."""

import asyncio
from collections.abc import Collection

import pytest

from embedded.world.services import DELPHINE, INES, PETRA
from models.outside.asking import DOCUMENTS, ask_all
from models.outside.dns_questions import DnsQuestions
from models.outside.fetching import Document
from models.outside.host_turns import HostTurns
from models.outside.mail_exchange import MailState
from models.outside.reading_pages import Page
from models.outside.sources import rdap
from models.outside.sources import website as website_source
from models.outside.sources.gravatar import read as read_profile
from models.outside.sources.mail_dns import NO_MAIL, protection_of, provider_of
from models.outside.sources.openpgp import own_places
from models.outside.sources.source import (
    Found,
    FoundKind,
    OutsideOutcome,
    OutsideSource,
    Question,
    SourceAnswer,
)
from models.outside.unanswered import Unanswered
from tests.support.outside_world import OutsideWorld, about, door_to, values

WEBSITE, MAIL_DNS, RDAP = OutsideSource.WEBSITE, OutsideSource.MAIL_DNS, OutsideSource.RDAP
GRAVATAR, OPENPGP = OutsideSource.GRAVATAR, OutsideSource.OPENPGP
VIES, REGISTER = OutsideSource.VIES, OutsideSource.REGISTER
EVERY = tuple(OutsideSource)
FOUND, NOTHING, SKIPPED = OutsideOutcome.FOUND, OutsideOutcome.NOTHING, OutsideOutcome.SKIPPED


async def answer_of(world: OutsideWorld, source: OutsideSource, question: Question) -> SourceAnswer:
    """Ask one source, and the web site if the source needs that."""
    sources: Collection[OutsideSource] = {source} | ({WEBSITE} if source in {VIES, REGISTER} else set())
    answers = await ask_all(sources, question, world.door)
    return next(one for one in answers if one.source is source)


async def website(world: OutsideWorld, domain: str) -> tuple[Found, ...]:
    """What the web site of a domain of the world says."""
    answer = await answer_of(world, WEBSITE, about(domain))
    assert answer.outcome is FOUND
    return answer.found


async def test_a_web_site_and_its_legal_notice_say_who_they_are(world: OutsideWorld) -> None:
    found = await website(world, "speichenwerk.example")
    assert {one.kind: one.value for one in found if one.kind is not FoundKind.PROFILE} == {
        FoundKind.WEBSITE: "https://speichenwerk.example/",
        FoundKind.NAME: "Speichenwerk",
        FoundKind.LEGAL_NAME: "Speichenwerk Demo GmbH",
        FoundKind.DESCRIPTION: "Werkstatt und Laden für Fahrräder in Berlin-Neukölln.",
        FoundKind.LOGO: "https://speichenwerk.example/logo.png",
        FoundKind.ADDRESS: "Musterweg 14, 12043, Berlin, DE",
        FoundKind.COUNTRY: "DE",
        FoundKind.PHONE: "+49 30 23125 010",
        FoundKind.FOUNDED_ON: "2011",
        FoundKind.EMPLOYEES: "12",
        FoundKind.INDUSTRY: "Bike store",
        FoundKind.OPENING_HOURS: "Mo-Fr 09:00-18:00; Sa 10:00-14:00",
        FoundKind.LANGUAGES: "de, en",
        FoundKind.VAT_ID: "DE136695976",
        FoundKind.REGISTER_NUMBER: "HRB 104711 Charlottenburg",
    }
    (logo,) = (one for one in found if one.kind is FoundKind.LOGO)
    assert logo.image is not None
    assert logo.image.startswith(b"\x89PNG")
    (number,) = (one for one in found if one.kind is FoundKind.VAT_ID)
    assert number.source_url == "https://speichenwerk.example/impressum"
    assert not any(one.doubtful for one in found)


async def test_a_visit_is_two_pages_an_image_and_the_rules_of_the_site(world: OutsideWorld) -> None:
    await website(world, "speichenwerk.example")
    assert sorted(world.world.asked) == [
        ("speichenwerk.example", path) for path in ("/", "/impressum", "/logo.png", "/robots.txt")
    ]


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("wenninghof.example", "Praxis Wenninghof"),  # microdata
        ("thirdkettle.example", "Third Kettle Roasters"),  # Open Graph
        ("paperlantern.example", "Paper Lantern Studio"),  # hCard
        ("seeufer.example", "Hotel Seeufer"),  # within a graph
        ("granit.example", "Granit"),  # at www.
        ("pennwood.example", "Pennwood Supplies"),  # beside a broken script, compressed unasked
        ("deep.example", "Deep"),
        ("crowd.example", "Crowd"),
        ("nested.example", None),
        ("titles.example", "Many"),
        ("images.example", "Images"),
    ],
)
async def test_a_name_is_read_however_it_is_written(
    world: OutsideWorld, domain: str, name: str | None
) -> None:
    assert values(await website(world, domain), FoundKind.NAME) == ([] if name is None else [name])


async def test_a_name_has_no_tags_and_nothing_unseen(world: OutsideWorld) -> None:
    (name,) = values(await website(world, "hidden.example"), FoundKind.NAME)
    assert name.startswith("KO Bold x long")
    assert len(name) == 300


async def test_a_page_about_another_company_gives_no_name_and_is_doubtful(world: OutsideWorld) -> None:
    found = await website(world, "ammersbek.example")
    assert not {one.kind for one in found} & {FoundKind.NAME, FoundKind.LEGAL_NAME}
    assert {one.value for one in found if one.doubtful} == {"+49 30 23125 199", "ATU13585627"}
    vies = await answer_of(world, VIES, about("ammersbek.example"))
    assert vies.outcome is SKIPPED, "whose the number is would be sure, though not whose the page is"


async def test_a_logo_is_no_svg_and_not_of_millions_of_pixels(world: OutsideWorld) -> None:
    assert values(await website(world, "images.example"), FoundKind.LOGO) == []
    assert ("images.example", "/huge.png") in world.world.asked


async def test_what_was_read_is_kept_if_the_rest_fails(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = world.door.reader.page

    async def first_only(document: Document) -> Page:
        if document.url.path != "/":
            raise Unanswered(OutsideOutcome.TIMED_OUT, "test")
        return await page(document)

    monkeypatch.setattr(world.door.reader, "page", first_only)
    found = await website(world, "speichenwerk.example")
    assert values(found, FoundKind.NAME) == ["Speichenwerk"]
    assert values(found, FoundKind.VAT_ID) == []


async def test_what_was_read_is_kept_if_time_ends_with_the_rest(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: bytes) -> bytes | None:
        await asyncio.Event().wait()
        return None

    assert website_source._MOST_DOCUMENTS < DOCUMENTS
    monkeypatch.setattr(website_source, "_MOST_DOCUMENTS", 0)
    monkeypatch.setattr(world.door.reader, "image", never)
    found = await website(world, "speichenwerk.example")
    assert values(found, FoundKind.NAME) == ["Speichenwerk"]
    assert values(found, FoundKind.LOGO) == []


async def test_a_site_that_forbids_it_is_not_read(world: OutsideWorld) -> None:
    answer = await answer_of(world, WEBSITE, about("ebersreuth.example"))
    assert (answer.outcome, answer.found) == (OutsideOutcome.NOT_ALLOWED_BY_SITE, ())
    assert {path for _, path in world.world.asked} == {"/robots.txt"}


@pytest.mark.parametrize(
    ("domain", "provider", "protection"),
    [
        ("speichenwerk.example", ["IONOS"], ["SPF", "DMARC quarantine"]),
        ("thirdkettle.example", ["Google Workspace"], ["SPF", "DMARC reject", "MTA-STS", "BIMI"]),
        ("seeufer.example", ["Microsoft 365"], []),
        ("halloran.example", ["nic.example"], []),
        ("ammersbek.example", [NO_MAIL], []),
        ("chain.example", ["nic.example"], []),
        ("large.example", ["nic.example"], []),  # its texts are truncated, and nothing answers by TCP
    ],
)
async def test_dns_says_who_runs_the_mail(
    world: OutsideWorld, domain: str, provider: list[str], protection: list[str]
) -> None:
    found = (await answer_of(world, MAIL_DNS, about(domain))).found
    assert values(found, FoundKind.MAIL_PROVIDER) == provider
    assert values(found, FoundKind.MAIL_PROTECTION) == protection


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("failing.example", OutsideOutcome.UNREACHABLE),  # SERVFAIL is no proof
        ("not-there.example", NOTHING),
        ("localhost", OutsideOutcome.UNREACHABLE),
    ],
)
async def test_a_failure_of_dns_proves_nothing(
    world: OutsideWorld, domain: str, expected: OutsideOutcome
) -> None:
    answer = await answer_of(world, MAIL_DNS, about(domain))
    assert (answer.outcome, answer.found) == (expected, ())


@pytest.mark.parametrize(
    ("domain", "state"),
    [
        ("halloran.example", MailState.EXCHANGER),
        ("ammersbek.example", MailState.NULL_MX),
        ("not-there.example", MailState.DOES_NOT_EXIST),
        ("_dmarc.thirdkettle.example", MailState.NO_EXCHANGER),
    ],
)
async def test_whether_a_domain_of_the_world_accepts_mail_is_asked_of_the_world(
    world: OutsideWorld, domain: str, state: MailState
) -> None:
    answer = await world.door.dns.mail_exchange(domain)
    assert answer is not None
    assert answer.state is state


@pytest.mark.parametrize("domain", ["failing.example", "silent.example"])
async def test_whether_a_domain_accepts_mail_is_unknown_if_dns_fails(
    world: OutsideWorld, domain: str
) -> None:
    world.door.dns._seconds = 0.2
    assert await world.door.dns.mail_exchange(domain) is None


async def test_without_a_world_its_domains_are_reserved() -> None:
    answer = await DnsQuestions(None).mail_exchange("halloran.example")
    assert answer is not None
    assert answer.state is MailState.RESERVED


async def test_a_silent_resolver_is_left_in_time(world: OutsideWorld) -> None:
    world.door.dns._seconds = 0.2
    answer = await answer_of(world, MAIL_DNS, about("silent.example"))
    assert answer.outcome is OutsideOutcome.TIMED_OUT


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (["aspmx.l.google.com", "other.de"], "Google Workspace"),
        (["a-de.mail.protection.outlook.com"], "Microsoft 365"),
        (["notgoogle.com"], "notgoogle.com"),
        (["mail"], None),
        (["."], NO_MAIL),
        ([], None),
    ],
)
def test_a_provider_is_known_by_the_end_of_its_name(hosts: list[str], expected: str | None) -> None:
    assert provider_of(hosts) == expected


def test_protection_is_only_what_has_the_form_of_its_record() -> None:
    broken = protection_of(["v=spf2"], ["v=DMARC1", "p=reject"], ["l=https://x.de/a.svg"], ["STSv1"])
    assert broken == []
    (logo,) = protection_of([], [], ["v=BIMI1; l=https://x.de/a.svg; a="], [])
    assert logo.url == "https://x.de/a.svg"


async def test_a_registry_gives_dates_and_the_registrar_and_nobody_else(world: OutsideWorld) -> None:
    answer = await answer_of(world, RDAP, about("speichenwerk.example"))
    assert [(one.kind, one.value) for one in answer.found] == [
        (FoundKind.DOMAIN_REGISTERED_ON, "2011-04-05"),
        (FoundKind.DOMAIN_EXPIRES_ON, "2031-01-31"),
        (FoundKind.REGISTRAR, "Demo Registrar Ltd"),
    ]


async def test_a_registry_may_send_us_to_another_one(world: OutsideWorld) -> None:
    assert (await answer_of(world, RDAP, about("granit.example"))).outcome is FOUND
    assert world.world.asked == [
        (host, "/domain/granit.example") for host in ("rdap.nic.example", "rdap2.nic.example")
    ]


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("not-there.example", NOTHING),
        ("pennwood.example", OutsideOutcome.BUSY),  # 429
        ("site.zz", SKIPPED),  # no registry is known
    ],
)
async def test_a_registry_that_has_nothing_to_say(
    world: OutsideWorld, domain: str, expected: OutsideOutcome
) -> None:
    assert (await answer_of(world, RDAP, about(domain))).outcome is expected


@pytest.mark.parametrize(
    "answer",
    [
        {"ldhName": "other.de"},
        {},
        {"ldhName": 3},
    ],
)
def test_an_answer_about_another_domain_is_none(answer: dict[str, object]) -> None:
    with pytest.raises(Unanswered):
        rdap.read(answer, "site.de", "https://rdap.de/")


@pytest.mark.parametrize(
    "answer",
    [
        {"events": 3, "entities": {"a": 1}},
        {"events": [None, {"eventAction": "registration", "eventDate": "yesterday"}]},
        {"events": [{"eventAction": "registration", "eventDate": "0001-01-01T00:00:00+14:00"}]},
        {"entities": [{"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}]]]}]},
        {"entities": [{"roles": "registrar", "vcardArray": ["vcard", [["fn", {}, "text", "A"]]]}]},
        {"entities": [{"roles": ["registrant"], "vcardArray": ["vcard", [["fn", {}, "text", "A"]]]}]},
    ],
)
def test_what_has_another_form_is_not_there(answer: dict[str, object]) -> None:
    assert rdap.read({"ldhName": "site.de", **answer}, "site.de", "https://rdap.de/") == []


async def test_a_gravatar_gives_what_the_person_published(world: OutsideWorld) -> None:
    answer = await answer_of(world, GRAVATAR, about(None, f"  {PETRA.upper()} "))
    assert values(answer.found, FoundKind.NAME) == ["Petra Halloran", "Halloran Bakeries"]
    assert values(answer.found, FoundKind.JOB_TITLE) == ["Master baker"]
    assert values(answer.found, FoundKind.LOCATION) == ["Berlin"]
    assert values(answer.found, FoundKind.PRONOUNS) == ["she/her"]
    assert values(answer.found, FoundKind.PROFILE) == ["Mastodon"]  # not the one that is hidden
    (picture,) = (one for one in answer.found if one.kind is FoundKind.PICTURE)
    assert picture.image is not None
    assert {one.source_url for one in answer.found} == {"https://gravatar.com/petrahallorandemo"}


async def test_gravatar_learns_a_hash_and_no_address(world: OutsideWorld) -> None:
    answer = await answer_of(world, GRAVATAR, about(None, "nobody@elsewhere.de"))
    assert answer.outcome is NOTHING
    ((host, path),) = world.world.asked
    assert host == "api.gravatar.com.example"
    assert "nobody" not in path
    assert "authorization" not in world.world.headers[0]


async def test_the_key_of_gravatar_is_sent_to_its_api_alone(world: OutsideWorld) -> None:
    door = door_to(world.ports, gravatar_key="a-secret-key")
    await ask_all([GRAVATAR], about(None, PETRA), door)
    keys = [(headers["host"], headers.get("authorization")) for headers in world.world.headers]
    assert keys == [
        ("api.gravatar.com.example", "Bearer a-secret-key"),
        ("0.gravatar.com.example", None),
    ]
    assert "a-secret-key" not in repr(door)
    await door.aclose()


@pytest.mark.parametrize("url", ["https://evil.de/a.png", "https://gravatar.com.evil.de/a", "javascript:x"])
async def test_a_picture_is_only_taken_from_gravatar(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    fetched = []

    async def fetch(*given: object, **_: object) -> Document:
        fetched.append(str(given[1]))
        body = b'{"display_name":"A","avatar_url":"%s"}' % url.encode()
        return Document(world.door.service("https://api.gravatar.com/"), body)

    monkeypatch.setattr("models.outside.fetching.Fetcher.fetch", fetch)
    answer = await answer_of(world, GRAVATAR, about(None, PETRA))
    assert values(answer.found, FoundKind.NAME) == ["A"]
    assert len(fetched) == 1


def test_a_profile_of_another_form_is_empty() -> None:
    assert read_profile({"display_name": ["x"], "verified_accounts": [{"url": 1}], "location": None}) == []


async def test_a_key_is_taken_from_the_domain_of_the_address(world: OutsideWorld) -> None:
    answer = await answer_of(world, OPENPGP, about("ninthrow.example", DELPHINE))
    assert values(answer.found, FoundKind.NAME) == ["Delphine Armitage"]  # not somebody else's
    (fingerprint,) = values(answer.found, FoundKind.OPENPGP_KEY)
    assert len(fingerprint) == 40
    assert [host for host, _ in world.world.asked] == ["openpgpkey.ninthrow.example"]


async def test_a_directory_that_has_no_such_key_is_not_looked_for_elsewhere(world: OutsideWorld) -> None:
    """As the draft of WKD says: the direct method is for domains without a host of the advanced one."""
    await answer_of(world, OPENPGP, about("ninthrow.example", "somebody@ninthrow.example"))
    assert [host for host, _ in world.world.asked] == [
        "openpgpkey.ninthrow.example",
        "keys.openpgp.org.example",
    ]


async def test_a_key_at_the_host_of_the_site_waits_for_the_pages_of_the_site(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would have to wait for it, a second of their host."""
    waiting = set()
    turn = HostTurns.of

    def noted(self: HostTurns, host: str, patience: float, *, last: bool = False) -> object:
        waiting.add((host, last))
        return turn(self, host, patience, last=last)

    monkeypatch.setattr(HostTurns, "of", noted)
    await ask_all([WEBSITE, OPENPGP], about("speichenwerk.example", INES), world.door)
    assert waiting == {
        ("speichenwerk.example", False),
        ("openpgpkey.speichenwerk.example", False),
        ("speichenwerk.example", True),
        ("keys.openpgp.org.example", False),
    }


async def test_a_key_that_the_domain_has_not_is_asked_of_the_key_server(world: OutsideWorld) -> None:
    answer = await answer_of(world, OPENPGP, about("speichenwerk.example", INES))
    assert values(answer.found, FoundKind.NAME) == ["Ines Falkenried"]
    assert [host for host, _ in world.world.asked] == [
        "openpgpkey.speichenwerk.example",
        "speichenwerk.example",
        "keys.openpgp.org.example",
    ]


def test_the_places_of_a_key_are_those_of_the_draft() -> None:
    """The example of draft-koch-openpgp-webkey-service, section 3.1."""
    assert own_places("Joe.Doe@example.org") == (
        "https://openpgpkey.example.org/.well-known/openpgpkey/example.org/hu/"
        "iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe",
        "https://example.org/.well-known/openpgpkey/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe",
    )


async def test_a_vat_number_of_the_web_site_is_checked(world: OutsideWorld) -> None:
    answer = await answer_of(world, VIES, about("seeufer.example"))
    assert [(one.kind, one.value) for one in answer.found] == [
        (FoundKind.VAT_ID, "ATU13585627"),
        (FoundKind.LEGAL_NAME, "Hotel Seeufer Demo GmbH"),
        (FoundKind.ADDRESS, "Uferpromenade 1 AT-5020 Salzburg"),
    ]


async def test_a_state_that_gives_no_names_gives_none(world: OutsideWorld) -> None:
    answer = await answer_of(world, VIES, about("speichenwerk.example"))
    assert [(one.kind, one.value) for one in answer.found] == [(FoundKind.VAT_ID, "DE136695976")]


async def test_a_state_that_is_away_says_nothing_about_its_numbers(world: OutsideWorld) -> None:
    answer = await answer_of(world, VIES, about("pompe.example"))
    assert (answer.outcome, answer.found) == (OutsideOutcome.UNREACHABLE, ())


@pytest.mark.parametrize("source", [VIES, REGISTER])
async def test_without_a_number_nobody_is_asked(world: OutsideWorld, source: OutsideSource) -> None:
    assert (await answer_of(world, source, about("halloran.example"))).outcome is SKIPPED
    assert {host for host, _ in world.world.asked} == {"halloran.example"}


@pytest.mark.parametrize(
    ("domain", "name", "host"),
    [
        (
            "granit.example",
            "GRANIT DEMO SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
            "api-krs.ms.gov.pl.example",
        ),
        ("pompe.example", "POMPE DEMO S.R.L.", "webservicesp.anaf.ro.example"),
    ],
)
async def test_the_register_of_the_country_says_who_has_the_number(
    world: OutsideWorld, domain: str, name: str, host: str
) -> None:
    answer = await answer_of(world, REGISTER, about(domain))
    assert values(answer.found, FoundKind.LEGAL_NAME) == [name]
    assert len([one for one, _ in world.world.asked if one == host]) == 1


async def test_the_list_of_vat_payers_is_asked_without_a_register_number(
    world: OutsideWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.outside.sources.register.krs_numbers", lambda _: [])
    answer = await answer_of(world, REGISTER, about("granit.example"))
    assert values(answer.found, FoundKind.LEGAL_NAME) == ["GRANIT DEMO SPÓŁKA Z O.O."]
    assert values(answer.found, FoundKind.REGISTER_NUMBER) == ["KRS 0000123456"]
    assert values(answer.found, FoundKind.STATUS_IN_REGISTER) == ["Czynny"]


async def test_no_source_gives_people_of_registers(world: OutsideWorld) -> None:
    """The look-alikes have a registrant and a representative whose names say so."""
    for domain in ("speichenwerk.example", "granit.example", "pompe.example"):
        for answer in await ask_all(EVERY, about(domain), world.door):
            assert not any("never shown" in one.value for one in answer.found)
