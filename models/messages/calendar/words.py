"""Words of calendar events in each language; a language that lacks one fails when this module is imported."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """Titles, sentences and labels. `{other}` is the other side's name, `{lead}` the lead's title,
    `{complaint}` a complaint's number."""

    proposed_to_prospect: str
    proposed_by_vendor: str
    answer_due: str
    answer: str
    meeting: str
    contact: str
    revealed: str
    cancelled: str
    waiting_text: str
    answer_text: str
    revealed_text: str
    cancelled_text: str
    name: str
    organisation: str
    phone: str
    extension: str
    email: str
    link: str
    feed: str
    feed_meeting: str
    window_ends: str
    decide: str
    letter: str
    attached_text: str


WORDS: Mapping[str, CalendarWords] = {
    "en": CalendarWords(
        proposed_to_prospect="Proposed meeting: “{lead}”",
        proposed_by_vendor="Proposed meeting with {other}: “{lead}”",
        answer_due="Answer due: “{lead}”",
        answer="Answer {other}: “{lead}”",
        meeting="Meeting with {other}: “{lead}”",
        contact="Contact {other}: “{lead}”",
        revealed="Contact data revealed to {other}: “{lead}”",
        cancelled="Cancelled: “{lead}”",
        waiting_text="The prospect has not answered yet. Without a response, the contact data is revealed automatically on {due}.",
        answer_text="You can accept or decline the application before {due}. Without a response, your contact data is revealed automatically to {vendor} at that time.",
        revealed_text="Your contact data was revealed to {vendor}.",
        cancelled_text="This event was cancelled.",
        name="Name",
        organisation="Organisation",
        phone="Phone",
        extension="{phone}, ext. {extension}",
        email="Email",
        link="Meeting link",
        feed="Leadgate: meetings and deadlines",
        feed_meeting="Meeting: “{lead}”",
        window_ends="Complaint window ends: “{lead}”",
        decide="Decide complaint {complaint}",
        letter="Calendar event: “{lead}”",
        attached_text="The contact data was revealed to you. It is in the attached calendar event.",
    ),
    "de": CalendarWords(
        proposed_to_prospect="Vorgeschlagenes Treffen: „{lead}“",
        proposed_by_vendor="Vorgeschlagenes Treffen mit {other}: „{lead}“",
        answer_due="Antwort fällig: „{lead}“",
        answer="Antwort an {other}: „{lead}“",
        meeting="Treffen mit {other}: „{lead}“",
        contact="Kontakt mit {other}: „{lead}“",
        revealed="Kontaktdaten freigegeben für {other}: „{lead}“",
        cancelled="Abgesagt: „{lead}“",
        waiting_text="Der Interessent hat noch nicht geantwortet. Ohne Antwort werden die Kontaktdaten am {due} automatisch freigegeben.",
        answer_text="Sie können die Bewerbung vor dem {due} annehmen oder ablehnen. Ohne Antwort werden Ihre Kontaktdaten zu diesem Zeitpunkt automatisch für {vendor} freigegeben.",
        revealed_text="Ihre Kontaktdaten wurden für {vendor} freigegeben.",
        cancelled_text="Dieser Termin wurde abgesagt.",
        name="Name",
        organisation="Organisation",
        phone="Telefon",
        extension="{phone}, Durchwahl {extension}",
        email="E-Mail",
        link="Link zum Treffen",
        feed="Leadgate: Treffen und Fristen",
        feed_meeting="Treffen: „{lead}“",
        window_ends="Reklamationsfrist endet: „{lead}“",
        decide="Reklamation {complaint} entscheiden",
        letter="Kalendereintrag: „{lead}“",
        attached_text="Die Kontaktdaten wurden freigegeben. Sie stehen im angehängten Kalendereintrag.",
    ),
    "pl": CalendarWords(
        proposed_to_prospect="Propozycja spotkania: „{lead}”",
        proposed_by_vendor="Propozycja spotkania: {other}, „{lead}”",
        answer_due="Termin odpowiedzi: „{lead}”",
        answer="Odpowiedź dla {other}: „{lead}”",
        meeting="Spotkanie: {other}, „{lead}”",
        contact="Kontakt: {other}, „{lead}”",
        revealed="Ujawniono dane kontaktowe: {other}, „{lead}”",
        cancelled="Odwołano: „{lead}”",
        waiting_text="Klient jeszcze nie odpowiedział. W razie braku odpowiedzi dane kontaktowe zostaną ujawnione automatycznie {due}.",
        answer_text="Zgłoszenie można zaakceptować lub odrzucić przed {due}. W razie braku odpowiedzi {vendor} zobaczy Państwa dane kontaktowe automatycznie z upływem tego terminu.",
        revealed_text="{vendor} widzi Państwa dane kontaktowe.",
        cancelled_text="To wydarzenie zostało odwołane.",
        name="Imię i nazwisko",
        organisation="Organizacja",
        phone="Telefon",
        extension="{phone}, wew. {extension}",
        email="E-mail",
        link="Link do spotkania",
        feed="Leadgate: spotkania i terminy",
        feed_meeting="Spotkanie: „{lead}”",
        window_ends="Koniec terminu na reklamację: „{lead}”",
        decide="Termin decyzji: reklamacja {complaint}",
        letter="Wydarzenie w kalendarzu: „{lead}”",
        attached_text="Dane kontaktowe zostały ujawnione. Są w załączonym wydarzeniu kalendarza.",
    ),
    "ro": CalendarWords(
        proposed_to_prospect="Întâlnire propusă: „{lead}”",
        proposed_by_vendor="Întâlnire propusă cu {other}: „{lead}”",
        answer_due="Termen de răspuns: „{lead}”",
        answer="Răspuns pentru {other}: „{lead}”",
        meeting="Întâlnire cu {other}: „{lead}”",
        contact="Contact cu {other}: „{lead}”",
        revealed="Date de contact dezvăluite către {other}: „{lead}”",
        cancelled="Anulat: „{lead}”",
        waiting_text="Clientul nu a răspuns încă. În lipsa unui răspuns, datele de contact vor fi dezvăluite automat pe {due}.",
        answer_text="Puteți accepta sau refuza cererea înainte de {due}. În lipsa unui răspuns, datele dumneavoastră de contact vor fi dezvăluite automat către {vendor} la acel moment.",
        revealed_text="Datele dumneavoastră de contact au fost dezvăluite către {vendor}.",
        cancelled_text="Acest eveniment a fost anulat.",
        name="Nume",
        organisation="Organizație",
        phone="Telefon",
        extension="{phone}, int. {extension}",
        email="E-mail",
        link="Link pentru întâlnire",
        feed="Leadgate: întâlniri și termene",
        feed_meeting="Întâlnire: „{lead}”",
        window_ends="Expiră termenul de reclamație: „{lead}”",
        decide="De decis: reclamația {complaint}",
        letter="Eveniment în calendar: „{lead}”",
        attached_text="Datele de contact au fost dezvăluite. Se află în evenimentul de calendar atașat.",
    ),
}
