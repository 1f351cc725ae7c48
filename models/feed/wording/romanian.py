"""Owns the Romanian catalog.

It must not say more or less than the English one: a test compares keys and placeholders.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.feed.wording.catalog import Catalog, Notice
from models.feed.wording.sentences.romanian import SENTENCES

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
    sentences=SENTENCES,
    changes={
        "visibility.VISIBLE": "Fără răspuns, datele se deschid singure: {at}.",
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
                "Clientul a refuzat când datele de contact erau deja deschise: ele rămân deschise.",
                *_FEE,
            ),
        ),
        "APPLICATION_DECLINED.acceptance_withdrawn": Notice(
            "Acceptare retrasă: „{lead}”",
            ("Clientul și-a retras acceptarea: datele rămân deschise.", *_FEE),
        ),
        "APPLICATION_ENDED.vendor": Notice(
            "Încheiat: „{lead}”",
            (
                "Clientul nu mai poate fi contactat, așa că s-a încheiat candidatura dumneavoastră: datele de contact rămân închise.",
                *_FEE,
                "Puteți candida la alte cereri.",
            ),
        ),
        "APPLICATION_ENDED.prospect": Notice(
            "O candidatură pentru „{lead}” s-a încheiat",
            (
                "Nu mai puteți fi contactat, așa că s-a încheiat candidatura trimisă de {vendor}: datele dumneavoastră de contact rămân închise.",
                "Nu este nimic de făcut.",
            ),
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
                "Puteți încă să vă retrageți acceptarea: aceasta nu închide ce s-a văzut.",
            ),
        ),
        "CONTACT_DISCLOSED.revealed_by_silence": Notice(
            "{vendor} vă vede datele de contact",
            (
                "Nu ați răspuns la candidatura la „{lead}” în termen ({reveal_after}), așa că datele s-au deschis singure.",
                "Puteți încă să refuzați: aceasta nu închide ce s-a văzut.",
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
        "COMPLAINT_FILED.vendor": Notice(
            "Reclamația {complaint} a fost depusă",
            (
                "Contacte: {items}.",
                "Despre fiecare se decide separat, despre toate înainte de {decide_by}.",
                "Până atunci puteți scrie în chatul reclamației ce o susține.",
            ),
        ),
        "COMPLAINT_FILED.operator": Notice(
            "Reclamație nouă {complaint}: {vendor}",
            ("Contacte: {items}.", "Ce este de verificat trebuie decis înainte de {decide_by}."),
        ),
        "COMPLAINT_PROGRESS": Notice(
            "Reclamația dumneavoastră este verificată",
            (
                "Verificate până acum: {checked} din {total}.",
                "Până când este depusă, nu este nimic de făcut.",
            ),
        ),
        "COMPLAINT_DECIDED": Notice(
            "Reclamația {complaint} a fost decisă",
            (
                "Fișierul cu răspunsul și comentariile se află printre fișierele contului dumneavoastră.",
                "Ce a fost acceptat se înlocuiește sau punctele se returnează.",
                "Puteți întreba despre ea în chatul reclamației.",
            ),
        ),
        "COMPLAINT_DUE": Notice(
            "Reclamația {complaint} așteaptă o decizie",
            ("A fost depusă de {vendor}.", "Vă rugăm să decideți înainte de {decide_by}."),
        ),
        "COMPLAINT_OVERDUE.vendor": Notice(
            "Decizia privind reclamația {complaint} întârzie",
            (
                "Trebuia luată înainte de {decide_by}; operatorului i s-a amintit.",
                "Prin tăcere nu se decide nimic.",
                "Puteți întreba despre ea în chatul reclamației.",
            ),
        ),
        "COMPLAINT_OVERDUE.operator": Notice(
            "Reclamația {complaint} a depășit termenul",
            (
                "Trebuia decisă înainte de {decide_by}.",
                "Furnizorul a fost anunțat: {vendor}.",
                "Vă rugăm să decideți acum.",
            ),
        ),
        "COMPLAINT_MESSAGE.vendor": Notice(
            "Mesaj nou despre reclamația {complaint}",
            ("L-a scris operatorul.", "Îl puteți citi acum și puteți răspunde în chatul reclamației."),
        ),
        "COMPLAINT_MESSAGE.operator": Notice(
            "Mesaj nou despre reclamația {complaint}",
            ("A fost scris de {vendor}.", "Îl puteți citi acum și puteți răspunde în chatul reclamației."),
        ),
        "REPLACEMENT_DELIVERED": Notice(
            "Contact înlocuitor: „{lead}”",
            (
                "Înlocuiește un contact eronat; datele lui de contact sunt deschise pentru dumneavoastră.",
                _REACH,
                _COMPLAIN,
            ),
        ),
        "REMEDY_POINTS": Notice(
            "Returnat pentru o reclamație: {points}",
            (
                "Sunt din nou în contul dumneavoastră.",
                "Contactul eronat: „{lead}”.",
                "{decision}",
                "Le puteți folosi acum pentru alte cereri.",
            ),
        ),
        "REMEDY_POINTS.waited": Notice(
            "Nu a sosit o înlocuire, returnat: {points}",
            (
                "Pentru contactul eronat nu a sosit la timp o înlocuire, de aceea punctele lui sunt din nou în contul dumneavoastră.",
                "Contactul eronat: „{lead}”.",
                "Le puteți folosi acum pentru alte cereri.",
            ),
        ),
        "REMEDY_POINTS.free": Notice(
            "Nu a sosit o înlocuire: „{lead}”",
            (
                "Pentru contactul eronat nu a sosit la timp o înlocuire.",
                "Contactul a fost gratuit: nu s-a plătit nimic pentru el, deci nu se returnează puncte.",
            ),
        ),
    },
)
