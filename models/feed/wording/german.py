"""Owns the German catalog.

It must not say more or less than the English one: a test compares keys and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Catalog, Notice
from models.feed.wording.sentences.german import SENTENCES

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
    sentences=SENTENCES,
    changes={
        "visibility.VISIBLE": "Ohne Antwort öffnen sich die Kontaktdaten von selbst: {at}.",
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
                "Der Interessent hat abgelehnt, als die Kontaktdaten schon offen waren: Sie bleiben offen.",
                *_FEE,
            ),
        ),
        "APPLICATION_DECLINED.acceptance_withdrawn": Notice(
            "Annahme zurückgezogen: „{lead}“",
            (
                "Der Interessent hat die Annahme zurückgezogen: Die Kontaktdaten bleiben offen.",
                *_FEE,
            ),
        ),
        "APPLICATION_ENDED.vendor": Notice(
            "Beendet: „{lead}“",
            (
                "Der Interessent kann nicht mehr kontaktiert werden, daher ist Ihre Bewerbung beendet: Die Kontaktdaten bleiben verschlossen.",
                *_FEE,
                "Sie können sich um andere Anfragen bewerben.",
            ),
        ),
        "APPLICATION_ENDED.prospect": Notice(
            "Eine Bewerbung für „{lead}“ ist beendet",
            (
                "Sie dürfen nicht mehr kontaktiert werden, daher ist die Bewerbung von {vendor} beendet: Ihre Kontaktdaten bleiben verschlossen.",
                "Es ist nichts zu tun.",
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
                "Sie können die Annahme noch zurückziehen: Das schließt nicht, was gesehen wurde.",
            ),
        ),
        "CONTACT_DISCLOSED.revealed_by_silence": Notice(
            "{vendor} sieht Ihre Kontaktdaten",
            (
                "Sie haben die Bewerbung um „{lead}“ innerhalb der Frist ({reveal_after}) nicht beantwortet, daher haben sie sich von selbst geöffnet.",
                "Sie können noch ablehnen: Das schließt nicht, was gesehen wurde.",
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
        "COMPLAINT_FILED.vendor": Notice(
            "Reklamation {complaint} eingereicht",
            (
                "Kontakte: {items}.",
                "Über jeden wird einzeln entschieden, über alle vor dem {decide_by}.",
                "Bis dahin können Sie im Chat der Reklamation schreiben, was dafür spricht.",
            ),
        ),
        "COMPLAINT_FILED.operator": Notice(
            "Neue Reklamation {complaint} von {vendor}",
            ("Kontakte: {items}.", "Was zu prüfen ist, muss vor dem {decide_by} entschieden sein."),
        ),
        "COMPLAINT_PROGRESS": Notice(
            "Ihre Reklamation wird geprüft",
            ("Bisher geprüft: {checked} von {total}.", "Bis sie eingereicht ist, ist nichts zu tun."),
        ),
        "COMPLAINT_DECIDED": Notice(
            "Reklamation {complaint} entschieden",
            (
                "Die Antwortdatei mit den Kommentaren liegt bei den Dateien Ihres Kontos.",
                "Was anerkannt wurde, wird ersetzt, oder die Punkte kommen zurück.",
                "Fragen dazu können Sie im Chat der Reklamation stellen.",
            ),
        ),
        "COMPLAINT_DUE": Notice(
            "Reklamation {complaint} wartet auf eine Entscheidung",
            ("Eingereicht von {vendor}.", "Bitte entscheiden Sie vor dem {decide_by}."),
        ),
        "COMPLAINT_OVERDUE.vendor": Notice(
            "Die Entscheidung über Reklamation {complaint} verspätet sich",
            (
                "Sie war vor dem {decide_by} fällig; der Betreiber wurde erinnert.",
                "Durch Schweigen wird nichts entschieden.",
                "Fragen dazu können Sie im Chat der Reklamation stellen.",
            ),
        ),
        "COMPLAINT_OVERDUE.operator": Notice(
            "Reklamation {complaint} ist überfällig",
            (
                "Sie musste vor dem {decide_by} entschieden sein.",
                "Der Anbieter wurde verständigt: {vendor}.",
                "Bitte entscheiden Sie jetzt.",
            ),
        ),
        "COMPLAINT_MESSAGE.vendor": Notice(
            "Neue Nachricht zu Reklamation {complaint}",
            (
                "Der Betreiber hat sie geschrieben.",
                "Sie können sie jetzt im Chat der Reklamation lesen und beantworten.",
            ),
        ),
        "COMPLAINT_MESSAGE.operator": Notice(
            "Neue Nachricht zu Reklamation {complaint}",
            (
                "Geschrieben von {vendor}.",
                "Sie können sie jetzt im Chat der Reklamation lesen und beantworten.",
            ),
        ),
        "REPLACEMENT_DELIVERED": Notice(
            "Ersatz: „{lead}“",
            (
                "Er ersetzt einen fehlerhaften Kontakt; seine Kontaktdaten sind für Sie offen.",
                _REACH,
                _COMPLAIN,
            ),
        ),
        "REMEDY_POINTS": Notice(
            "Für eine Reklamation zurückgebucht: {points}",
            (
                "Sie sind wieder auf Ihrem Konto.",
                "Der fehlerhafte Kontakt: „{lead}“.",
                "{decision}",
                "Sie können sie jetzt für andere Anfragen einsetzen.",
            ),
        ),
        "REMEDY_POINTS.waited": Notice(
            "Kein Ersatz eingetroffen, zurückgebucht: {points}",
            (
                "Für Ihren fehlerhaften Kontakt kam kein Ersatz rechtzeitig, daher sind seine Punkte wieder auf Ihrem Konto.",
                "Der fehlerhafte Kontakt: „{lead}“.",
                "Sie können sie jetzt für andere Anfragen einsetzen.",
            ),
        ),
        "REMEDY_POINTS.free": Notice(
            "Kein Ersatz eingetroffen: „{lead}“",
            (
                "Für Ihren fehlerhaften Kontakt kam kein Ersatz rechtzeitig.",
                "Der Kontakt war kostenlos: Es wurde nichts berechnet, also kommen keine Punkte zurück.",
            ),
        ),
    },
)
