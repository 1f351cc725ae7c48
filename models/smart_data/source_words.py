"""What each public source is told by a search, and the terms under which it answers."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping
from dataclasses import dataclass
from enum import unique

from models.base.refusal import Wording, Words
from models.outside.sources.source import OutsideSource


@unique
class Tells(Wording):
    """Whom a search tells what."""

    WEBSITE = Words(
        en="The organisation's website gets a visit from this server.",
        de="Die Website der Organisation wird von diesem Server besucht.",
        pl="Ten serwer odwiedza stronę internetową organizacji.",
        ro="Site-ul organizației este vizitat de acest server.",
    )
    MAIL_DNS = Words(
        en="Name servers are asked about the domain.",
        de="Nameserver werden nach der Domain gefragt.",
        pl="Serwery nazw otrzymują zapytanie o domenę.",
        ro="Serverele de nume sunt întrebate despre domeniu.",
    )
    RDAP = Words(
        en="The registry of the top-level domain is asked about the domain.",
        de="Die Registrierungsstelle der Top-Level-Domain wird nach der Domain gefragt.",
        pl="Rejestr domeny najwyższego poziomu otrzymuje zapytanie o domenę.",
        ro="Registrul domeniului de nivel superior este întrebat despre domeniu.",
    )
    GRAVATAR = Words(
        en="Automattic (Gravatar) gets a hash of the email address, from which the address can be guessed.",
        de="Automattic (Gravatar) erhält einen Hash der E-Mail-Adresse, aus dem sich die Adresse erraten lässt.",
        pl="Automattic (Gravatar) otrzymuje skrót adresu e-mail, z którego można odgadnąć adres.",
        ro="Automattic (Gravatar) primește un hash al adresei de e-mail, din care adresa poate fi ghicită.",
    )
    OPENPGP = Words(
        en="The organisation's server gets a hash of the part before the @, and keys.openpgp.org the email address.",
        de="Der Server der Organisation erhält einen Hash des Teils vor dem @, keys.openpgp.org die E-Mail-Adresse.",
        pl="Serwer organizacji otrzymuje skrót części adresu przed znakiem @, a keys.openpgp.org otrzymuje adres e-mail.",
        ro="Serverul organizației primește un hash al părții dinaintea semnului @, iar keys.openpgp.org adresa de e-mail.",
    )
    VIES = Words(
        en="The European Commission is asked about a VAT number found on the website.",
        de="Die Europäische Kommission wird nach einer USt-IdNr. gefragt, die auf der Website steht.",
        pl="Komisja Europejska otrzymuje zapytanie o numer VAT znaleziony na stronie internetowej.",
        ro="Comisia Europeană este întrebată despre un cod de TVA găsit pe site.",
    )
    REGISTER = Words(
        en="A public business register is asked about a number found on the website.",
        de="Ein öffentliches Unternehmensregister wird nach einer Nummer gefragt, die auf der Website steht.",
        pl="Publiczny rejestr przedsiębiorców otrzymuje zapytanie o numer znaleziony na stronie internetowej.",
        ro="Un registru public al firmelor este întrebat despre un număr găsit pe site.",
    )


@dataclass(frozen=True, slots=True)
class SourceTerms:
    """Whom asking a source tells what, where its terms are, and what has to stand beside its answers."""

    tells: Tells
    terms: str | None = None
    attribution: str | None = None


TERMS: Mapping[OutsideSource, SourceTerms] = {
    OutsideSource.WEBSITE: SourceTerms(Tells.WEBSITE),
    OutsideSource.MAIL_DNS: SourceTerms(Tells.MAIL_DNS),
    OutsideSource.RDAP: SourceTerms(Tells.RDAP),
    OutsideSource.GRAVATAR: SourceTerms(
        Tells.GRAVATAR, "https://gravatar.com/terms-of-service", "via Gravatar"
    ),
    OutsideSource.OPENPGP: SourceTerms(Tells.OPENPGP, "https://keys.openpgp.org/about/usage"),
    OutsideSource.VIES: SourceTerms(Tells.VIES, "https://ec.europa.eu/taxation_customs/vies/"),
    OutsideSource.REGISTER: SourceTerms(Tells.REGISTER),
}
