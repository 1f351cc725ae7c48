"""Owns the rules' sentences in German.

It must not say more or less than the rules: a test compares ids and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "visibility": {
        "person_erased": "Die Person wurde gelöscht: Die Kontaktdaten gibt es nicht mehr.",
        "own_data": "Das sind die eigenen Kontaktdaten des Interessenten.",
        "operator_looks": "Der Betreiber darf Kontaktdaten sehen; der Blick wird protokolliert.",
        "not_concerned": "Nur der Interessent, ein Anbieter mit einer Lieferung und der Betreiber können Kontaktdaten sehen.",
        "no_consent_upheld": "Die Person hat nicht eingewilligt: Die Kontaktdaten wurden wieder geschlossen.",
        "contact_stopped": "Die Person darf nicht mehr kontaktiert werden: Die Kontaktdaten bleiben geschlossen.",
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
        "application_ended": "Die Bewerbung endete ohne Antwort, denn der Interessent kann nicht mehr kontaktiert werden.",
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
    "complaint": {
        "window_over": "Die Frist ab Erhalt des Kontakts ({window_days}) ist abgelaufen.",
        "remedied_before": "Für diese Lieferung gab es schon einen Ausgleich: Je Lieferung gibt es nur einen.",
        "not_explained": "Der Datensatz hat keine eigene Begründung und kann nicht berücksichtigt werden.",
        "replacement_not_complainable": "Ein Ersatz kann nicht noch einmal reklamiert werden.",
        "voicemail_is_no_fault": "Dass sich ein Anrufbeantworter meldet, ist kein Fehler des Kontakts.",
        "no_answer_is_no_fault": "Dass niemand abnimmt, ist kein Fehler des Kontakts.",
        "not_interested_is_no_fault": "Dass die Person kein Interesse hat, ist kein Fehler des Kontakts.",
        "lead_club_only": "Dieser Grund wird nur bei Lieferungen des Lead Club anerkannt.",
        "number_does_not_exist": "Die Rufnummer gibt es nicht.",
        "number_of_another_person": "Die Rufnummer gehört jemand anderem.",
        "wrong_address": "Die Adresse ist falsch.",
        "business_closed": "Das Unternehmen wurde geschlossen.",
        "no_consent": "Die Person hat in den Anruf nicht eingewilligt.",
        "requirements_not_met": "Der Kontakt erfüllt die Anforderungen der Bedingungen oder des Vertrags nicht.",
        "refuted_by_evidence": "Ein eindeutiger Nachweis besagt das Gegenteil.",
        "evidence_disagrees": "Eindeutige Nachweise widersprechen sich: Der Betreiber entscheidet.",
        "indications_are_no_proof": "Es gibt Hinweise, aber keinen Nachweis: Der Betreiber sieht sie sich an.",
        "proof_is_missing": "Uns liegt kein Nachweis vor: Der Betreiber prüft, und eine Nachricht mit mehr Angaben hilft.",
        "operator_decided": "Der Betreiber hat es geprüft und entschieden.",
        "operator_overrode": "Der Betreiber hat anders entschieden, als die Regeln sagen; der Grund ist festgehalten.",
    },
}
