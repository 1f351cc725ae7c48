"""The public sources: one line for each, and one file that asks it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from models.outside.door import Door
from models.outside.sources import gravatar, mail_dns, openpgp, rdap, register, vies, website
from models.outside.sources.source import Found, OutsideSource, Question
from models.outside.sources.words import Tells

# Gets what is asked about, and what the web site gave if the source needs that. Raises Unanswered.
Ask = Callable[[Question, Sequence[Found], Door], Awaitable[Sequence[Found]]]


class Needs(Enum):
    """What a source is asked by; without it, it is skipped."""

    DOMAIN = auto()
    EMAIL = auto()
    VAT_ID = auto()  # that the web site gives
    REGISTER_NUMBER = auto()  # that the web site gives, or a VAT number


@dataclass(frozen=True, slots=True)
class Source:
    """A source: `attribution` has to be shown with what it gives, and `terms` are where its terms are."""

    ask: Ask
    needs: Needs
    tells: Tells
    terms: str | None = None
    attribution: str | None = None
    on_by_default: bool = False

    @property
    def after_website(self) -> bool:
        """Whether it is asked by what the web site gives."""
        return self.needs in {Needs.VAT_ID, Needs.REGISTER_NUMBER}


_IANA, _GRAVATAR = "https://www.iana.org/domains/root/db", "https://gravatar.com/terms-of-service"
_OPENPGP, _VIES = "https://keys.openpgp.org/about/", "https://ec.europa.eu/taxation_customs/vies/"
_KRS = "https://prs.ms.gov.pl/krs/openApi"

SOURCES: Mapping[OutsideSource, Source] = {
    OutsideSource.WEBSITE: Source(website.ask, Needs.DOMAIN, Tells.WEBSITE, on_by_default=True),
    OutsideSource.MAIL_DNS: Source(mail_dns.ask, Needs.DOMAIN, Tells.MAIL_DNS, on_by_default=True),
    OutsideSource.RDAP: Source(rdap.ask, Needs.DOMAIN, Tells.RDAP, _IANA),
    OutsideSource.GRAVATAR: Source(gravatar.ask, Needs.EMAIL, Tells.GRAVATAR, _GRAVATAR, "via Gravatar"),
    OutsideSource.OPENPGP: Source(openpgp.ask, Needs.EMAIL, Tells.OPENPGP, _OPENPGP),
    OutsideSource.VIES: Source(vies.ask, Needs.VAT_ID, Tells.VIES, _VIES),
    OutsideSource.REGISTER: Source(register.ask, Needs.REGISTER_NUMBER, Tells.REGISTER, _KRS),
}
