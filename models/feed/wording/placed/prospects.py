"""What prospects are shown about applications, by rule."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from models.feed.wording.catalog import Notice, Words
from models.feed.wording.words import WORDS

PLACED: Words = {
    "prospect_reviews": WORDS["APPLICATION_RECEIVED"],
    "prospect_answers": WORDS["REVIEW_REMINDER.opened_but_not_answered"],
    "prospect_asked_for_time": WORDS["MEETING_PROPOSED.prospect"],
    "time_proposed_before_answer": WORDS["MEETING_PROPOSED.prospect"],
    "prospect_disclosed": WORDS["CONTACT_DISCLOSED"],
    "not_disclosed_yet": {
        "en": Notice(
            "Your contact data is hidden",
            ("{vendor} will see it only if you accept, or if you do not respond before {answer_until}.",),
        ),
        "de": Notice(
            "Ihre Kontaktdaten sind verborgen",
            ("{vendor} sieht sie erst, wenn Sie zusagen oder bis zum {answer_until} nicht antworten.",),
        ),
        "pl": Notice(
            "Państwa dane kontaktowe są ukryte",
            (
                "{vendor} zobaczy je dopiero po akceptacji zgłoszenia lub w razie braku odpowiedzi przed {answer_until}.",
            ),
        ),
        "ro": Notice(
            "Datele dumneavoastră de contact sunt ascunse",
            ("{vendor} le va vedea numai dacă acceptați sau dacă nu răspundeți înainte de {answer_until}.",),
        ),
    },
    "withdrawal_possible": {
        "en": Notice(
            "You accepted",
            ("You can still withdraw your acceptance, but contact data already revealed stays visible.",),
        ),
        "de": Notice(
            "Sie haben zugesagt",
            (
                "Sie können Ihre Zusage noch zurückziehen; bereits freigegebene Kontaktdaten bleiben jedoch sichtbar.",
            ),
        ),
        "pl": Notice(
            "Zgłoszenie zaakceptowane",
            ("Akceptację można jeszcze wycofać, ale ujawnione już dane kontaktowe pozostaną widoczne.",),
        ),
        "ro": Notice(
            "Ați acceptat",
            ("Vă mai puteți retrage acceptul, dar datele de contact deja dezvăluite rămân vizibile.",),
        ),
    },
    "answer_still_possible": {
        "en": Notice(
            "You have not answered",
            (
                "{vendor} sees your contact data because you did not respond within {reveal_after}.",
                "You can still accept or decline; contact data already revealed stays visible.",
            ),
        ),
        "de": Notice(
            "Sie haben nicht geantwortet",
            (
                "{vendor} sieht Ihre Kontaktdaten, weil Sie innerhalb von {reveal_after} nicht geantwortet haben.",
                "Sie können noch zusagen oder ablehnen; bereits freigegebene Kontaktdaten bleiben sichtbar.",
            ),
        ),
        "pl": Notice(
            "Brak odpowiedzi na zgłoszenie",
            (
                "{vendor} widzi Państwa dane kontaktowe, ponieważ nie otrzymaliśmy odpowiedzi w terminie ({reveal_after}).",
                "Zgłoszenie można jeszcze zaakceptować lub odrzucić; ujawnione już dane kontaktowe pozostaną widoczne.",
            ),
        ),
        "ro": Notice(
            "Nu ați răspuns",
            (
                "{vendor} vă vede datele de contact pentru că nu ați răspuns în termen de {reveal_after}.",
                "Mai puteți accepta sau refuza; datele de contact deja dezvăluite rămân vizibile.",
            ),
        ),
    },
    "never_disclosed": {
        "en": Notice("You declined in time", ("{vendor} will not see your contact data.",)),
        "de": Notice("Sie haben rechtzeitig abgelehnt", ("{vendor} erhält Ihre Kontaktdaten nicht.",)),
        "pl": Notice(
            "Zgłoszenie odrzucone w terminie", ("{vendor} nie zobaczy Państwa danych kontaktowych.",)
        ),
        "ro": Notice("Ați refuzat în termen", ("{vendor} nu vă va vedea datele de contact.",)),
    },
    "disclosed_before": {
        "en": Notice(
            "You declined or withdrew your acceptance",
            ("{vendor} keeps the contact data that had already been revealed.",),
        ),
        "de": Notice(
            "Sie haben abgelehnt oder Ihre Zusage zurückgezogen",
            ("{vendor} behält die Kontaktdaten, die bereits freigegeben waren.",),
        ),
        "pl": Notice(
            "Zgłoszenie odrzucone lub akceptacja wycofana",
            ("{vendor} zachowuje dane kontaktowe, które zostały już ujawnione.",),
        ),
        "ro": Notice(
            "Ați refuzat sau v-ați retras acceptul",
            ("{vendor} păstrează datele de contact deja dezvăluite.",),
        ),
    },
}
