"""Reader of OpenPGP keys from standard input, in a separate process: those of one address.

Imports nothing of Leadgate, and always runs with limits: a few kilobytes of signatures that belong to nothing
take seconds. The first line is the address: an option would be shown to everybody on this machine. The option
is the time (ISO 8601) at which a key has to be valid. Writes one JSON array with the fingerprint of each key
and the name in its user id, empty without one:

    [["0123...CDEF", "Name"], ...]

Keys that are revoked or expired, or have no user id with this address, are left out, and so is what is no
key.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from pysequoia import Cert

MEMORY = 384 * 1024 * 1024
CPU_SECONDS = 2
MOST_KEYS, MOST_USER_IDS = 5, 100
MOST_CHARS = 600
USER_ID = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>\s*")
COMMENT = re.compile(r"\([^()]*\)")


def limit_process() -> None:
    """Limit this process, so that the worst key ends it and nothing else."""
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


def keys_of(content: bytes, address: str, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield the fingerprint and the name of each key of an address."""
    try:
        certificates = Cert.split_bytes(content)[:MOST_KEYS]
    except Exception:  # noqa: BLE001 - the library has one error for everything: there is no key
        return
    for certificate in certificates:
        with suppress(Exception):  # as above: of a key that nothing binds, for example, nothing is valid
            names = list(names_of(certificate, address))
            expired = certificate.expiration is not None and certificate.expiration <= now
            if names and not expired and not certificate.is_revoked:
                yield certificate.fingerprint.upper(), next(filter(None, names), "")


def names_of(certificate: Cert, address: str) -> Iterator[str]:
    """Yield the name, which may be empty, of each user id that has this address."""
    for user_id in certificate.user_ids[:MOST_USER_IDS]:
        written = str(user_id)
        parts = USER_ID.fullmatch(written)
        given = parts["address"] if parts else written
        if given.strip().lower() == address.strip().lower():
            yield COMMENT.sub(" ", parts["name"]).strip()[:MOST_CHARS] if parts else ""


def main() -> None:
    """Read and write."""
    limit_process()
    address = sys.stdin.buffer.readline().decode().rstrip("\n")
    now = datetime.fromisoformat(sys.argv[1])
    sys.stdout.write(json.dumps(list(keys_of(sys.stdin.buffer.read(), address, now))))


if __name__ == "__main__":
    main()
