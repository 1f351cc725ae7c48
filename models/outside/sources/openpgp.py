"""The OpenPGP key of an address: from its own domain (WKD, advanced then direct), else from keys.openpgp.org.

The organisation learns the local part of the address, the key server the address. Only user ids that have
this address are read, and keys that are revoked, expired or of somebody else are none.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from models.outside.door import Door
from models.outside.fetching import Follow, Wanted
from models.outside.plain import plain_text
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideOutcome, Question
from models.outside.unanswered import Unanswered

KEY = Wanted("application/octet-stream, application/pgp-keys", 64 << 10, Follow.WITHIN_DOMAIN)
KEY_SERVER = "https://keys.openpgp.org/vks/v1/by-email/"
_BASE32, _Z_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "ybndrfg8ejkmcpqxot1uwisza345h769"
# Without an answer from the host of the advanced method, the direct one is asked.
_NO_ANSWER = frozenset({OutsideOutcome.UNREACHABLE, OutsideOutcome.TIMED_OUT, OutsideOutcome.BAD_ANSWER})


async def ask(question: Question, _: Sequence[Found], door: Door) -> list[Found]:
    """Return the keys of the address at the first place that has one."""
    email = question.email
    if email is None or "@" not in email:
        raise Unanswered(OutsideOutcome.SKIPPED, "no address")
    if found := await _ask_domain(email, door):
        return found
    found = await _ask(f"{door.service(KEY_SERVER)}{quote(email, safe='')}", KEY, email, door)
    if not found:
        raise Unanswered(OutsideOutcome.NOTHING, "no key")
    return found


async def _ask_domain(address: str, door: Door) -> list[Found]:
    """Return the keys at the domain of the address; none if it cannot be asked, as few domains can."""
    advanced, direct = own_places(address)
    try:
        return await _ask(advanced, KEY, address, door)
    except Unanswered as error:
        if error.outcome not in _NO_ANSWER:
            return []  # its directory is there, and has no such key
    try:
        # Of the host of the web site, whose pages are read meanwhile: they would have to wait for a key.
        return await _ask(direct, replace(KEY, last=True), address, door)
    except Unanswered:
        return []


def own_places(address: str) -> tuple[str, str]:
    """Return where the domain of an address keeps its keys: by the advanced method of WKD, and the direct."""
    local, _, domain = address.rpartition("@")
    digest = hashlib.sha1(local.lower().encode(), usedforsecurity=False).digest()
    name = base64.b32encode(digest).decode().translate(str.maketrans(_BASE32, _Z_BASE32))
    key = f"hu/{name}?l={quote(local, safe='')}"
    return (
        f"https://openpgpkey.{domain}/.well-known/openpgpkey/{domain}/{key}",
        f"https://{domain}/.well-known/openpgpkey/{key}",
    )


async def _ask(url: str, wanted: Wanted, address: str, door: Door) -> list[Found]:
    """Return the keys for an address at a place, and the names in their user ids. Raises Unanswered."""
    document = await door.fetcher.fetch(url, wanted)
    found = []
    for key in await door.keys.keys(document.body, address, door.now()):
        found.append(Found(FoundKind.OPENPGP_KEY, LookUp.PERSON, key.fingerprint, url))
        if name := plain_text(key.name):
            found.append(Found(FoundKind.NAME, LookUp.PERSON, name, url))
    return found
