"""Words of notifications about meetings."""

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words.phrases import DE, EN, PL, RO

WORDS: Words = {
    "MEETING_PROPOSED.vendor": {
        "en": Notice(
            "Proposed meeting time: “{lead}”",
            (
                "The prospect proposes {meeting_at}.",
                "Until then, you can confirm it or propose another time.",
            ),
        ),
        "de": Notice(
            "Terminvorschlag: „{lead}“",
            (
                "Vorschlag des Interessenten: {meeting_at}.",
                "Bis dahin können Sie den Termin bestätigen oder einen anderen vorschlagen.",
            ),
        ),
        "pl": Notice(
            "Propozycja terminu spotkania: „{lead}”",
            (
                "Propozycja klienta: {meeting_at}.",
                "Do tego czasu można potwierdzić ten termin lub zaproponować inny.",
            ),
        ),
        "ro": Notice(
            "Dată propusă pentru întâlnire: „{lead}”",
            (
                "Propunerea clientului: {meeting_at}.",
                "Până atunci puteți confirma data sau puteți propune alta.",
            ),
        ),
    },
    "MEETING_PROPOSED.prospect": {
        "en": Notice(
            "Proposed meeting time: “{lead}”",
            ("{vendor} proposes {meeting_at}.", "Until then, you can confirm it or propose another time."),
        ),
        "de": Notice(
            "Terminvorschlag: „{lead}“",
            (
                "Vorschlag von {vendor}: {meeting_at}.",
                "Bis dahin können Sie den Termin bestätigen oder einen anderen vorschlagen.",
            ),
        ),
        "pl": Notice(
            "Propozycja terminu spotkania: „{lead}”",
            (
                "{vendor} proponuje: {meeting_at}.",
                "Do tego czasu można potwierdzić ten termin lub zaproponować inny.",
            ),
        ),
        "ro": Notice(
            "Dată propusă pentru întâlnire: „{lead}”",
            (
                "{vendor} propune: {meeting_at}.",
                "Până atunci puteți confirma data sau puteți propune alta.",
            ),
        ),
    },
    "MEETING_AGREED": {
        "en": Notice("Meeting agreed: “{lead}”", ("The meeting takes place on {meeting_at}.", EN.meeting)),
        "de": Notice("Treffen vereinbart: „{lead}“", ("Termin: {meeting_at}.", DE.meeting)),
        "pl": Notice("Uzgodniono spotkanie: „{lead}”", ("Termin: {meeting_at}.", PL.meeting)),
        "ro": Notice("Întâlnire stabilită: „{lead}”", ("Data întâlnirii: {meeting_at}.", RO.meeting)),
    },
    "MEETING_CANCELLED": {
        "en": Notice(
            "Meeting cancelled: “{lead}”",
            ("No meeting is currently scheduled.", "You can propose a new time."),
        ),
        "de": Notice(
            "Treffen abgesagt: „{lead}“",
            ("Derzeit ist kein Treffen geplant.", "Sie können einen neuen Termin vorschlagen."),
        ),
        "pl": Notice(
            "Odwołano spotkanie: „{lead}”",
            ("Obecnie nie ma zaplanowanego spotkania.", "Można zaproponować nowy termin."),
        ),
        "ro": Notice(
            "Întâlnire anulată: „{lead}”",
            ("Momentan nu este programată nicio întâlnire.", "Puteți propune o nouă dată."),
        ),
    },
    "MEETING_RECORDED.TOOK_PLACE": {
        "en": Notice(
            "Meeting recorded: “{lead}”",
            ("The meeting was recorded as held.", "If this is incorrect, contact the operator."),
        ),
        "de": Notice(
            "Treffen vermerkt: „{lead}“",
            (
                "Es wurde vermerkt, dass das Treffen stattgefunden hat.",
                "Falls das nicht stimmt, wenden Sie sich an den Betreiber.",
            ),
        ),
        "pl": Notice(
            "Odnotowano spotkanie: „{lead}”",
            (
                "Odnotowano, że spotkanie się odbyło.",
                "Jeśli ta informacja jest nieprawidłowa, prosimy o kontakt z operatorem.",
            ),
        ),
        "ro": Notice(
            "Întâlnire consemnată: „{lead}”",
            (
                "S-a consemnat că întâlnirea a avut loc.",
                "Dacă informația nu este corectă, adresați-vă operatorului.",
            ),
        ),
    },
    "MEETING_RECORDED.NO_SHOW": {
        "en": Notice(
            "No-show recorded: “{lead}”",
            ("The meeting was recorded as not held.", "If this is incorrect, contact the operator."),
        ),
        "de": Notice(
            "Nichterscheinen vermerkt: „{lead}“",
            (
                "Es wurde vermerkt, dass kein Treffen stattgefunden hat.",
                "Falls das nicht stimmt, wenden Sie sich an den Betreiber.",
            ),
        ),
        "pl": Notice(
            "Odnotowano nieobecność: „{lead}”",
            (
                "Odnotowano, że spotkanie się nie odbyło.",
                "Jeśli ta informacja jest nieprawidłowa, prosimy o kontakt z operatorem.",
            ),
        ),
        "ro": Notice(
            "Neprezentare consemnată: „{lead}”",
            (
                "S-a consemnat că întâlnirea nu a avut loc.",
                "Dacă informația nu este corectă, adresați-vă operatorului.",
            ),
        ),
    },
}
