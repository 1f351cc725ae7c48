"""What asking each source tells whom, in the four languages of the product."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.base.refusal import Wording, Words


class Tells(Wording):
    """A sentence for the people who decide which sources are on."""

    WEBSITE = Words(
        en="The organisation's web server sees a visit: its start page, one page with the legal notice, and the logo.",
        de="Der Webserver der Organisation sieht einen Besuch: die Startseite, eine Seite mit dem Impressum und das Logo.",
        pl="Serwer internetowy organizacji odnotowuje wizytę: stronę główną, jedną stronę z danymi firmy i logo.",
        ro="Serverul web al organizației înregistrează o vizită: pagina principală, o pagină cu datele firmei și sigla.",
    )
    MAIL_DNS = Words(
        en="The DNS resolver learns the domain. No mail server is contacted.",
        de="Der DNS-Resolver erfährt die Domain. Kein Mailserver wird kontaktiert.",
        pl="Serwer DNS poznaje domenę. Nie łączymy się z żadnym serwerem poczty.",
        ro="Serverul DNS află domeniul. Niciun server de e-mail nu este contactat.",
    )
    RDAP = Words(
        en="The registry of the top-level domain learns the domain.",
        de="Die Registry der Top-Level-Domain erfährt die Domain.",
        pl="Rejestr domen najwyższego poziomu poznaje domenę.",
        ro="Registrul domeniului de nivel superior află domeniul.",
    )
    GRAVATAR = Words(
        en="Automattic (Gravatar) learns a hash of the email address, from which the address can be guessed.",
        de="Automattic (Gravatar) erfährt einen Hash der E-Mail-Adresse, aus dem sich die Adresse erraten lässt.",
        pl="Automattic (Gravatar) poznaje skrót adresu e-mail, z którego można odgadnąć ten adres.",
        ro="Automattic (Gravatar) află un hash al adresei de e-mail, din care adresa poate fi ghicită.",
    )
    OPENPGP = Words(
        en="The web server of the email domain learns the part before the @; if it has no key, keys.openpgp.org learns the whole address.",
        de="Der Webserver der E-Mail-Domain erfährt den Teil vor dem @; hat er keinen Schlüssel, erfährt keys.openpgp.org die ganze Adresse.",
        pl="Serwer internetowy domeny e-mail poznaje część przed znakiem @; jeśli nie ma klucza, cały adres poznaje keys.openpgp.org.",
        ro="Serverul web al domeniului de e-mail află partea dinaintea semnului @; dacă nu are o cheie, keys.openpgp.org află adresa întreagă.",
    )
    VIES = Words(
        en="The European Commission learns the VAT number that the web site gives.",
        de="Die Europäische Kommission erfährt die USt-IdNr., die auf der Website steht.",
        pl="Komisja Europejska poznaje numer VAT podany na stronie internetowej.",
        ro="Comisia Europeană află codul de TVA indicat pe site.",
    )
    REGISTER = Words(
        en="The public register of Poland or Romania learns the number that the web site gives.",
        de="Das öffentliche Register Polens oder Rumäniens erfährt die Nummer, die auf der Website steht.",
        pl="Publiczny rejestr w Polsce lub Rumunii poznaje numer podany na stronie internetowej.",
        ro="Registrul public din Polonia sau din România află numărul indicat pe site.",
    )
