"""Owns the rules' sentences in Romanian.

It must not say more or less than the rules: a test compares ids and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "visibility": {
        "person_erased": "Datele persoanei au fost șterse; datele de contact nu mai există.",
        "own_data": "Acestea sunt datele de contact proprii ale clientului.",
        "operator_looks": "Operatorii pot vedea datele de contact; fiecare accesare este înregistrată.",
        "not_concerned": "Numai clientul, un furnizor care a primit contactul și operatorii pot vedea datele de contact.",
        "no_consent_upheld": "Persoana nu își dăduse acordul; datele de contact au fost închise din nou.",
        "contact_stopped": "Persoana nu mai poate fi contactată; datele de contact rămân închise.",
        "nothing_applied_for": "Furnizorul nu a candidat la această cerere și nici nu a primit-o.",
        "delivered": "Contactul a fost livrat furnizorului și este vizibil de la primire.",
        "prospect_accepted": "Clientul a acceptat.",
        "still_waiting": "Clientul are la dispoziție {reveal_after} pentru a răspunde.",
        "revealed_by_silence": "Niciun răspuns în {reveal_after}; datele de contact au fost dezvăluite automat.",
        "declined_in_time": "Clientul a refuzat în {reveal_after}; datele de contact nu vor fi dezvăluite.",
        "declined_late": "Clientul a refuzat după {reveal_after}, când datele de contact fuseseră deja dezvăluite.",
        "acceptance_withdrawn": "Clientul și-a retras acceptul; datele de contact deja dezvăluite rămân vizibile.",
    },
    "refund": {
        "application_ended": "Candidatura s-a încheiat fără răspuns, deoarece clientul nu mai poate fi contactat.",
        "not_answered": "Clientul nu a răspuns; nu este nimic de rambursat.",
        "accepted": "Clientul a acceptat; taxa este datorată.",
        "late_decline_not_refunded": "Clientul a refuzat după {reveal_after}; refuzurile târzii nu se rambursează.",
        "withdrawal_not_refunded": "Clientul și-a retras acceptul; în acest caz taxa nu se rambursează.",
        "meeting_confirmed": "Clientul sau un operator a confirmat că întâlnirea a avut loc.",
        "both_joined_meeting": "Furnizorul și clientul au participat amândoi la întâlnirea online.",
        "call_took_place": "Furnizorul și clientul au vorbit la telefon cel puțin {meeting_call_seconds}.",
        "answered_from_meeting_on": "Răspunsul a venit la ora programată a întâlnirii sau mai târziu.",
        "no_show_does_not_restore": "Răspunsul a venit la ora programată a întâlnirii sau mai târziu; o neprezentare nu schimbă acest lucru.",
        "declined_in_time": "Clientul a refuzat în {reveal_after} și nimic nu indică faptul că a avut loc o întâlnire.",
        "declined_late": "Clientul a refuzat după {reveal_after} și nimic nu indică faptul că a avut loc o întâlnire.",
        "withdrawn_before_meeting": "Clientul și-a retras acceptul și nimic nu indică faptul că a avut loc o întâlnire.",
        "no_show_recorded": "S-a înregistrat o neprezentare; întâlnirea nu a avut loc.",
    },
    "review_reminder": {
        "answered": "Clientul a răspuns.",
        "too_early": "Clientul are la dispoziție {review_reminder_after} pentru a vedea candidatura înainte de a primi un memento.",
        "not_reviewed": "Candidatura nu a fost deschisă în {review_reminder_after}.",
        "opened_but_not_answered": "Candidatura a fost deschisă, dar nu a primit răspuns în {review_reminder_after}.",
        "opened_is_enough": "Candidatura a fost deschisă; mementourile se trimit numai pentru candidaturile nedeschise.",
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
