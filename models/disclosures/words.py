"""Words of the notice about a disclosure (GDPR Art. 14(1) to (3)), in the four languages.

Counsel should check this text, in each language, before it is used: which legal basis applies, and how long
data is kept, depends on the operator.
"""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from collections.abc import Mapping
from dataclasses import dataclass

from models.contact_data.categories import DataCategory
from rules.visibility import DisclosureBasis


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """One language. `because` says what led to the disclosure, `contract` and `interest` why it is lawful.

    `sources` are by the name of `LeadSource`; a lead from elsewhere has a text of its own beside it.
    """

    title: str
    because: Mapping[DisclosureBasis, str]
    law: str
    recipient: str
    data: str
    purpose: str
    source: str
    storage: str
    rights: str
    categories: Mapping[DataCategory, str]
    request_text: str
    contract: str
    interest: str
    origin: str
    sources: Mapping[str, str]
    stored: str
    granted: str


def _because(accepted: str, silence: str, delivered: str) -> Mapping[DisclosureBasis, str]:
    """Return the sentences by basis: it makes no difference to the person who paid for the delivery."""
    return dict.fromkeys(DisclosureBasis, delivered) | {
        DisclosureBasis.ACCEPTED: accepted,
        DisclosureBasis.SILENCE: silence,
    }


def _categories(*words: str) -> Mapping[DataCategory, str]:
    return dict(zip(DataCategory, words, strict=True))


NOTICE_WORDS: Mapping[str, NoticeWords] = {
    "en": NoticeWords(
        title="{vendor} has received your contact data",
        because=_because(
            "You accepted the application from {vendor} for “{lead}”, so the vendor received your contact data on {at}.",
            "You did not respond to the application from {vendor} for “{lead}” within {reveal_after}, so the vendor received your contact data automatically on {at}.",
            "{vendor} received your contact data for “{lead}” on {at}.",
        ),
        law="Article 14 of the General Data Protection Regulation (GDPR) entitles you to the following information.",
        recipient="Recipient",
        data="Data",
        purpose="Purpose and legal basis",
        source="Source",
        storage="Storage period",
        rights="Your rights",
        categories=_categories(
            "name",
            "company",
            "email address",
            "phone number",
            "postal address",
            "company registration number",
            "LinkedIn profile",
            "link to your online meeting room",
        ),
        request_text="the text of your request",
        contract="So that the vendor can discuss your request with you: steps taken at your request before entering into a contract (Art. 6(1)(b) GDPR).",
        interest="So that the vendor can make you an offer for your request; the legitimate interest is to bring supply and demand together (Art. 6(1)(f) GDPR).",
        origin="Your request; it came from: {source}.",
        sources={
            "CHAT": "a chat",
            "ORDER": "an order",
            "REGISTRATION": "a registration",
            "FREE_MATERIAL": "a request for free material",
            "REVIEW": "a review",
            "CALCULATOR": "a price calculator",
            "CONTEST": "a contest",
            "COUPON": "a coupon",
            "WEBINAR": "a webinar",
            "AGGREGATOR": "a data provider",
            "NEWSLETTER": "a newsletter",
            "OPPORTUNITY": "a business opportunity",
            "OTHER": "another source",
        },
        stored="The marketplace keeps your contact data until it is erased at your request, and the record of its recipients for as long as claims can be made. The vendor decides how long it keeps the data, and informs you of that period.",
        granted="You have the rights of access, rectification, erasure, restriction of processing, data portability and objection (Art. 15 to 21 GDPR) against both the marketplace and the vendor. You can lodge a complaint with a data protection supervisory authority (Art. 77 GDPR).",
    ),
    "de": NoticeWords(
        title="{vendor} hat Ihre Kontaktdaten erhalten",
        because=_because(
            "Sie haben die Bewerbung von {vendor} auf „{lead}“ angenommen; daher hat der Anbieter am {at} Ihre Kontaktdaten erhalten.",
            "Sie haben die Bewerbung von {vendor} auf „{lead}“ nicht innerhalb von {reveal_after} beantwortet; daher hat der Anbieter am {at} automatisch Ihre Kontaktdaten erhalten.",
            "{vendor} hat am {at} im Zusammenhang mit „{lead}“ Ihre Kontaktdaten erhalten.",
        ),
        law="Nach Artikel 14 der Datenschutz-Grundverordnung (DSGVO) haben Sie Anspruch auf die folgenden Informationen.",
        recipient="Empfänger",
        data="Daten",
        purpose="Zweck und Rechtsgrundlage",
        source="Herkunft der Daten",
        storage="Speicherdauer",
        rights="Ihre Rechte",
        categories=_categories(
            "Name",
            "Unternehmen",
            "E-Mail-Adresse",
            "Telefonnummer",
            "Postanschrift",
            "Registernummer des Unternehmens",
            "LinkedIn-Profil",
            "Link zu Ihrem Online-Besprechungsraum",
        ),
        request_text="Text Ihrer Anfrage",
        contract="Damit der Anbieter Ihre Anfrage mit Ihnen besprechen kann: vorvertragliche Maßnahmen auf Ihre Anfrage (Art. 6 Abs. 1 Buchst. b DSGVO).",
        interest="Damit der Anbieter Ihnen zu Ihrer Anfrage ein Angebot machen kann; das berechtigte Interesse besteht darin, Angebot und Nachfrage zusammenzubringen (Art. 6 Abs. 1 Buchst. f DSGVO).",
        origin="Ihre Anfrage; sie stammt aus: {source}.",
        sources={
            "CHAT": "einem Chat",
            "ORDER": "einer Bestellung",
            "REGISTRATION": "einer Registrierung",
            "FREE_MATERIAL": "einer Anforderung von kostenlosem Material",
            "REVIEW": "einer Bewertung",
            "CALCULATOR": "einem Preisrechner",
            "CONTEST": "einem Gewinnspiel",
            "COUPON": "einem Gutschein",
            "WEBINAR": "einem Webinar",
            "AGGREGATOR": "dem Bestand eines Datenanbieters",
            "NEWSLETTER": "einem Newsletter",
            "OPPORTUNITY": "einer Geschäftsanbahnung",
            "OTHER": "einer anderen Quelle",
        },
        stored="Der Marktplatz speichert Ihre Kontaktdaten, bis sie auf Ihr Verlangen gelöscht werden, und den Nachweis der Empfänger, solange Ansprüche geltend gemacht werden können. Wie lange der Anbieter die Daten speichert, legt er selbst fest und teilt es Ihnen mit.",
        granted="Sie haben gegenüber dem Marktplatz und dem Anbieter die Rechte auf Auskunft, Berichtigung, Löschung, Einschränkung der Verarbeitung, Datenübertragbarkeit und Widerspruch (Art. 15 bis 21 DSGVO). Sie können sich bei einer Datenschutz-Aufsichtsbehörde beschweren (Art. 77 DSGVO).",
    ),
    "pl": NoticeWords(
        title="Usługodawca {vendor} otrzymał Państwa dane kontaktowe",
        because=_because(
            "Zaakceptowali Państwo zgłoszenie usługodawcy {vendor} do zapytania „{lead}”, dlatego {at} otrzymał on Państwa dane kontaktowe.",
            "Na zgłoszenie usługodawcy {vendor} do zapytania „{lead}” nie udzielono odpowiedzi w terminie ({reveal_after}), dlatego {at} usługodawca automatycznie otrzymał Państwa dane kontaktowe.",
            "Usługodawca {vendor} otrzymał {at} Państwa dane kontaktowe w związku z zapytaniem „{lead}”.",
        ),
        law="Zgodnie z art. 14 ogólnego rozporządzenia o ochronie danych (RODO) przekazujemy Państwu następujące informacje.",
        recipient="Odbiorca",
        data="Dane",
        purpose="Cel i podstawa prawna",
        source="Źródło danych",
        storage="Okres przechowywania",
        rights="Państwa prawa",
        categories=_categories(
            "imię i nazwisko",
            "firma",
            "adres e-mail",
            "numer telefonu",
            "adres pocztowy",
            "numer rejestrowy firmy",
            "profil na LinkedIn",
            "link do pokoju spotkań online",
        ),
        request_text="treść Państwa zapytania",
        contract="Omówienie zapytania z usługodawcą: działania na Państwa żądanie przed zawarciem umowy (art. 6 ust. 1 lit. b RODO).",
        interest="Przedstawienie oferty na Państwa zapytanie; prawnie uzasadnionym interesem jest kojarzenie podaży z popytem (art. 6 ust. 1 lit. f RODO).",
        origin="Państwa zapytanie; jego źródło to: {source}.",
        sources={
            "CHAT": "czat",
            "ORDER": "zamówienie",
            "REGISTRATION": "rejestracja",
            "FREE_MATERIAL": "zamówienie bezpłatnych materiałów",
            "REVIEW": "opinia",
            "CALCULATOR": "kalkulator cen",
            "CONTEST": "konkurs",
            "COUPON": "kupon",
            "WEBINAR": "webinar",
            "AGGREGATOR": "dostawca danych",
            "NEWSLETTER": "newsletter",
            "OPPORTUNITY": "okazja handlowa",
            "OTHER": "inne źródło",
        },
        stored="Serwis przechowuje Państwa dane kontaktowe do czasu ich usunięcia na Państwa żądanie, a zapis o odbiorcach tak długo, jak możliwe jest dochodzenie roszczeń. O okresie przechowywania u siebie decyduje usługodawca i informuje o nim Państwa.",
        granted="Wobec serwisu i usługodawcy przysługuje Państwu prawo dostępu do danych, ich sprostowania, usunięcia, ograniczenia przetwarzania, przenoszenia oraz prawo sprzeciwu (art. 15-21 RODO). Mogą Państwo wnieść skargę do organu nadzorczego (art. 77 RODO).",
    ),
    "ro": NoticeWords(
        title="{vendor} a primit datele dumneavoastră de contact",
        because=_because(
            "Ați acceptat cererea trimisă de {vendor} pentru „{lead}”, așa că furnizorul a primit datele dumneavoastră de contact pe {at}.",
            "Nu ați răspuns la cererea trimisă de {vendor} pentru „{lead}” în termen de {reveal_after}, așa că furnizorul a primit automat datele dumneavoastră de contact pe {at}.",
            "{vendor} a primit datele dumneavoastră de contact pentru „{lead}” pe {at}.",
        ),
        law="Articolul 14 din Regulamentul general privind protecția datelor (RGPD) vă dă dreptul la informațiile de mai jos.",
        recipient="Destinatar",
        data="Date",
        purpose="Scop și temei juridic",
        source="Sursa datelor",
        storage="Perioada de stocare",
        rights="Drepturile dumneavoastră",
        categories=_categories(
            "nume",
            "companie",
            "adresă de e-mail",
            "număr de telefon",
            "adresă poștală",
            "număr de înregistrare al companiei",
            "profil LinkedIn",
            "link către sala dumneavoastră de întâlniri online",
        ),
        request_text="textul solicitării dumneavoastră",
        contract="Pentru ca furnizorul să poată discuta cu dumneavoastră solicitarea: demersuri la cererea dumneavoastră înainte de încheierea unui contract (art. 6 alin. (1) lit. b) RGPD).",
        interest="Pentru ca furnizorul să vă poată face o ofertă la solicitarea dumneavoastră; interesul legitim este de a pune în legătură cererea cu oferta (art. 6 alin. (1) lit. f) RGPD).",
        origin="Solicitarea dumneavoastră; provine din: {source}.",
        sources={
            "CHAT": "o discuție pe chat",
            "ORDER": "o comandă",
            "REGISTRATION": "o înregistrare",
            "FREE_MATERIAL": "o solicitare de materiale gratuite",
            "REVIEW": "o recenzie",
            "CALCULATOR": "un calculator de preț",
            "CONTEST": "un concurs",
            "COUPON": "un cupon",
            "WEBINAR": "un webinar",
            "AGGREGATOR": "baza unui furnizor de date",
            "NEWSLETTER": "un newsletter",
            "OPPORTUNITY": "o oportunitate de afaceri",
            "OTHER": "altă sursă",
        },
        stored="Platforma păstrează datele dumneavoastră de contact până la ștergerea lor la cererea dumneavoastră, iar evidența destinatarilor cât timp pot fi formulate pretenții. Furnizorul stabilește cât timp păstrează datele și vă informează despre această perioadă.",
        granted="Față de platformă și de furnizor aveți dreptul de acces, de rectificare, de ștergere, la restricționarea prelucrării, la portabilitatea datelor și de opoziție (art. 15-21 RGPD). Puteți depune o plângere la o autoritate de supraveghere (art. 77 RGPD).",
    ),
}
