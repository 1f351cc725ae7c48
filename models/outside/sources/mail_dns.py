"""Who runs a domain's mail, and how it is protected, from DNS. Nobody else learns of it, and no mailbox is
asked for.

MAIL_PROVIDER is the provider's name, the registrable domain of an unknown one, or `NONE` for a domain that
accepts no mail (RFC 7505). MAIL_PROTECTION lists what is set up: SPF, DMARC with its policy, MTA-STS, BIMI.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence

from models.outside.door import Door
from models.outside.names import registrable_domain
from models.outside.plain import plain_url
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideOutcome, Question
from models.outside.unanswered import Unanswered

NO_MAIL = "NONE"
# The names of mail servers end in these.
PROVIDERS: Mapping[str, str] = {
    "google.com": "Google Workspace",
    "googlemail.com": "Google Workspace",
    "outlook.com": "Microsoft 365",
    "mx.microsoft": "Microsoft 365",
    "zoho.com": "Zoho Mail",
    "zoho.eu": "Zoho Mail",
    "messagingengine.com": "Fastmail",
    "protonmail.ch": "Proton Mail",
    "tutanota.de": "Tuta",
    "mailbox.org": "mailbox.org",
    "posteo.de": "Posteo",
    "icloud.com": "iCloud Mail",
    "kundenserver.de": "IONOS",
    "ionos.com": "IONOS",
    "ionos.de": "IONOS",
    "1and1.com": "IONOS",
    "rzone.de": "STRATO",
    "your-server.de": "Hetzner",
    "ovh.net": "OVHcloud",
    "gandi.net": "Gandi",
    "infomaniak.ch": "Infomaniak",
    "home.pl": "home.pl",
    "nazwa.pl": "nazwa.pl",
    "emailsrvr.com": "Rackspace",
    "secureserver.net": "GoDaddy",
    "privateemail.com": "Namecheap",
    "hostinger.com": "Hostinger",
    "one.com": "one.com",
    "pphosted.com": "Proofpoint",
    "ppe-hosted.com": "Proofpoint",
    "mimecast.com": "Mimecast",
    "hornetsecurity.com": "Hornetsecurity",
    "antispameurope.com": "Hornetsecurity",
    "barracudanetworks.com": "Barracuda",
    "messagelabs.com": "Broadcom Email Security",
    "amazonaws.com": "Amazon SES",
    "mailgun.org": "Mailgun",
    "yandex.net": "Yandex",
}
_POLICY = re.compile(r"(?:^|;)\s*p\s*=\s*(none|quarantine|reject)\b", re.IGNORECASE)
_LOGO = re.compile(r"(?:^|;)\s*l\s*=\s*(https://[^;\s]+)", re.IGNORECASE)


async def ask(question: Question, _: Sequence[Found], door: Door) -> list[Found]:
    """Return what DNS says about the mail of the address's domain, else of the organisation's."""
    domain = _domain(question)
    if domain is None:
        raise Unanswered(OutsideOutcome.SKIPPED, "no domain")
    exchangers, *texts = await asyncio.gather(
        door.dns.exchangers(domain),
        *(_optional(door, f"{label}{domain}") for label in ("", "_dmarc.", "default._bimi.", "_mta-sts.")),
    )
    found = [_found(FoundKind.MAIL_PROVIDER, provider)] if (provider := provider_of(exchangers)) else []
    return found + protection_of(*texts)


def _domain(question: Question) -> str | None:
    if question.domain is not None:
        # The address may be of a part of the organisation, with a mail server of its own.
        whole = (question.email or "").rpartition("@")[2].lower()
        return whole if registrable_domain(whole) == question.domain else question.domain
    return None


async def _optional(door: Door, name: str) -> list[str]:
    """Return the texts of a name; if it cannot be asked, nothing is known of it."""
    try:
        return await door.dns.texts(name)
    except Unanswered:
        return []


def provider_of(exchangers: Sequence[str]) -> str | None:
    """Return who runs the mail, by the preferred mail server; None if no server is named."""
    for host in exchangers:
        if host == ".":
            return NO_MAIL
        labels = host.split(".")
        suffixes = (".".join(labels[at:]) for at in range(len(labels)))
        if known := next((PROVIDERS[suffix] for suffix in suffixes if suffix in PROVIDERS), None):
            return known
    return next((domain for host in exchangers if (domain := registrable_domain(host))), None)


def protection_of(
    spf: Sequence[str], dmarc: Sequence[str], bimi: Sequence[str], mta_sts: Sequence[str]
) -> list[Found]:
    """Return how the mail is protected, by the texts of the domain and of its three names."""
    found = []
    if any(text.lower().startswith("v=spf1") for text in spf):
        found.append(_found(FoundKind.MAIL_PROTECTION, "SPF"))
    for text in dmarc:
        if text.upper().startswith("V=DMARC1") and (policy := _POLICY.search(text)):
            found.append(_found(FoundKind.MAIL_PROTECTION, f"DMARC {policy[1].lower()}"))
            break
    if any(text.lower().startswith("v=stsv1") for text in mta_sts):
        found.append(_found(FoundKind.MAIL_PROTECTION, "MTA-STS"))
    for text in bimi:
        if text.upper().startswith("V=BIMI1"):
            logo = _LOGO.search(text)
            found.append(_found(FoundKind.MAIL_PROTECTION, "BIMI", plain_url(logo[1]) if logo else None))
            break
    return found


def _found(kind: FoundKind, value: str, url: str | None = None) -> Found:
    return Found(kind, LookUp.ORGANISATION, value, url=url)
