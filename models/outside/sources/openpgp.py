"""The OpenPGP key of an address: from its own domain (WKD, advanced then direct), else from keys.openpgp.org.

The organisation learns the local part of the address, the key server the address. Only user ids that have
this address are read, and keys that are revoked, expired or of somebody else are none.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from urllib.parse import quote

from pysequoia import Cert

from models.outside.door import Door
from models.outside.fetching import Follow, Wanted
from models.outside.plain import plain_text
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideOutcome, Question
from models.outside.unanswered import Unanswered
from models.tabular.file_threads import FileThreads

KEY = Wanted("application/octet-stream, application/pgp-keys", 64 << 10, Follow.WITHIN_DOMAIN)
KEY_SERVER = "https://keys.openpgp.org/vks/v1/by-email/"
_MOST_KEYS, _MOST_USER_IDS = 5, 100
_USER_ID = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>\s*")
_COMMENT = re.compile(r"\([^()]*\)")
_BASE32, _Z_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "ybndrfg8ejkmcpqxot1uwisza345h769"
_READING = FileThreads("read-keys", 1)


async def ask(question: Question, _: Sequence[Found], door: Door) -> list[Found]:
    """Return the keys of the address at the first place that has one."""
    if question.email is None or "@" not in question.email:
        raise Unanswered(OutsideOutcome.SKIPPED, "no address")
    for url in own_places(question.email):
        try:
            found = await _ask(url, question.email, door)
        except Unanswered:
            continue  # few domains have keys, and most of the others no host of that name
        if found:
            return found
    server = door.service(KEY_SERVER)
    found = await _ask(f"{server}{quote(question.email, safe='')}", question.email, door)
    if not found:
        raise Unanswered(OutsideOutcome.NOTHING, "no key")
    return found


def own_places(address: str) -> Iterator[str]:
    """Yield where the domain of an address keeps its keys: the advanced method of WKD, then direct."""
    local, _, domain = address.rpartition("@")
    digest = hashlib.sha1(local.lower().encode(), usedforsecurity=False).digest()
    name = base64.b32encode(digest).decode().translate(str.maketrans(_BASE32, _Z_BASE32))
    key = f"hu/{name}?l={quote(local, safe='')}"
    yield f"https://openpgpkey.{domain}/.well-known/openpgpkey/{domain}/{key}"
    yield f"https://{domain}/.well-known/openpgpkey/{key}"


async def _ask(url: str, address: str, door: Door) -> list[Found]:
    document = await door.fetcher.fetch(url, KEY)
    return await _READING.run(partial(read, document.body, address, url, door.now()))


def read(body: bytes, address: str, source_url: str, now: datetime) -> list[Found]:
    """Return the keys for an address, and the name in its user id; nothing for what are no keys."""
    found = []
    try:
        certificates = Cert.split_bytes(body)[:_MOST_KEYS]
    except Exception:  # noqa: BLE001 - the library has one error for everything: there is no key
        return []
    for certificate in certificates:
        names = list(_names(certificate, address))
        expired = certificate.expiration is not None and certificate.expiration <= now
        if not names or expired or certificate.is_revoked:
            continue
        fingerprint = certificate.fingerprint.upper()
        found.append(Found(FoundKind.OPENPGP_KEY, LookUp.PERSON, fingerprint, source_url))
        if name := next(filter(None, names), None):
            found.append(Found(FoundKind.NAME, LookUp.PERSON, name, source_url))
    return found


def _names(certificate: Cert, address: str) -> Iterator[str | None]:
    """Yield the name, or None, of each user id that has this address."""
    for user_id in certificate.user_ids[:_MOST_USER_IDS]:
        written = str(user_id)
        parts = _USER_ID.fullmatch(written)
        given = parts["address"] if parts else written
        if given.strip().lower() == address.strip().lower():
            yield plain_text(_COMMENT.sub(" ", parts["name"])) if parts else None
