"""Sentences that several notifications have in common, in each language."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """The shared sentences of one language."""

    complain: str
    reach: str
    meeting: str
    answer: tuple[str, ...]
    fee: tuple[str, ...]


EN = Phrases(
    complain="If it is faulty, you can complain about it before {complaint_until}.",
    reach="You see it on your dashboard: get in touch now.",
    meeting="You can move or cancel it until it begins.",
    answer=(
        "You can accept or decline it before {answer_until}.",
        "If you accept, {vendor} sees your contact data at once; without an answer it opens by itself then.",
        "If you decline before, it stays closed.",
    ),
    fee=(
        "Returned to your account: {returned}.",
        "The fee is not returned ({kept}); the application says why.",
    ),
)
DE = Phrases(
    complain="Sind sie fehlerhaft, können Sie sie vor dem {complaint_until} reklamieren.",
    reach="Sie finden sie auf Ihrem Dashboard: Nehmen Sie jetzt Kontakt auf.",
    meeting="Bis es beginnt, können Sie es verlegen oder absagen.",
    answer=(
        "Sie können sie vor dem {answer_until} annehmen oder ablehnen.",
        "Nehmen Sie an, sieht {vendor} Ihre Kontaktdaten sofort; ohne Antwort öffnen sie sich dann von selbst.",
        "Lehnen Sie vorher ab, bleiben sie verschlossen.",
    ),
    fee=(
        "Zurückgebucht auf Ihr Konto: {returned}.",
        "Die Gebühr wird nicht erstattet ({kept}); den Grund nennt die Bewerbung.",
    ),
)
PL = Phrases(
    complain="Jeśli są błędne, możesz je zareklamować przed {complaint_until}.",
    reach="Znajdziesz je w swoim panelu: skontaktuj się teraz.",
    meeting="Dopóki się nie zacznie, możesz je przełożyć lub odwołać.",
    answer=(
        "Możesz je przyjąć lub odrzucić przed {answer_until}.",
        "Po przyjęciu {vendor} od razu zobaczy Twoje dane kontaktowe; bez odpowiedzi otworzą się wtedy same.",
        "Jeśli odrzucisz wcześniej, pozostaną zamknięte.",
    ),
    fee=(
        "Zwrócono na Twoje konto: {returned}.",
        "Opłata nie zostanie zwrócona ({kept}); powód podaje zgłoszenie.",
    ),
)
RO = Phrases(
    complain="Dacă sunt greșite, le puteți reclama înainte de {complaint_until}.",
    reach="Le găsiți în panoul dumneavoastră: luați legătura acum.",
    meeting="Până începe, o puteți muta sau anula.",
    answer=(
        "O puteți accepta sau refuza înainte de {answer_until}.",
        "Dacă acceptați, {vendor} vă vede imediat datele de contact; fără răspuns, ele se deschid atunci singure.",
        "Dacă refuzați înainte, ele rămân închise.",
    ),
    fee=(
        "Returnat în contul dumneavoastră: {returned}.",
        "Taxa nu se returnează ({kept}); motivul se află la candidatură.",
    ),
)
