"""Romanian words of complaint files; a test compares the languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.complaints.file.words import Column, FileWords
from rules.complaint import ComplaintVerdict
from rules.visibility import DeliveryKind

ROMANIAN = FileWords(
    language="ro",
    delimiter=";",
    headings={
        Column.ROW: "Rând",
        Column.DELIVERY: "ID livrare",
        Column.LEAD: "Lead",
        Column.KIND: "Tip",
        Column.RECEIVED: "Primit",
        Column.COMPLAIN_UNTIL: "Reclamație posibilă înainte de",
        Column.FULL_NAME: "Nume",
        Column.ORGANISATION: "Organizație",
        Column.PHONE: "Telefon",
        Column.EMAIL: "E-mail",
        Column.REASON: "Motiv",
        Column.EXPLANATION: "Explicație",
        Column.VERDICT: "Decizie",
        Column.RULE: "Temeiul deciziei",
        Column.COMMENT: "Comentariu",
        Column.REMEDY: "Compensație",
        Column.REPLACEMENT: "Lead înlocuitor",
    },
    synonyms={
        Column.DELIVERY: ("Livrare", "Livrarea", "Număr livrare", "Nr. livrare", "ID-ul livrării"),
        Column.REASON: ("Motivul", "Motivul reclamației", "Motiv reclamație", "Cod motiv"),
        Column.EXPLANATION: (
            "Explicații",
            "Explicația",
            "Descriere",
            "Justificare",
            "Explicația dumneavoastră",
        ),
    },
    lead_club_only="numai Lead Club",
    kinds={
        DeliveryKind.APPLICATION: "Cerere",
        DeliveryKind.LEAD_CLUB: "Lead Club",
        DeliveryKind.RECORD: "Înregistrare",
    },
    verdicts={
        ComplaintVerdict.ACCEPTED: "Acceptată",
        ComplaintVerdict.REJECTED: "Respinsă",
        ComplaintVerdict.UNDER_REVIEW: "În analiză",
    },
    not_filed="Nedepusă",
    awaited="așteptată până la {until}; în caz contrar, punctele vor fi creditate în cont ({points})",
    remedies={"REPLACEMENT": "Înlocuire", "POINTS": "Puncte creditate"},
    template_sheet="Reclamații",
    instructions_sheet="Instrucțiuni",
    reasons_sheet="Motive",
    answer_sheet="Decizii",
    answer_title="Decizii privind reclamația {number}",
    choose_title="Motiv",
    choose_text="Alegeți un motiv din listă.",
    instructions=(
        "Fiecare rând conține un contact pe care l-ați primit și pentru care mai puteți depune o reclamație.",
        "Ca să depuneți o reclamație pentru un contact, alegeți un motiv pe rândul acestuia și explicați cu propriile cuvinte ce este în neregulă. Ambele informații sunt obligatorii.",
        "Lăsați celelalte rânduri așa cum sunt sau ștergeți-le; acestea nu vor fi incluse în reclamație.",
        "Nu modificați coloana „ID livrare”.",
        "Încărcați fișierul în format XLSX, XLS, ODS sau CSV; acesta poate conține cel mult 10.000 de rânduri completate.",
    ),
    not_accepted="Aceste motive nu se acceptă niciodată:",
)
