"""OpenPGP keys of strangers are read in processes that always end."""

import hashlib
import time
from datetime import timedelta
from pathlib import Path

import pytest
from pysequoia import Tsk

from models.outside.reading_keys import Key, KeyReader
from tests.support.outside_world import NOW

ADDRESS = "delphine@ninthrow.example"


def made(*user_ids: str) -> bytes:
    """A new key with these user ids."""
    return bytes(Tsk.generate(user_ids=list(user_ids)).extract_certificate())


async def read(content: bytes) -> list[Key]:
    """Read the keys of the address."""
    return list(await KeyReader().keys(content, ADDRESS, NOW + timedelta(days=365)))


async def test_a_key_has_a_fingerprint_and_the_name_of_its_user_id() -> None:
    (key,) = await read(made(f"Delphine Armitage (work) <{ADDRESS.upper()}>"))
    assert key.name == "Delphine Armitage"
    assert len(key.fingerprint) == 40
    assert key.fingerprint not in repr(key)


async def test_a_user_id_can_be_the_address_alone() -> None:
    assert [key.name for key in await read(made(ADDRESS))] == [""]


async def test_keys_of_others_are_left_out() -> None:
    others = made("Somebody Else <else@ninthrow.example>")
    assert [key.name for key in await read(others + made(f"Delphine <{ADDRESS}>"))] == ["Delphine"]


async def test_a_key_that_nothing_binds_changes_nothing_about_a_good_one() -> None:
    broken = public_key() + packet(13, f"Delphine <{ADDRESS}>".encode())
    assert [key.name for key in await read(broken + made(f"Delphine <{ADDRESS}>"))] == ["Delphine"]


async def test_the_address_is_no_option_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody on a machine sees those."""
    given: list[tuple[str, ...]] = []

    async def answer(_: Path, *options: str, **__: object) -> bytes:
        given.append(options)
        return b"[]"

    monkeypatch.setattr("models.process.separate.answer_of", answer)
    assert await read(b"key") == []
    assert [ADDRESS in option for options in given for option in options] == [False]


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nx", bytes(60_000)]
)
async def test_what_is_no_key_is_none(body: bytes) -> None:
    assert await read(body) == []


async def test_a_key_that_takes_seconds_holds_nobody() -> None:
    """CPU time of this process: each signature is compared with each of a thousand user ids."""
    key = public_key()
    user_ids = b"".join(packet(13, b"%d" % number) for number in range(1_500))
    fingerprint = hashlib.sha1(b"\x99" + key[4:], usedforsecurity=False).digest()
    issuer = b"\x16\x21\x04" + fingerprint
    head = b"\x04\x13\x01\x08" + len(issuer).to_bytes(2, "big") + issuer + b"\x00\x00"
    signatures = b"".join(
        packet(2, head + number.to_bytes(2, "big") + b"\x00\x02\x03") for number in range(1_000)
    )
    content = key + user_ids + signatures
    assert len(content) < 64 << 10
    begun = time.process_time()
    assert await read(content) == []
    assert time.process_time() - begun < 0.5


def packet(tag: int, body: bytes) -> bytes:
    """A packet of OpenPGP (RFC 9580, 4.2.1)."""
    return bytes([0xC0 | tag]) + b"\xff" + len(body).to_bytes(4, "big") + body


def public_key() -> bytes:
    """A packet with a public key that has signed nothing."""
    modulus = (1 << 1_023 | 1).to_bytes(128, "big")
    return packet(6, b"\x04" + bytes(4) + b"\x01" + b"\x04\x00" + modulus + b"\x00\x02\x03")
