"""Owns the rules' sentences in German.

It must not say more or less than the rules: a test compares ids and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "visibility": {
        "person_erased": "Die Daten der Person wurden gelöscht; die Kontaktdaten existieren nicht mehr.",
        "own_data": "Dies sind die eigenen Kontaktdaten des Interessenten.",
        "operator_looks": "Betreiber dürfen Kontaktdaten einsehen; jeder Zugriff wird protokolliert.",
        "not_concerned": "Nur der Interessent, ein Anbieter, der den Kontakt erhalten hat, und der Betreiber können die Kontaktdaten sehen.",
        "no_consent_upheld": "Die Person hatte nicht eingewilligt; die Kontaktdaten wurden wieder gesperrt.",
        "contact_stopped": "Die Person darf nicht mehr kontaktiert werden; die Kontaktdaten bleiben gesperrt.",
        "nothing_applied_for": "Der Anbieter hat sich auf diese Anfrage weder beworben noch sie erhalten.",
        "delivered": "Der Kontakt wurde dem Anbieter geliefert und ist ab Erhalt sichtbar.",
        "prospect_accepted": "Der Interessent hat angenommen.",
        "still_waiting": "Der Interessent hat {reveal_after} Zeit zu antworten.",
        "revealed_by_silence": "Keine Antwort innerhalb von {reveal_after}; die Kontaktdaten wurden automatisch freigegeben.",
        "declined_in_time": "Der Interessent hat innerhalb von {reveal_after} abgelehnt; die Kontaktdaten werden nicht freigegeben.",
        "declined_late": "Der Interessent hat erst nach {reveal_after} abgelehnt, als die Kontaktdaten bereits freigegeben waren.",
        "acceptance_withdrawn": "Der Interessent hat seine Zusage zurückgezogen; bereits freigegebene Kontaktdaten bleiben sichtbar.",
    },
    "refund": {
        "application_ended": "Die Bewerbung endete ohne Antwort, weil der Interessent nicht mehr kontaktiert werden kann.",
        "not_answered": "Der Interessent hat nicht geantwortet; es gibt nichts zu erstatten.",
        "accepted": "Der Interessent hat zugesagt; die Gebühr ist fällig.",
        "late_decline_not_refunded": "Der Interessent hat erst nach {reveal_after} abgelehnt; späte Ablehnungen werden nicht erstattet.",
        "withdrawal_not_refunded": "Der Interessent hat seine Zusage zurückgezogen; dafür gibt es keine Erstattung.",
        "meeting_confirmed": "Der Interessent oder der Betreiber hat bestätigt, dass ein Treffen stattgefunden hat.",
        "both_joined_meeting": "Anbieter und Interessent haben beide am Online-Treffen teilgenommen.",
        "call_took_place": "Anbieter und Interessent haben mindestens {meeting_call_seconds} miteinander telefoniert.",
        "answered_from_meeting_on": "Die Antwort kam zum vereinbarten Termin oder danach.",
        "no_show_does_not_restore": "Die Antwort kam zum vereinbarten Termin oder danach; ein Nichterscheinen ändert daran nichts.",
        "declined_in_time": "Der Interessent hat innerhalb von {reveal_after} abgelehnt, und nichts deutet auf ein Treffen hin.",
        "declined_late": "Der Interessent hat erst nach {reveal_after} abgelehnt, und nichts deutet auf ein Treffen hin.",
        "withdrawn_before_meeting": "Der Interessent hat seine Zusage zurückgezogen, und nichts deutet auf ein Treffen hin.",
        "no_show_recorded": "Es wurde ein Nichterscheinen vermerkt; ein Treffen hat nicht stattgefunden.",
    },
    "review_reminder": {
        "answered": "Der Interessent hat geantwortet.",
        "too_early": "Der Interessent hat {review_reminder_after} Zeit, die Bewerbung anzusehen, bevor er erinnert wird.",
        "not_reviewed": "Die Bewerbung wurde innerhalb von {review_reminder_after} nicht geöffnet.",
        "opened_but_not_answered": "Die Bewerbung wurde geöffnet, aber innerhalb von {review_reminder_after} nicht beantwortet.",
        "opened_is_enough": "Die Bewerbung wurde geöffnet; erinnert wird nur an ungeöffnete Bewerbungen.",
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
