"""Owns the Polish catalog; durations and numbers stand where the nominative is right.

It must not say more or less than the English one: a test compares keys and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Catalog, Notice
from models.feed.wording.sentences.polish import SENTENCES

_COMPLAIN = "Jeśli są błędne, możesz je zareklamować przed {complaint_until}."
_REACH = "Znajdziesz je w swoim panelu: skontaktuj się teraz."
_MEETING = "Dopóki się nie zacznie, możesz je przełożyć lub odwołać."
_ANSWER = (
    "Możesz je przyjąć lub odrzucić przed {answer_until}.",
    "Po przyjęciu {vendor} od razu zobaczy Twoje dane kontaktowe; bez odpowiedzi otworzą się wtedy same.",
    "Jeśli odrzucisz wcześniej, pozostaną zamknięte.",
)
_FEE = (
    "Zwrócono na Twoje konto: {returned}.",
    "Opłata nie zostanie zwrócona ({kept}); powód podaje zgłoszenie.",
)

POLISH = Catalog(
    language="pl",
    points={
        "one": "{number} punkt",
        "few": "{number} punkty",
        "many": "{number} punktów",
        "other": "{number} punktu",
    },
    moment="{date}, {time} {zone}",
    sentences=SENTENCES,
    changes={
        "visibility.VISIBLE": "Bez odpowiedzi dane otworzą się same: {at}.",
        "review_reminder.REMIND": "Bez odpowiedzi zostanie wysłane przypomnienie: {at}.",
        "other": "To zmieni się samo: {at}.",
    },
    disagreement="Dwa sprawdzenia reguł dają różne wyniki, więc obowiązuje bezpieczna odpowiedź; operator został powiadomiony.",
    notices={
        "APPLICATION_RECEIVED": Notice(
            "{vendor} przysyła zgłoszenie: „{lead}”", ("Przeczytaj przedstawienie w zgłoszeniu.", *_ANSWER)
        ),
        "REVIEW_REMINDER.not_reviewed": Notice(
            "Prosimy o przejrzenie zgłoszenia: „{lead}”",
            (
                "Zgłoszenie nie zostało jeszcze otwarte ({vendor}).",
                *_ANSWER,
                "Napisz, czy chcesz się spotkać.",
            ),
        ),
        "REVIEW_REMINDER.opened_but_not_answered": Notice(
            "Prosimy o odpowiedź na zgłoszenie: „{lead}”",
            (
                "Zgłoszenie zostało przeczytane, ale bez odpowiedzi ({vendor}).",
                *_ANSWER,
                "Napisz, czy chcesz się spotkać.",
            ),
        ),
        "APPLICATION_SUBMITTED": Notice(
            "Wysłano zgłoszenie: „{lead}”",
            (
                "Czas klienta na odpowiedź: {reveal_after}.",
                "Po przyjęciu dane kontaktowe otworzą się od razu; bez odpowiedzi otworzą się same: {opens_at}.",
                "Jeśli klient odrzuci wcześniej, pozostaną zamknięte.",
            ),
        ),
        "APPLICATION_ACCEPTED": Notice(
            "Przyjęto: „{lead}”",
            ("Klient przyjął zgłoszenie; dane kontaktowe są otwarte.", _REACH, _COMPLAIN),
        ),
        "APPLICATION_ACCEPTED.opened_before": Notice(
            "Przyjęto: „{lead}”",
            ("Klient przyjął zgłoszenie; dane kontaktowe były już otwarte.", _REACH, _COMPLAIN),
        ),
        "APPLICATION_DECLINED": Notice(
            "Odrzucono: „{lead}”", ("Klient odrzucił zgłoszenie; nie trzeba nic robić.", *_FEE)
        ),
        "APPLICATION_DECLINED.declined_in_time": Notice(
            "Odrzucono: „{lead}”",
            (
                "Klient odrzucił zgłoszenie w terminie ({reveal_after}): tożsamość i dane kontaktowe pozostają zamknięte.",
                *_FEE,
                "Możesz zgłosić się do innych zapytań.",
            ),
        ),
        "APPLICATION_DECLINED.declined_late": Notice(
            "Odrzucono: „{lead}”",
            (
                "Klient odrzucił zgłoszenie, gdy dane kontaktowe były już otwarte: pozostają otwarte.",
                *_FEE,
            ),
        ),
        "APPLICATION_DECLINED.acceptance_withdrawn": Notice(
            "Wycofano przyjęcie: „{lead}”",
            ("Klient wycofał przyjęcie: dane kontaktowe pozostają otwarte.", *_FEE),
        ),
        "APPLICATION_ENDED.vendor": Notice(
            "Zakończono: „{lead}”",
            (
                "Z klientem nie można się już kontaktować, więc Twoje zgłoszenie zostało zakończone: dane kontaktowe pozostają zamknięte.",
                *_FEE,
                "Możesz zgłosić się do innych zapytań.",
            ),
        ),
        "APPLICATION_ENDED.prospect": Notice(
            "Zakończono zgłoszenie do „{lead}”",
            (
                "Nie wolno się już z Tobą kontaktować, więc zgłoszenie od {vendor} zostało zakończone: Twoje dane kontaktowe pozostają zamknięte.",
                "Nie trzeba nic robić.",
            ),
        ),
        "CONTACT_REVEALED": Notice(
            "Dane kontaktowe otwarte: „{lead}”",
            (
                "Klient nie odpowiedział w terminie ({reveal_after}), więc dane otworzyły się same: {opens_at}.",
                _REACH,
                _COMPLAIN,
            ),
        ),
        "CONTACT_DISCLOSED": Notice(
            "{vendor} widzi Twoje dane kontaktowe",
            ("Otwarto je dla zapytania „{lead}”; możesz zapytać o to operatora.",),
        ),
        "CONTACT_DISCLOSED.prospect_accepted": Notice(
            "{vendor} widzi Twoje dane kontaktowe",
            (
                "Zgłoszenie do „{lead}” zostało przez Ciebie przyjęte.",
                "Możesz jeszcze wycofać przyjęcie: to nie zamyka tego, co już widziano.",
            ),
        ),
        "CONTACT_DISCLOSED.revealed_by_silence": Notice(
            "{vendor} widzi Twoje dane kontaktowe",
            (
                "Na zgłoszenie do „{lead}” nie było odpowiedzi w terminie ({reveal_after}), więc dane otworzyły się same.",
                "Możesz jeszcze odrzucić: to nie zamyka tego, co już widziano.",
            ),
        ),
        "FEE_REFUNDED": Notice(
            "Zwrócono opłatę: „{lead}”",
            (
                "Zwrócono na Twoje konto: {fee}.",
                "{decision}",
                "Możesz już użyć punktów do innych zapytań.",
            ),
        ),
        "MEETING_PROPOSED.vendor": Notice(
            "Nowy termin spotkania: „{lead}”",
            (
                "Propozycja klienta: {meeting_at}.",
                "Do tego czasu możesz potwierdzić ten termin lub zaproponować inny.",
            ),
        ),
        "MEETING_PROPOSED.prospect": Notice(
            "Nowy termin spotkania: „{lead}”",
            (
                "{vendor} proponuje: {meeting_at}.",
                "Do tego czasu możesz potwierdzić ten termin lub zaproponować inny.",
            ),
        ),
        "MEETING_AGREED": Notice("Uzgodniono spotkanie: „{lead}”", ("Termin: {meeting_at}.", _MEETING)),
        "MEETING_CANCELLED": Notice(
            "Odwołano spotkanie: „{lead}”",
            ("Obecnie nie ma zaplanowanego spotkania.", "Możesz zaproponować nowy termin."),
        ),
        "MEETING_RECORDED.TOOK_PLACE": Notice(
            "Odnotowano spotkanie: „{lead}”",
            ("Odnotowano, że spotkanie się odbyło.", "Jeśli to nieprawda, zgłoś to operatorowi."),
        ),
        "MEETING_RECORDED.NO_SHOW": Notice(
            "Odnotowano nieobecność: „{lead}”",
            ("Odnotowano, że spotkanie się nie odbyło.", "Jeśli to nieprawda, zgłoś to operatorowi."),
        ),
        "POINTS_PURCHASED": Notice(
            "Zaksięgowano: {points}",
            ("Są na Twoim koncie.", "Możesz już zgłaszać się za nie do zapytań."),
        ),
        "LEAD_DELIVERED": Notice(
            "Nowy kontakt: „{lead}”", ("Jego dane kontaktowe są dla Ciebie otwarte.", _REACH, _COMPLAIN)
        ),
        "COMPLAINT_FILED.vendor": Notice(
            "Złożono reklamację {complaint}",
            (
                "Kontakty: {items}.",
                "O każdym decyduje się osobno, o wszystkich przed {decide_by}.",
                "Do tego czasu możesz napisać na czacie reklamacji, co za nią przemawia.",
            ),
        ),
        "COMPLAINT_FILED.operator": Notice(
            "Nowa reklamacja {complaint}: {vendor}",
            ("Kontakty: {items}.", "O tym, co wymaga sprawdzenia, trzeba zdecydować przed {decide_by}."),
        ),
        "COMPLAINT_PROGRESS": Notice(
            "Twoja reklamacja jest sprawdzana",
            ("Sprawdzono dotąd: {checked} z {total}.", "Dopóki nie zostanie złożona, nie trzeba nic robić."),
        ),
        "COMPLAINT_DECIDED": Notice(
            "Rozpatrzono reklamację {complaint}",
            (
                "Plik z odpowiedzią i komentarzami jest wśród plików Twojego konta.",
                "To, co uznano, zostanie zastąpione albo punkty wrócą.",
                "Możesz o nią zapytać na czacie reklamacji.",
            ),
        ),
        "COMPLAINT_DUE": Notice(
            "Reklamacja {complaint} czeka na decyzję",
            ("Złożył ją usługodawca: {vendor}.", "Zdecyduj przed {decide_by}."),
        ),
        "COMPLAINT_OVERDUE.vendor": Notice(
            "Decyzja o reklamacji {complaint} się opóźnia",
            (
                "Termin upłynął: {decide_by}; operator otrzymał przypomnienie.",
                "Brak odpowiedzi niczego nie rozstrzyga.",
                "Możesz o nią zapytać na czacie reklamacji.",
            ),
        ),
        "COMPLAINT_OVERDUE.operator": Notice(
            "Reklamacja {complaint} jest po terminie",
            (
                "Decyzja była potrzebna przed {decide_by}.",
                "Usługodawca został powiadomiony: {vendor}.",
                "Zdecyduj teraz.",
            ),
        ),
        "COMPLAINT_MESSAGE.vendor": Notice(
            "Nowa wiadomość w sprawie reklamacji {complaint}",
            ("Napisał ją operator.", "Możesz ją już przeczytać i odpowiedzieć na czacie reklamacji."),
        ),
        "COMPLAINT_MESSAGE.operator": Notice(
            "Nowa wiadomość w sprawie reklamacji {complaint}",
            (
                "Napisał ją usługodawca: {vendor}.",
                "Możesz ją już przeczytać i odpowiedzieć na czacie reklamacji.",
            ),
        ),
        "REPLACEMENT_DELIVERED": Notice(
            "Kontakt zastępczy: „{lead}”",
            ("Zastępuje wadliwy kontakt; jego dane kontaktowe są dla Ciebie otwarte.", _REACH, _COMPLAIN),
        ),
        "REMEDY_POINTS": Notice(
            "Zwrócono z reklamacji: {points}",
            (
                "Są znowu na Twoim koncie.",
                "Wadliwy kontakt: „{lead}”.",
                "{decision}",
                "Możesz ich już użyć do innych zapytań.",
            ),
        ),
        "REMEDY_POINTS.waited": Notice(
            "Nie znaleziono zamiennika, zwrócono: {points}",
            (
                "Zamiennik wadliwego kontaktu nie pojawił się w terminie, dlatego jego punkty są znowu na Twoim koncie.",
                "Wadliwy kontakt: „{lead}”.",
                "Możesz ich już użyć do innych zapytań.",
            ),
        ),
        "REMEDY_POINTS.free": Notice(
            "Nie znaleziono zamiennika: „{lead}”",
            (
                "Zamiennik wadliwego kontaktu nie pojawił się w terminie.",
                "Kontakt był bezpłatny: nic za niego nie pobrano, więc żadne punkty nie wracają.",
            ),
        ),
    },
)
