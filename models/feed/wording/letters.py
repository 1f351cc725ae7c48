"""Words around the text of a letter, and of the pages behind its links, in the four languages.

What a letter says about its subject is the text of the notification.
"""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from collections.abc import Mapping
from dataclasses import dataclass

from models.feed.kinds import NotificationGroup
from models.feed.wording.language import Language
from rules.messages.dispatch import Necessity


@dataclass(frozen=True, slots=True)
class LetterWords:
    """One language. `why` says why a message is sent, by its necessity; `groups` name what it is about."""

    hello: str
    hello_nobody: str
    accept: str
    decline: str
    open: str
    accept_invitation: str
    why: Mapping[Necessity, str]
    automatic: str
    controller: str  # the operator, as the law on personal data calls it
    unsubscribe: str
    the_prospect: str
    disabled_by_hand: str  # of a webhook endpoint
    required: str
    groups: Mapping[NotificationGroup, str]


@dataclass(frozen=True, slots=True)
class PageWords:
    """One language. The pages greet nobody by name: a link can be forwarded."""

    introduction: str
    word: str
    review: str
    accepted: str
    declined: str
    reviewed: str
    over: str
    late: str
    unknown: str
    too_many: str
    would_stop: str
    stop: str
    stopped: str
    letters_would_stop: str
    letters_stopped: str
    required_stay: str


def letter_words(language: Language) -> LetterWords:
    """Return the words of letters in a language."""
    return LETTER_WORDS[language.catalog.language]


def page_words(language: Language) -> PageWords:
    """Return the words of pages in a language."""
    return PAGE_WORDS[language.catalog.language]


_LAW, _CONTRACT, _OPTIONAL = Necessity
LETTER_WORDS: Mapping[str, LetterWords] = {
    "en": LetterWords(
        hello="Hello {name},",
        hello_nobody="Hello,",
        accept="Accept",
        decline="Decline",
        open="Open Leadgate",
        accept_invitation="Set a password",
        why={
            _LAW: "The law requires us to send you this message.",
            _CONTRACT: "You receive this message because it is part of using the marketplace.",
            _OPTIONAL: "You receive this message because you use the marketplace.",
        },
        automatic="This message was sent automatically. Replies to it are not read.",
        controller="Controller",
        unsubscribe="Stop these messages",
        the_prospect="The prospect",
        disabled_by_hand="A user disabled the endpoint.",
        required="The contract or the law requires these messages.",
        groups=dict(
            zip(
                NotificationGroup,
                (
                    "applications",
                    "chats",
                    "meetings",
                    "delivered leads",
                    "complaints",
                    "points",
                    "calls",
                ),
                strict=True,
            )
        ),
    ),
    "de": LetterWords(
        hello="Guten Tag {name},",
        hello_nobody="Guten Tag,",
        accept="Annehmen",
        decline="Ablehnen",
        open="Leadgate öffnen",
        accept_invitation="Kennwort festlegen",
        why={
            _LAW: "Das Gesetz verpflichtet uns, Ihnen diese Nachricht zu senden.",
            _CONTRACT: "Sie erhalten diese Nachricht, weil sie zur Nutzung des Marktplatzes gehört.",
            _OPTIONAL: "Sie erhalten diese Nachricht, weil Sie den Marktplatz nutzen.",
        },
        automatic="Diese Nachricht wurde automatisch gesendet. Antworten darauf werden nicht gelesen.",
        controller="Verantwortlicher",
        unsubscribe="Diese Nachrichten abbestellen",
        the_prospect="Der Interessent",
        disabled_by_hand="Ein Benutzer hat den Endpunkt deaktiviert.",
        required="Vertrag oder Gesetz verlangen diese Nachrichten.",
        groups=dict(
            zip(
                NotificationGroup,
                (
                    "Bewerbungen",
                    "Chats",
                    "Treffen",
                    "gelieferte Leads",
                    "Reklamationen",
                    "Punkte",
                    "Anrufe",
                ),
                strict=True,
            )
        ),
    ),
    "pl": LetterWords(
        hello="Dzień dobry, {name},",
        hello_nobody="Dzień dobry,",
        accept="Zaakceptuj",
        decline="Odrzuć",
        open="Otwórz Leadgate",
        accept_invitation="Ustaw hasło",
        why={
            _LAW: "Wysłanie tej wiadomości jest wymagane przez prawo.",
            _CONTRACT: "Ta wiadomość jest związana z korzystaniem z serwisu.",
            _OPTIONAL: "Ta wiadomość jest wysyłana do osób korzystających z serwisu.",
        },
        automatic="Wiadomość wysłano automatycznie. Odpowiedzi na nią nie są czytane.",
        controller="Administrator danych",
        unsubscribe="Rezygnacja z tych wiadomości",
        the_prospect="Klient",
        disabled_by_hand="Punkt końcowy został wyłączony przez użytkownika.",
        required="Tych wiadomości wymaga umowa lub prawo.",
        groups=dict(
            zip(
                NotificationGroup,
                (
                    "zgłoszenia",
                    "czaty",
                    "spotkania",
                    "dostarczone leady",
                    "reklamacje",
                    "punkty",
                    "połączenia",
                ),
                strict=True,
            )
        ),
    ),
    "ro": LetterWords(
        hello="Bună ziua, {name},",
        hello_nobody="Bună ziua,",
        accept="Acceptați",
        decline="Refuzați",
        open="Deschideți Leadgate",
        accept_invitation="Setați parola",
        why={
            _LAW: "Legea ne obligă să vă trimitem acest mesaj.",
            _CONTRACT: "Primiți acest mesaj pentru că face parte din folosirea platformei.",
            _OPTIONAL: "Primiți acest mesaj pentru că folosiți platforma.",
        },
        automatic="Acest mesaj a fost trimis automat. Răspunsurile la el nu sunt citite.",
        controller="Operator de date",
        unsubscribe="Opriți aceste mesaje",
        the_prospect="Clientul",
        disabled_by_hand="Endpointul a fost dezactivat de un utilizator.",
        required="Aceste mesaje sunt cerute de contract sau de lege.",
        groups=dict(
            zip(
                NotificationGroup,
                (
                    "cereri",
                    "discuții",
                    "întâlniri",
                    "leaduri livrate",
                    "reclamații",
                    "puncte",
                    "apeluri",
                ),
                strict=True,
            )
        ),
    ),
}

PAGE_WORDS: Mapping[str, PageWords] = {
    "en": PageWords(
        introduction="What the vendor writes",
        word="A message to the vendor if you decline (optional)",
        review="I have read it and will decide later",
        accepted="You accepted the application. The vendor now sees your contact data.",
        declined="You declined the application.",
        reviewed="Thank you. You can still answer with the same link.",
        over="This link has been used or has expired. This is the state of the application:",
        late="The time to answer has passed, and your contact data was revealed to the vendor.",
        unknown="This link is not valid. Check that it was copied completely.",
        too_many="Too many attempts. Try again in a minute.",
        would_stop="You will no longer receive emails about {group}.",
        stop="Stop these messages",
        stopped="You no longer receive emails about {group}.",
        letters_would_stop="You will no longer receive emails that you can do without.",
        letters_stopped="You no longer receive emails that you can do without.",
        required_stay="Messages that the contract or the law requires are still sent.",
    ),
    "de": PageWords(
        introduction="Was der Anbieter schreibt",
        word="Eine Nachricht an den Anbieter, falls Sie ablehnen (freiwillig)",
        review="Gelesen; ich entscheide später",
        accepted="Sie haben die Bewerbung angenommen. Der Anbieter sieht jetzt Ihre Kontaktdaten.",
        declined="Sie haben die Bewerbung abgelehnt.",
        reviewed="Vielen Dank. Sie können über denselben Link weiterhin antworten.",
        over="Dieser Link wurde bereits verwendet oder ist abgelaufen. Stand der Bewerbung:",
        late="Die Zeit für eine Antwort ist abgelaufen, und Ihre Kontaktdaten wurden für den Anbieter freigegeben.",
        unknown="Dieser Link ist ungültig. Prüfen Sie, ob er vollständig kopiert wurde.",
        too_many="Zu viele Versuche. Versuchen Sie es in einer Minute erneut.",
        would_stop="Sie erhalten dann keine E-Mails mehr zum Thema: {group}.",
        stop="Diese Nachrichten abbestellen",
        stopped="Sie erhalten keine E-Mails mehr zum Thema: {group}.",
        letters_would_stop="Sie erhalten dann nur noch notwendige E-Mails.",
        letters_stopped="Sie erhalten nur noch notwendige E-Mails.",
        required_stay="Nachrichten, die Vertrag oder Gesetz verlangen, werden weiterhin gesendet.",
    ),
    "pl": PageWords(
        introduction="Co pisze usługodawca",
        word="Wiadomość do usługodawcy w razie odrzucenia (opcjonalnie)",
        review="Przeczytano; decyzja później",
        accepted="Zgłoszenie zostało zaakceptowane. Usługodawca widzi teraz dane kontaktowe.",
        declined="Zgłoszenie zostało odrzucone.",
        reviewed="Dziękujemy. Nadal można odpowiedzieć za pomocą tego samego linku.",
        over="Ten link został już użyty albo wygasł. Stan zgłoszenia:",
        late="Czas na odpowiedź minął, a dane kontaktowe zostały ujawnione usługodawcy.",
        unknown="Ten link jest nieprawidłowy. Prosimy sprawdzić, czy skopiowano go w całości.",
        too_many="Zbyt wiele prób. Prosimy spróbować ponownie za minutę.",
        would_stop="E-maile na ten temat nie będą już wysyłane: {group}.",
        stop="Rezygnacja z tych wiadomości",
        stopped="E-maile na ten temat nie są już wysyłane: {group}.",
        letters_would_stop="Wysyłane będą już tylko niezbędne e-maile.",
        letters_stopped="Wysyłane są już tylko niezbędne e-maile.",
        required_stay="Wiadomości wymagane przez umowę lub prawo będą nadal wysyłane.",
    ),
    "ro": PageWords(
        introduction="Ce scrie furnizorul",
        word="Un mesaj către furnizor în caz de refuz (opțional)",
        review="Am citit; decid mai târziu",
        accepted="Ați acceptat cererea. Furnizorul vede acum datele dumneavoastră de contact.",
        declined="Ați refuzat cererea.",
        reviewed="Vă mulțumim. Puteți răspunde în continuare cu același link.",
        over="Acest link a fost deja folosit sau a expirat. Starea cererii:",
        late="Termenul de răspuns a trecut, iar datele dumneavoastră de contact au fost dezvăluite furnizorului.",
        unknown="Acest link nu este valid. Verificați dacă a fost copiat în întregime.",
        too_many="Prea multe încercări. Încercați din nou peste un minut.",
        would_stop="Nu veți mai primi e-mailuri despre: {group}.",
        stop="Opriți aceste mesaje",
        stopped="Nu mai primiți e-mailuri despre: {group}.",
        letters_would_stop="Veți mai primi numai e-mailurile necesare.",
        letters_stopped="Primiți numai e-mailurile necesare.",
        required_stay="Mesajele cerute de contract sau de lege se trimit în continuare.",
    ),
}
