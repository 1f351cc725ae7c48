"""Owns the German catalog.

It must not say more or less than the English one: a test compares keys and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.wording.catalog import Catalog, Notice

_COMPLAIN = "Sind sie fehlerhaft, können Sie sie vor dem {complaint_until} reklamieren."
_REACH = "Sie finden sie auf Ihrem Dashboard: Nehmen Sie jetzt Kontakt auf."
_MEETING = "Bis es beginnt, können Sie es verlegen oder absagen."
_ANSWER = (
    "Sie können sie vor dem {answer_until} annehmen oder ablehnen.",
    "Nehmen Sie an, sieht {vendor} Ihre Kontaktdaten sofort; ohne Antwort öffnen sie sich dann von selbst.",
    "Lehnen Sie vorher ab, bleiben sie verschlossen.",
)
_FEE = (
    "Zurückgebucht auf Ihr Konto: {returned}.",
    "Die Gebühr wird nicht erstattet ({kept}); den Grund nennt die Bewerbung.",
)

GERMAN = Catalog(
    language="de",
    points={"one": "{number} Punkt", "other": "{number} Punkte"},
    moment="{date}, {time} {zone}",
    sentences={
        "visibility": {
            "person_erased": "Die Person wurde gelöscht: Die Kontaktdaten gibt es nicht mehr.",
            "own_data": "Das sind die eigenen Kontaktdaten des Interessenten.",
            "operator_looks": "Der Betreiber darf Kontaktdaten sehen; der Blick wird protokolliert.",
            "not_concerned": "Nur der Interessent, ein Anbieter mit einer Lieferung und der Betreiber können Kontaktdaten sehen.",
            "no_consent_upheld": "Die Person hat nicht eingewilligt: Die Kontaktdaten wurden wieder geschlossen.",
            "nothing_applied_for": "Der Anbieter hat sich um diese Anfrage weder beworben noch sie erhalten.",
            "delivered": "Der Kontakt wurde dem Anbieter geliefert und ist seit dem Erhalt sichtbar.",
            "prospect_accepted": "Der Interessent hat angenommen.",
            "still_waiting": "Der Interessent hat {reveal_after} Zeit zu antworten.",
            "revealed_by_silence": "Keine Antwort innerhalb der Frist ({reveal_after}): Die Kontaktdaten haben sich von selbst geöffnet.",
            "declined_in_time": "Der Interessent hat innerhalb der Frist ({reveal_after}) abgelehnt: Die Kontaktdaten öffnen sich nie.",
            "declined_late": "Der Interessent hat nach der Frist ({reveal_after}) abgelehnt, als die Kontaktdaten schon offen waren.",
            "acceptance_withdrawn": "Der Interessent hat die Annahme zurückgezogen: Was offen war, bleibt offen.",
        },
        "refund": {
            "not_answered": "Der Interessent hat nicht geantwortet: Es gibt nichts zu erstatten.",
            "accepted": "Der Interessent hat angenommen: Die Gebühr ist fällig.",
            "late_decline_not_refunded": "Der Interessent hat nach der Frist ({reveal_after}) abgelehnt; eine späte Ablehnung wird nicht erstattet.",
            "withdrawal_not_refunded": "Der Interessent hat die Annahme zurückgezogen; das wird nicht erstattet.",
            "meeting_confirmed": "Der Interessent oder der Betreiber sagt, dass ein Treffen stattgefunden hat.",
            "both_joined_meeting": "Anbieter und Interessent waren beide im Online-Treffen.",
            "call_took_place": "Anbieter und Interessent haben telefoniert (mindestens {meeting_call_seconds}).",
            "answered_from_meeting_on": "Die Antwort kam zum Zeitpunkt des geplanten Treffens oder danach.",
            "no_show_does_not_restore": "Die Antwort kam zum Zeitpunkt des geplanten Treffens oder danach; ein Nichterscheinen ändert nichts.",
            "declined_in_time": "Der Interessent hat innerhalb der Frist ({reveal_after}) abgelehnt, und nichts spricht für ein Treffen.",
            "declined_late": "Der Interessent hat nach der Frist ({reveal_after}) abgelehnt, und nichts spricht für ein Treffen.",
            "withdrawn_before_meeting": "Der Interessent hat die Annahme zurückgezogen, und nichts spricht für ein Treffen.",
            "no_show_recorded": "Ein Nichterscheinen wurde vermerkt: Es gab kein Treffen.",
        },
        "review_reminder": {
            "answered": "Der Interessent hat geantwortet.",
            "too_early": "Bis zu einer Erinnerung hat der Interessent {review_reminder_after} Zeit.",
            "not_reviewed": "Die Bewerbung wurde innerhalb der Frist ({review_reminder_after}) nicht geöffnet.",
            "opened_but_not_answered": "Die Bewerbung wurde geöffnet, aber innerhalb der Frist ({review_reminder_after}) nicht beantwortet.",
            "opened_is_enough": "Die Bewerbung wurde geöffnet; erinnert wird nur an ungeöffnete.",
        },
    },
    changes={
        "visibility.VISIBLE": "Ohne Antwort öffnen sich die Kontaktdaten von selbst: {at}. Bis dahin gibt es den Chat.",
        "review_reminder.REMIND": "Ohne Antwort wird eine Erinnerung gesendet: {at}.",
        "other": "Das ändert sich von selbst: {at}.",
    },
    disagreement="Zwei Prüfungen der Regeln widersprechen sich, daher gilt die sichere Antwort; der Betreiber wurde verständigt.",
    notices={
        "APPLICATION_RECEIVED": Notice(
            "{vendor} hat sich beworben: „{lead}“", ("Lesen Sie die Vorstellung der Bewerbung.", *_ANSWER)
        ),
        "REVIEW_REMINDER.not_reviewed": Notice(
            "Bitte sehen Sie eine Bewerbung an: „{lead}“",
            (
                "Sie haben die Bewerbung von {vendor} noch nicht geöffnet.",
                *_ANSWER,
                "Sagen Sie, ob Sie sich treffen möchten.",
            ),
        ),
        "REVIEW_REMINDER.opened_but_not_answered": Notice(
            "Bitte beantworten Sie eine Bewerbung: „{lead}“",
            (
                "Sie haben die Bewerbung von {vendor} gelesen, aber nicht beantwortet.",
                *_ANSWER,
                "Sagen Sie, ob Sie sich treffen möchten.",
            ),
        ),
        "APPLICATION_SUBMITTED": Notice(
            "Sie haben sich beworben: „{lead}“",
            (
                "Der Interessent hat {reveal_after} Zeit zu antworten.",
                "Nimmt er an, öffnen sich die Kontaktdaten sofort; ohne Antwort öffnen sie sich von selbst: {opens_at}.",
                "Lehnt er vorher ab, bleiben sie verschlossen.",
                "Sie können jetzt mit dem Interessenten chatten.",
            ),
        ),
        "APPLICATION_ACCEPTED": Notice(
            "Angenommen: „{lead}“",
            ("Der Interessent hat angenommen; die Kontaktdaten sind offen.", _REACH, _COMPLAIN),
        ),
        "APPLICATION_ACCEPTED.opened_before": Notice(
            "Angenommen: „{lead}“",
            ("Der Interessent hat angenommen; die Kontaktdaten waren schon offen.", _REACH, _COMPLAIN),
        ),
        "APPLICATION_DECLINED": Notice(
            "Abgelehnt: „{lead}“", ("Der Interessent hat abgelehnt; es ist nichts zu tun.", *_FEE)
        ),
        "APPLICATION_DECLINED.declined_in_time": Notice(
            "Abgelehnt: „{lead}“",
            (
                "Der Interessent hat innerhalb der Frist ({reveal_after}) abgelehnt: Identität und Kontaktdaten bleiben verschlossen.",
                *_FEE,
                "Sie können sich um andere Anfragen bewerben.",
            ),
        ),
        "APPLICATION_DECLINED.declined_late": Notice(
            "Abgelehnt: „{lead}“",
            (
                "Der Interessent hat abgelehnt, als die Kontaktdaten schon offen waren: Sie bleiben offen, der Chat ist beendet.",
                *_FEE,
            ),
        ),
        "APPLICATION_DECLINED.acceptance_withdrawn": Notice(
            "Annahme zurückgezogen: „{lead}“",
            (
                "Der Interessent hat die Annahme zurückgezogen: Die Kontaktdaten bleiben offen, der Chat ist beendet.",
                *_FEE,
            ),
        ),
        "CONTACT_REVEALED": Notice(
            "Kontaktdaten offen: „{lead}“",
            (
                "Der Interessent hat innerhalb der Frist ({reveal_after}) nicht geantwortet, daher haben sie sich von selbst geöffnet: {opens_at}.",
                _REACH,
                _COMPLAIN,
            ),
        ),
        "CONTACT_DISCLOSED": Notice(
            "{vendor} sieht Ihre Kontaktdaten",
            ("Sie wurden für „{lead}“ geöffnet; fragen können Sie den Betreiber.",),
        ),
        "CONTACT_DISCLOSED.prospect_accepted": Notice(
            "{vendor} sieht Ihre Kontaktdaten",
            (
                "Sie haben die Bewerbung um „{lead}“ angenommen.",
                "Sie können die Annahme noch zurückziehen: Das beendet den Chat, schließt aber nicht, was gesehen wurde.",
            ),
        ),
        "CONTACT_DISCLOSED.revealed_by_silence": Notice(
            "{vendor} sieht Ihre Kontaktdaten",
            (
                "Sie haben die Bewerbung um „{lead}“ innerhalb der Frist ({reveal_after}) nicht beantwortet, daher haben sie sich von selbst geöffnet.",
                "Sie können noch ablehnen: Das beendet den Chat, schließt aber nicht, was gesehen wurde.",
            ),
        ),
        "FEE_REFUNDED": Notice(
            "Gebühr erstattet: „{lead}“",
            (
                "Zurückgebucht auf Ihr Konto: {fee}.",
                "{decision}",
                "Sie können die Punkte jetzt für andere Anfragen einsetzen.",
            ),
        ),
        "MEETING_PROPOSED.vendor": Notice(
            "Neuer Termin für das Treffen: „{lead}“",
            (
                "Vorschlag des Interessenten: {meeting_at}.",
                "Bis dahin können Sie ihn bestätigen oder einen anderen vorschlagen.",
            ),
        ),
        "MEETING_PROPOSED.prospect": Notice(
            "Neuer Termin für das Treffen: „{lead}“",
            (
                "Vorschlag von {vendor}: {meeting_at}.",
                "Bis dahin können Sie ihn bestätigen oder einen anderen vorschlagen.",
            ),
        ),
        "MEETING_AGREED": Notice("Treffen vereinbart: „{lead}“", ("Termin: {meeting_at}.", _MEETING)),
        "MEETING_CANCELLED": Notice(
            "Treffen abgesagt: „{lead}“",
            ("Zurzeit ist kein Treffen geplant.", "Sie können einen neuen Termin vorschlagen."),
        ),
        "MEETING_RECORDED.TOOK_PLACE": Notice(
            "Treffen vermerkt: „{lead}“",
            (
                "Es wurde vermerkt, dass das Treffen stattgefunden hat.",
                "Stimmt das nicht, melden Sie es dem Betreiber.",
            ),
        ),
        "MEETING_RECORDED.NO_SHOW": Notice(
            "Nichterscheinen vermerkt: „{lead}“",
            (
                "Es wurde vermerkt, dass kein Treffen stattgefunden hat.",
                "Stimmt das nicht, melden Sie es dem Betreiber.",
            ),
        ),
        "POINTS_PURCHASED": Notice(
            "Gutgeschrieben: {points}",
            ("Sie sind auf Ihrem Konto.", "Sie können sich jetzt damit um Anfragen bewerben."),
        ),
        "LEAD_DELIVERED": Notice(
            "Neuer Kontakt: „{lead}“", ("Seine Kontaktdaten sind für Sie offen.", _REACH, _COMPLAIN)
        ),
    },
)
