"""Owns the Romanian catalog.

It must not say more or less than the English one: a test compares keys and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.wording.catalog import Catalog, Notice

_COMPLAIN = "Dacă sunt greșite, le puteți reclama înainte de {complaint_until}."
_REACH = "Le găsiți în panoul dumneavoastră: luați legătura acum."
_MEETING = "Până începe, o puteți muta sau anula."
_ANSWER = (
    "O puteți accepta sau refuza înainte de {answer_until}.",
    "Dacă acceptați, {vendor} vă vede imediat datele de contact; fără răspuns, ele se deschid atunci singure.",
    "Dacă refuzați înainte, ele rămân închise.",
)
_FEE = (
    "Returnat în contul dumneavoastră: {returned}.",
    "Taxa nu se returnează ({kept}); motivul se află la candidatură.",
)

ROMANIAN = Catalog(
    language="ro",
    points={"one": "{number} punct", "few": "{number} puncte", "other": "{number} de puncte"},
    moment="{date}, {time} {zone}",
    sentences={
        "visibility": {
            "person_erased": "Persoana a fost ștearsă: datele de contact nu mai există.",
            "own_data": "Acestea sunt propriile date de contact ale clientului.",
            "operator_looks": "Operatorul poate vedea datele de contact; consultarea este înregistrată.",
            "not_concerned": "Numai clientul, un furnizor căruia i s-au livrat și operatorul pot vedea datele de contact.",
            "no_consent_upheld": "Persoana nu și-a dat acordul: datele de contact au fost închise din nou.",
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
    },
    changes={
        "visibility.VISIBLE": "Fără răspuns, datele se deschid singure: {at}. Până atunci aveți chatul.",
        "review_reminder.REMIND": "Fără răspuns se trimite un memento: {at}.",
        "other": "Aceasta se schimbă de la sine: {at}.",
    },
    disagreement="Două verificări ale regulilor se contrazic, așa că s-a dat răspunsul sigur; operatorul a fost anunțat.",
    notices={
        "APPLICATION_RECEIVED": Notice(
            "{vendor} a candidat: „{lead}”", ("Citiți prezentarea din candidatură.", *_ANSWER)
        ),
        "REVIEW_REMINDER.not_reviewed": Notice(
            "Vă rugăm să vedeți o candidatură: „{lead}”",
            (
                "Nu ați deschis încă această candidatură ({vendor}).",
                *_ANSWER,
                "Spuneți dacă doriți o întâlnire.",
            ),
        ),
        "REVIEW_REMINDER.opened_but_not_answered": Notice(
            "Vă rugăm să răspundeți la o candidatură: „{lead}”",
            (
                "Ați citit această candidatură, dar nu ați răspuns ({vendor}).",
                *_ANSWER,
                "Spuneți dacă doriți o întâlnire.",
            ),
        ),
        "APPLICATION_SUBMITTED": Notice(
            "Ați candidat: „{lead}”",
            (
                "Clientul are {reveal_after} pentru a răspunde.",
                "Dacă acceptă, datele de contact se deschid imediat; fără răspuns se deschid singure: {opens_at}.",
                "Dacă refuză înainte, ele rămân închise.",
                "Puteți vorbi acum cu clientul pe chat.",
            ),
        ),
        "APPLICATION_ACCEPTED": Notice(
            "Acceptat: „{lead}”",
            ("Clientul a acceptat; datele de contact sunt deschise.", _REACH, _COMPLAIN),
        ),
        "APPLICATION_ACCEPTED.opened_before": Notice(
            "Acceptat: „{lead}”",
            ("Clientul a acceptat; datele de contact erau deja deschise.", _REACH, _COMPLAIN),
        ),
        "APPLICATION_DECLINED": Notice(
            "Refuzat: „{lead}”", ("Clientul a refuzat; nu este nimic de făcut.", *_FEE)
        ),
        "APPLICATION_DECLINED.declined_in_time": Notice(
            "Refuzat: „{lead}”",
            (
                "Clientul a refuzat în termen ({reveal_after}): identitatea și datele de contact rămân închise.",
                *_FEE,
                "Puteți candida la alte cereri.",
            ),
        ),
        "APPLICATION_DECLINED.declined_late": Notice(
            "Refuzat: „{lead}”",
            (
                "Clientul a refuzat când datele de contact erau deja deschise: ele rămân deschise, chatul s-a încheiat.",
                *_FEE,
            ),
        ),
        "APPLICATION_DECLINED.acceptance_withdrawn": Notice(
            "Acceptare retrasă: „{lead}”",
            ("Clientul și-a retras acceptarea: datele rămân deschise, chatul s-a încheiat.", *_FEE),
        ),
        "CONTACT_REVEALED": Notice(
            "Date de contact deschise: „{lead}”",
            (
                "Clientul nu a răspuns în termen ({reveal_after}), așa că datele s-au deschis singure: {opens_at}.",
                _REACH,
                _COMPLAIN,
            ),
        ),
        "CONTACT_DISCLOSED": Notice(
            "{vendor} vă vede datele de contact",
            ("Au fost deschise pentru „{lead}”; îl puteți întreba pe operator.",),
        ),
        "CONTACT_DISCLOSED.prospect_accepted": Notice(
            "{vendor} vă vede datele de contact",
            (
                "Ați acceptat candidatura la „{lead}”.",
                "Puteți încă să vă retrageți acceptarea: aceasta încheie chatul, dar nu închide ce s-a văzut.",
            ),
        ),
        "CONTACT_DISCLOSED.revealed_by_silence": Notice(
            "{vendor} vă vede datele de contact",
            (
                "Nu ați răspuns la candidatura la „{lead}” în termen ({reveal_after}), așa că datele s-au deschis singure.",
                "Puteți încă să refuzați: aceasta încheie chatul, dar nu închide ce s-a văzut.",
            ),
        ),
        "FEE_REFUNDED": Notice(
            "Taxă returnată: „{lead}”",
            (
                "Returnat în contul dumneavoastră: {fee}.",
                "{decision}",
                "Puteți folosi acum punctele pentru alte cereri.",
            ),
        ),
        "MEETING_PROPOSED.vendor": Notice(
            "O nouă oră pentru întâlnire: „{lead}”",
            (
                "Propunerea clientului: {meeting_at}.",
                "Până atunci o puteți confirma sau puteți propune o altă oră.",
            ),
        ),
        "MEETING_PROPOSED.prospect": Notice(
            "O nouă oră pentru întâlnire: „{lead}”",
            (
                "{vendor} propune: {meeting_at}.",
                "Până atunci o puteți confirma sau puteți propune o altă oră.",
            ),
        ),
        "MEETING_AGREED": Notice("Întâlnire stabilită: „{lead}”", ("Are loc: {meeting_at}.", _MEETING)),
        "MEETING_CANCELLED": Notice(
            "Întâlnire anulată: „{lead}”",
            ("Acum nu este planificată nicio întâlnire.", "Puteți propune o nouă oră."),
        ),
        "MEETING_RECORDED.TOOK_PLACE": Notice(
            "Întâlnire înregistrată: „{lead}”",
            ("S-a înregistrat că întâlnirea a avut loc.", "Dacă nu este adevărat, anunțați operatorul."),
        ),
        "MEETING_RECORDED.NO_SHOW": Notice(
            "Neprezentare înregistrată: „{lead}”",
            ("S-a înregistrat că întâlnirea nu a avut loc.", "Dacă nu este adevărat, anunțați operatorul."),
        ),
        "POINTS_PURCHASED": Notice(
            "Adăugat în cont: {points}",
            ("Se află în contul dumneavoastră.", "Puteți candida acum cu ele la cereri."),
        ),
        "LEAD_DELIVERED": Notice(
            "Contact nou: „{lead}”",
            ("Datele lui de contact sunt deschise pentru dumneavoastră.", _REACH, _COMPLAIN),
        ),
    },
)
