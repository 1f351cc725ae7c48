"""Words of notifications about meetings."""

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words.phrases import DE, EN, PL, RO

WORDS: Words = {
    "MEETING_PROPOSED.vendor": {
        "en": Notice(
            "New time for the meeting: “{lead}”",
            ("The prospect proposes {meeting_at}.", "Until then you can confirm it or propose another time."),
        ),
        "de": Notice(
            "Neuer Termin für das Treffen: „{lead}“",
            (
                "Vorschlag des Interessenten: {meeting_at}.",
                "Bis dahin können Sie ihn bestätigen oder einen anderen vorschlagen.",
            ),
        ),
        "pl": Notice(
            "Nowy termin spotkania: „{lead}”",
            (
                "Propozycja klienta: {meeting_at}.",
                "Do tego czasu możesz potwierdzić ten termin lub zaproponować inny.",
            ),
        ),
        "ro": Notice(
            "O nouă oră pentru întâlnire: „{lead}”",
            (
                "Propunerea clientului: {meeting_at}.",
                "Până atunci o puteți confirma sau puteți propune o altă oră.",
            ),
        ),
    },
    "MEETING_PROPOSED.prospect": {
        "en": Notice(
            "New time for the meeting: “{lead}”",
            ("{vendor} proposes {meeting_at}.", "Until then you can confirm it or propose another time."),
        ),
        "de": Notice(
            "Neuer Termin für das Treffen: „{lead}“",
            (
                "Vorschlag von {vendor}: {meeting_at}.",
                "Bis dahin können Sie ihn bestätigen oder einen anderen vorschlagen.",
            ),
        ),
        "pl": Notice(
            "Nowy termin spotkania: „{lead}”",
            (
                "{vendor} proponuje: {meeting_at}.",
                "Do tego czasu możesz potwierdzić ten termin lub zaproponować inny.",
            ),
        ),
        "ro": Notice(
            "O nouă oră pentru întâlnire: „{lead}”",
            (
                "{vendor} propune: {meeting_at}.",
                "Până atunci o puteți confirma sau puteți propune o altă oră.",
            ),
        ),
    },
    "MEETING_AGREED": {
        "en": Notice("Meeting agreed: “{lead}”", ("It takes place: {meeting_at}.", EN.meeting)),
        "de": Notice("Treffen vereinbart: „{lead}“", ("Termin: {meeting_at}.", DE.meeting)),
        "pl": Notice("Uzgodniono spotkanie: „{lead}”", ("Termin: {meeting_at}.", PL.meeting)),
        "ro": Notice("Întâlnire stabilită: „{lead}”", ("Are loc: {meeting_at}.", RO.meeting)),
    },
    "MEETING_CANCELLED": {
        "en": Notice(
            "Meeting cancelled: “{lead}”", ("No meeting is planned now.", "You can propose a new time.")
        ),
        "de": Notice(
            "Treffen abgesagt: „{lead}“",
            ("Zurzeit ist kein Treffen geplant.", "Sie können einen neuen Termin vorschlagen."),
        ),
        "pl": Notice(
            "Odwołano spotkanie: „{lead}”",
            ("Obecnie nie ma zaplanowanego spotkania.", "Możesz zaproponować nowy termin."),
        ),
        "ro": Notice(
            "Întâlnire anulată: „{lead}”",
            ("Acum nu este planificată nicio întâlnire.", "Puteți propune o nouă oră."),
        ),
    },
    "MEETING_RECORDED.TOOK_PLACE": {
        "en": Notice(
            "Meeting recorded: “{lead}”",
            ("It was recorded that the meeting took place.", "If that is wrong, tell the operator."),
        ),
        "de": Notice(
            "Treffen vermerkt: „{lead}“",
            (
                "Es wurde vermerkt, dass das Treffen stattgefunden hat.",
                "Stimmt das nicht, melden Sie es dem Betreiber.",
            ),
        ),
        "pl": Notice(
            "Odnotowano spotkanie: „{lead}”",
            ("Odnotowano, że spotkanie się odbyło.", "Jeśli to nieprawda, zgłoś to operatorowi."),
        ),
        "ro": Notice(
            "Întâlnire înregistrată: „{lead}”",
            ("S-a înregistrat că întâlnirea a avut loc.", "Dacă nu este adevărat, anunțați operatorul."),
        ),
    },
    "MEETING_RECORDED.NO_SHOW": {
        "en": Notice(
            "No-show recorded: “{lead}”",
            ("It was recorded that no meeting took place.", "If that is wrong, tell the operator."),
        ),
        "de": Notice(
            "Nichterscheinen vermerkt: „{lead}“",
            (
                "Es wurde vermerkt, dass kein Treffen stattgefunden hat.",
                "Stimmt das nicht, melden Sie es dem Betreiber.",
            ),
        ),
        "pl": Notice(
            "Odnotowano nieobecność: „{lead}”",
            ("Odnotowano, że spotkanie się nie odbyło.", "Jeśli to nieprawda, zgłoś to operatorowi."),
        ),
        "ro": Notice(
            "Neprezentare înregistrată: „{lead}”",
            ("S-a înregistrat că întâlnirea nu a avut loc.", "Dacă nu este adevărat, anunțați operatorul."),
        ),
    },
}
