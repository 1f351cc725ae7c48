"""What identifiers and registers show about "the business has closed down"."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.complaints.evidence.asking import Patience
from models.complaints.evidence.business_register import business_register
from models.complaints.evidence.gathering import Check
from models.complaints.evidence.http_register import HttpRegister
from models.complaints.evidence.identifiers import identify
from rules.complaint import ComplaintReason
from tests.models.complaints.evidence.contacts import clock, contact, look, said
from tests.models.complaints.evidence.servers import Answer, RegisterServer, as_json, register_server

CLOSED = ComplaintReason.BUSINESS_CLOSED
NIP, REGON, KRS, HRB = "526-10-40-828", "192598184", "0000012345", "HRB 12345, Amtsgericht München"
PROOF, HINT, NOTE, DOUBT = ("FOR", True), ("FOR", False), ("NEITHER", False), ("AGAINST", False)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        (NIP, "PL", ("NIP", "5261040828", True)),
        ("NIP: 526 10 40 828", "PL", ("NIP", "5261040828", True)),
        ("PL5261040828", "pl", ("NIP", "5261040828", True)),
        ("nip PL 5261040828", "PL", ("NIP", "5261040828", True)),
        ("5261040829", "PL", ("NIP", "5261040829", False)),
        ("NIP 123456789", "PL", ("NIP", "123456789", False)),
        (REGON, "PL", ("REGON", REGON, True)),
        ("REGON 192598185", "PL", ("REGON", "192598185", False)),
        ("REGON 12345678512347", "PL", ("REGON", "12345678512347", True)),
        (KRS, "PL", ("KRS", KRS, True)),
        ("KRS nr 0000012345", "PL", ("KRS", KRS, True)),
        ("KRS 000012345", "PL", ("KRS", "000012345", False)),
        (HRB, "DE", ("HANDELSREGISTER", "München HRB 12345", True)),
        ("Amtsgericht Aachen HRA 11223", "DE", ("HANDELSREGISTER", "Aachen HRA 11223", True)),
    ],
)
def test_identifiers_are_read_as_people_write_them(
    text: str, country: str, expected: tuple[str, str, bool]
) -> None:
    found = identify(text, country)
    assert found is not None
    assert (found.kind, found.number, found.well_formed) == expected
    assert found.country == country.upper()
    assert found.number not in repr(found)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("12345", "PL"),
        ("PL 192598184", "PL"),
        ("HRB 12345", "DE"),  # the court is missing
        ("HRB 12345 Atlantis", "DE"),
        ("DE136695976", "DE"),
        (NIP, "DE"),
        (NIP, "FR"),
        ("", "PL"),
        ("526104082\u0668", "PL"),
    ],
)
def test_an_unknown_identifier_is_not_guessed(text: str, country: str) -> None:
    assert identify(text, country) is None


@given(text=st.text(max_size=50), country=st.sampled_from(["DE", "PL", "US"]))
def test_any_text_can_be_read(text: str, country: str) -> None:
    identify(text, country)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("5261040829", [(*HINT, "identifier_malformed")]),
        ("12345", [(*NOTE, "unreadable_identifier")]),
        (NIP, []),
        (None, []),
    ],
)
async def test_without_a_register_only_the_form_is_checked(
    number: str | None, expected: list[tuple[str, bool, str]]
) -> None:
    one = contact(CLOSED, country="PL", registration_number=number)
    assert await said(business_register(clock), one) == expected


PATIENT = Patience(parallel=4, parallel_in_all=16, seconds_each=60, seconds_all=120)


@asynccontextmanager
async def asked(
    patience: Patience = PATIENT, seconds: float = 60.0
) -> AsyncIterator[tuple[RegisterServer, Check]]:
    """The example register, and the check that queries it; a busy machine does not make it late."""
    async with register_server() as server, httpx.AsyncClient(trust_env=False) as client:
        register = HttpRegister(client, server.url, seconds=seconds)
        assert register.source == "business register 127.0.0.1"
        yield server, business_register(clock, register, patience)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("CLOSED", (*PROOF, "register_closed")),
        ("ACTIVE", (*DOUBT, "register_active")),
        ("UNKNOWN", (*NOTE, "register_unknown")),
    ],
)
async def test_only_a_closure_in_a_register_is_proof(status: str, expected: tuple[str, bool, str]) -> None:
    async with asked() as (server, check):
        server.answer = lambda _: as_json({"status": status, "name": "ignored"})
        assert await said(check, contact(CLOSED, country="PL", registration_number=NIP)) == [expected]
        assert server.asked == [
            {"tenant": "leadgate", "country": "PL", "kind": "NIP", "number": "5261040828"}
        ]


@pytest.mark.parametrize(
    "answer",
    [
        as_json({"status": "CLOSED"}, 500),
        as_json({"status": "CLOSED"}, 204),
        as_json({"status": "closed"}),
        as_json({"status": ["CLOSED"]}),
        as_json(["CLOSED"]),
        as_json({}),
        (200, {}, b"<html>CLOSED</html>"),
        (200, {}, b"\xff\xfe"),
        (200, {"Content-Encoding": "gzip"}, b'{"status": "CLOSED"}'),
        (302, {"Location": "/elsewhere"}, b""),
        as_json({"status": "CLOSED", "filling": "x" * 20_000}),
    ],
    ids=lambda answer: f"{answer[0]}-{answer[2][:24]!r}",
)
async def test_a_malformed_answer_is_not_evidence(answer: Answer) -> None:
    async with asked() as (server, check):
        server.answer = lambda _: answer
        assert await look(check, contact(CLOSED, country="PL", registration_number=NIP)) == ()
        assert len(server.asked) == 1


async def test_a_number_unknown_to_the_register_is_not_closed() -> None:
    async with asked() as (server, check):
        server.answer = lambda _: as_json({}, 404)
        one = contact(CLOSED, country="DE", registration_number=HRB)
        assert await said(check, one) == [(*NOTE, "register_unknown")]


async def test_a_slow_or_unavailable_register_gives_no_evidence() -> None:
    quick = Patience(parallel=2, seconds_each=0.3, seconds_all=1)
    async with asked(quick, seconds=0.3) as (server, check):
        server.seconds = 5
        async with asyncio.timeout(60):
            assert await look(check, contact(CLOSED, country="PL", registration_number=NIP)) == ()
    async with httpx.AsyncClient(trust_env=False) as client:
        away = business_register(clock, HttpRegister(client, server.url, seconds=0.3))
        assert await look(away, contact(CLOSED, country="PL", registration_number=NIP)) == ()


async def test_each_business_is_queried_once_and_few_at_a_time() -> None:
    numbers = [f"{number:010}" for number in range(1, 31)]  # of the KRS
    async with asked(replace(PATIENT, parallel=3)) as (server, check):
        server.seconds = 0.01
        many = [contact(CLOSED, country="PL", registration_number=number) for number in numbers * 4]
        assert len(await check(many)) == len(await check(many)) == 120
        assert sorted(query["number"] for query in server.asked) == numbers
        assert server.most_at_once <= 3


async def test_malformed_numbers_and_other_reasons_are_not_queried() -> None:
    async with asked() as (server, check):
        await check([contact(CLOSED, country="PL", registration_number="5261040829")])
        await check(
            [contact(reason, country="PL", registration_number=NIP) for reason in ComplaintReason][:3]
        )
        assert server.asked == []


@pytest.mark.parametrize(
    "url", ["ftp://register.example/", "register.example", "https://u:p@register.example/", ""]
)
async def test_an_invalid_url_or_one_with_a_secret_is_refused(url: str) -> None:
    async with httpx.AsyncClient() as client:
        with pytest.raises(ValueError, match="register's URL"):
            HttpRegister(client, url)
