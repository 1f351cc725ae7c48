"""Owns the rules' sentences in Romanian.

It must not say more or less than the rules: a test compares ids and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "visibility": {
        "person_erased": "Persoana a fost ștearsă: datele de contact nu mai există.",
        "own_data": "Acestea sunt propriile date de contact ale clientului.",
        "operator_looks": "Operatorul poate vedea datele de contact; consultarea este înregistrată.",
        "not_concerned": "Numai clientul, un furnizor căruia i s-au livrat și operatorul pot vedea datele de contact.",
        "no_consent_upheld": "Persoana nu și-a dat acordul: datele de contact au fost închise din nou.",
        "contact_stopped": "Persoana nu mai poate fi contactată: datele de contact rămân închise.",
        "nothing_applied_for": "Furnizorul nici nu a candidat la această cerere, nici nu a primit-o.",
        "delivered": "Contactul a fost livrat furnizorului și este vizibil de la primire.",
        "prospect_accepted": "Clientul a acceptat.",
        "still_waiting": "Clientul are {reveal_after} pentru a răspunde.",
        "revealed_by_silence": "Niciun răspuns în termen ({reveal_after}): datele s-au deschis singure.",
        "declined_in_time": "Clientul a refuzat în termen ({reveal_after}): datele nu se deschid niciodată.",
        "declined_late": "Clientul a refuzat după termen ({reveal_after}), când datele de contact erau deja deschise.",
        "acceptance_withdrawn": "Clientul și-a retras acceptarea: ce era deschis rămâne deschis.",
    },
    "refund": {
        "application_ended": "Candidatura s-a încheiat fără răspuns, deoarece clientul nu mai poate fi contactat.",
        "not_answered": "Clientul nu a răspuns: nu este nimic de returnat.",
        "accepted": "Clientul a acceptat: taxa este datorată.",
        "late_decline_not_refunded": "Clientul a refuzat după termen ({reveal_after}); un refuz târziu nu se returnează.",
        "withdrawal_not_refunded": "Clientul și-a retras acceptarea; aceasta nu se returnează.",
        "meeting_confirmed": "Clientul sau operatorul spune că întâlnirea a avut loc.",
        "both_joined_meeting": "Furnizorul și clientul au intrat amândoi în întâlnirea online.",
        "call_took_place": "Furnizorul și clientul au vorbit la telefon (cel puțin {meeting_call_seconds}).",
        "answered_from_meeting_on": "Răspunsul a venit la ora întâlnirii programate sau mai târziu.",
        "no_show_does_not_restore": "Răspunsul a venit la ora întâlnirii programate sau mai târziu; o neprezentare nu schimbă nimic.",
        "declined_in_time": "Clientul a refuzat în termen ({reveal_after}) și nimic nu arată că a avut loc o întâlnire.",
        "declined_late": "Clientul a refuzat după termen ({reveal_after}) și nimic nu arată că a avut loc o întâlnire.",
        "withdrawn_before_meeting": "Clientul și-a retras acceptarea și nimic nu arată că a avut loc o întâlnire.",
        "no_show_recorded": "S-a înregistrat o neprezentare: nu a avut loc nicio întâlnire.",
    },
    "review_reminder": {
        "answered": "Clientul a răspuns.",
        "too_early": "Până la un memento clientul are {review_reminder_after}.",
        "not_reviewed": "Candidatura nu a fost deschisă în termen ({review_reminder_after}).",
        "opened_but_not_answered": "Candidatura a fost deschisă, dar fără răspuns în termen ({review_reminder_after}).",
        "opened_is_enough": "Candidatura a fost deschisă; se amintește doar de cele nedeschise.",
    },
    "complaint": {
        "window_over": "Termenul de la primirea contactului ({window_days}) a trecut.",
        "remedied_before": "Această livrare a fost deja compensată: pentru o livrare există o singură compensație.",
        "not_explained": "Înregistrarea nu are o explicație proprie și nu poate fi luată în considerare.",
        "replacement_not_complainable": "Un contact înlocuitor nu mai poate fi reclamat.",
        "voicemail_is_no_fault": "Faptul că răspunde mesageria vocală nu este un defect al contactului.",
        "no_answer_is_no_fault": "Faptul că nu răspunde nimeni nu este un defect al contactului.",
        "not_interested_is_no_fault": "Faptul că persoana nu este interesată nu este un defect al contactului.",
        "lead_club_only": "Acest motiv se acceptă numai pentru livrările Lead Club.",
        "number_does_not_exist": "Numărul nu există.",
        "number_of_another_person": "Numărul aparține altcuiva.",
        "wrong_address": "Adresa este greșită.",
        "business_closed": "Firma a fost închisă.",
        "no_consent": "Persoana nu și-a dat acordul pentru apel.",
        "requirements_not_met": "Contactul nu îndeplinește cerințele condițiilor sau ale contractului.",
        "refuted_by_evidence": "O dovadă concludentă spune altceva.",
        "evidence_disagrees": "Dovezile concludente se contrazic: decide operatorul.",
        "indications_are_no_proof": "Există indicii, dar nicio dovadă: operatorul le verifică.",
        "proof_is_missing": "Nu avem nicio dovadă: operatorul verifică, iar un mesaj cu mai multe detalii ajută.",
        "operator_decided": "Operatorul a verificat și a decis.",
        "operator_overrode": "Operatorul a decis altfel decât spun regulile; motivul a fost consemnat.",
    },
}
