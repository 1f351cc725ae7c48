"""What DNS returns about "the address is wrong", from a name server on this machine."""

import asyncio
from dataclasses import replace

import pytest

from models.complaints.evidence.asking import Patience
from models.complaints.evidence.mail_domain import mail_domain
from models.outside.mail_exchange import domain_of
from rules.complaint import ComplaintReason
from tests.models.complaints.evidence.contacts import clock, contact, look, said
from tests.support.name_server import Zone, name_server

WRONG = ComplaintReason.WRONG_ADDRESS
ZONE: Zone = {
    "mail.de": {"MX": ["10 mx1.mail.de.", "20 mx2.mail.de."]},
    "null.de": {"MX": ["0 ."]},
    "odd.de": {"MX": ["0 .", "10 mx.odd.de."]},
    "web.de": {"A": ["93.184.215.14"]},
    "six.de": {"AAAA": ["2a00:1450::1"]},
    "both.de": {"A": ["10.0.0.1", "93.184.215.14"]},
    "inside.de": {"A": ["10.0.0.1", "192.168.3.4"]},
    "inside-six.de": {"AAAA": ["fd00::1", "fe80::1"]},
    "loop.de": {"A": ["127.0.0.1"]},
    "mail-inside.de": {"MX": ["10 exchange.corp.", "20 mailhost."]},
    "mail-out.de": {"MX": ["10 exchange.corp.", "20 mx.mail.de."]},
    "parked.de": {"TXT": ['"nothing here"']},
    "bare-parked.de": {},
    "alias.de": {"CNAME": ["mail.de."]},
    "dangling.de": {"CNAME": ["gone.de."]},
}
PROOF, HINT, NOTE = ("FOR", True), ("FOR", False), ("NEITHER", False)
QUICK = Patience(parallel=8, seconds_each=0.2, seconds_all=0.5)  # for names that are never answered
PATIENT = Patience(parallel=8, seconds_each=30.0, seconds_all=60.0)  # a busy machine answers late


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("a@mail.de", [(*NOTE, "mail_exchanger")]),
        ("a@MAIL.de", [(*NOTE, "mail_exchanger")]),
        ("a@mail.de.", [(*NOTE, "mail_exchanger")]),
        ('"a@b"@null.de', [(*PROOF, "null_mx")]),
        ("a@odd.de", [(*NOTE, "mail_exchanger")]),  # RFC 7505 3: a null MX must be the only one
        ("a@web.de", [(*NOTE, "address_only")]),
        ("a@six.de", [(*NOTE, "address_only")]),
        ("a@both.de", [(*NOTE, "address_only")]),
        ("a@inside.de", []),
        ("a@inside-six.de", []),
        ("a@loop.de", []),
        ("a@mail-inside.de", []),
        ("a@mail-out.de", [(*NOTE, "mail_exchanger")]),
        ("a@parked.de", [(*PROOF, "no_mail_exchanger")]),
        ("a@bare-parked.de", [(*HINT, "no_mail_exchanger")]),
        ("a@gone.de", [(*PROOF, "domain_does_not_exist")]),
        ("a@bare-gone.de", [(*HINT, "domain_does_not_exist")]),
        ("a@xn--bcher-kva.de", [(*PROOF, "domain_does_not_exist")]),
        ("a@alias.de", [(*NOTE, "mail_exchanger")]),
        ("a@dangling.de", [(*PROOF, "domain_does_not_exist")]),
        ("a@failing.de", []),
        ("a@silent.de", []),
        ("a@demo.example", [(*NOTE, "reserved_domain")]),
        ("a@example.com", [(*NOTE, "reserved_domain")]),
        ("a@[192.0.2.1]", []),
        ("a@" + "x" * 64 + ".de", []),
        ("a@b..de", []),
        ("a@", []),
        ("nobody", []),
        (None, []),
    ],
)
async def test_only_an_authoritative_denial_is_proof(
    address: str | None, expected: list[tuple[str, bool, str]]
) -> None:
    async with name_server(ZONE) as (server, resolver):
        server.failing, server.silent = {"failing.de"}, {"silent.de"}
        server.bare = {"bare-parked.de", "bare-gone.de"}
        patience = QUICK if address is not None and domain_of(address) in server.silent else PATIENT
        assert await said(mail_domain(clock, resolver, patience), contact(WRONG, email=address)) == expected


@pytest.mark.parametrize(
    "domain",
    [
        "intranet", "printer.local", "db.internal", "nas.lan", "nas.home.arpa", "1.0.0.10.in-addr.arpa",
        "dc.corp", "router.home", "a.localhost", "hidden.onion", "a.private", "x.test",
    ],
)  # fmt: skip
async def test_names_that_are_not_public_are_not_queried(domain: str) -> None:
    """Whether or not an internal name exists, the result is the same."""
    async with name_server({domain: {"MX": ["10 mx.mail.de."], "A": ["93.184.215.14"]}}) as (
        server,
        resolver,
    ):
        for zone in (server.zone, {}):
            server.zone = zone
            found = await said(mail_domain(clock, resolver, PATIENT), contact(WRONG, email=f"a@{domain}"))
            assert found == [(*NOTE, "reserved_domain")]
        assert server.asked == []


async def test_a_domain_is_queried_once_and_never_its_mailbox() -> None:
    async with name_server(ZONE) as (server, resolver):
        check = mail_domain(clock, resolver, PATIENT)
        many = [contact(WRONG, email=f"person{number}@gone.de") for number in range(500)]
        assert len(await check(many)) == len(await check(many)) == 500
        assert server.asked == [("gone.de", "MX")]


async def test_failures_are_cached_briefly_and_answers_longer() -> None:
    patience = replace(PATIENT, keep_failure_seconds=0.0)
    async with name_server(dict(ZONE)) as (server, resolver):
        check = mail_domain(clock, resolver, patience)
        server.failing = {"mail.de"}
        assert await look(check, contact(WRONG, email="a@mail.de")) == ()
        server.failing = set()
        assert await said(check, contact(WRONG, email="a@mail.de")) == [(*NOTE, "mail_exchanger")]
        del server.zone["mail.de"]
        assert await said(check, contact(WRONG, email="a@mail.de")) == [(*NOTE, "mail_exchanger")]


async def test_an_unavailable_resolver_is_waited_for_once() -> None:
    async with name_server({}) as (server, resolver):
        check = mail_domain(clock, resolver, QUICK)
        domains = [f"firm{number}.de" for number in range(400)]
        server.silent = set(domains)
        assert await check([contact(WRONG, email=f"a@{domain}") for domain in domains]) == {}
        asked = len(server.asked)
        assert asked < 100  # after that it was given up, for the others as well
        assert await check([contact(WRONG, email=f"b@other{number}.de") for number in range(400)]) == {}
        assert len(server.asked) == asked


async def test_timely_answers_are_used_even_if_others_time_out() -> None:
    async with name_server(ZONE) as (server, resolver):
        server.silent = {f"slow{number}.de" for number in range(40)}
        addresses = ["a@mail.de", *(f"a@{domain}" for domain in server.silent)]
        contacts = [contact(WRONG, email=one) for one in addresses]
        for factor in (1, 10, 100):  # a busy machine may answer late
            patience = replace(QUICK, seconds_each=0.2 * factor, seconds_all=0.5 * factor)
            found = await mail_domain(clock, resolver, patience)(contacts)
            if found:
                break
        assert list(found) == [contacts[0].key]


async def test_a_cancelled_check_leaves_no_query_behind() -> None:
    async with name_server({}) as (server, resolver):
        server.silent = {"slow.de"}
        task = asyncio.ensure_future(
            mail_domain(clock, resolver, Patience())([contact(WRONG, email="a@slow.de")])
        )
        await asyncio.wait_for(server.was_asked.wait(), 60)
        before = asyncio.all_tasks()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(asyncio.all_tasks()) < len(before)


@pytest.mark.parametrize("reason", [reason for reason in ComplaintReason if reason is not WRONG])
async def test_other_reasons_get_no_finding(reason: ComplaintReason) -> None:
    async with name_server({}) as (server, resolver):
        assert await look(mail_domain(clock, resolver), contact(reason, email="a@gone.de")) == ()
        assert server.asked == []


@pytest.mark.parametrize(
    ("address", "domain"),
    [("a@b.DE", "b.de"), ("a@b.de.", "b.de"), ("@", None), ("a@[::1]", None), ("b.de", None)],
)
def test_the_domain_of_an_address_is_found_in_ascii(address: str, domain: str | None) -> None:
    assert domain_of(address) == domain
