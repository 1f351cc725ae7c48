"""German words of complaint files; a test compares the languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.complaints.file.words import Column, FileWords
from rules.complaint import ComplaintVerdict
from rules.visibility import DeliveryKind

GERMAN = FileWords(
    language="de",
    delimiter=";",
    headings={
        Column.ROW: "Zeile",
        Column.DELIVERY: "Lieferungs-ID",
        Column.LEAD: "Lead",
        Column.KIND: "Art",
        Column.RECEIVED: "Erhalten",
        Column.COMPLAIN_UNTIL: "Reklamation möglich vor",
        Column.FULL_NAME: "Name",
        Column.ORGANISATION: "Organisation",
        Column.PHONE: "Telefon",
        Column.EMAIL: "E-Mail",
        Column.REASON: "Grund",
        Column.EXPLANATION: "Erläuterung",
        Column.VERDICT: "Entscheidung",
        Column.RULE: "Begründung der Entscheidung",
        Column.COMMENT: "Kommentar",
        Column.REMEDY: "Ausgleich",
        Column.REPLACEMENT: "Ersatz-Lead",
    },
    synonyms={
        Column.DELIVERY: ("Lieferung", "Lieferungsnummer", "Liefer-ID", "Liefernummer", "Lieferung ID"),
        Column.REASON: ("Reklamationsgrund", "Grund der Reklamation", "Reklamations-Grund", "Grundcode"),
        Column.EXPLANATION: ("Erklärung", "Begründung", "Beschreibung", "Ihre Erläuterung"),
    },
    lead_club_only="nur Lead Club",
    kinds={
        DeliveryKind.APPLICATION: "Bewerbung",
        DeliveryKind.LEAD_CLUB: "Lead Club",
        DeliveryKind.RECORD: "Datensatz",
    },
    verdicts={
        ComplaintVerdict.ACCEPTED: "Anerkannt",
        ComplaintVerdict.REJECTED: "Abgelehnt",
        ComplaintVerdict.UNDER_REVIEW: "In Prüfung",
    },
    not_filed="Nicht eingereicht",
    awaited="wird bis zum {until} erwartet, andernfalls werden die Punkte gutgeschrieben ({points})",
    remedies={"REPLACEMENT": "Ersatz", "POINTS": "Punkte gutgeschrieben"},
    template_sheet="Reklamationen",
    instructions_sheet="Anleitung",
    reasons_sheet="Gründe",
    answer_sheet="Entscheidungen",
    answer_title="Entscheidungen zur Reklamation {number}",
    choose_title="Grund",
    choose_text="Wählen Sie einen Grund aus der Liste.",
    instructions=(
        "Jede Zeile enthält einen Kontakt, den Sie erhalten haben und noch reklamieren können.",
        "Um einen Kontakt zu reklamieren, wählen Sie in seiner Zeile einen Grund und erläutern Sie mit eigenen Worten, was nicht stimmt. Beide Angaben sind erforderlich.",
        "Lassen Sie die übrigen Zeilen, wie sie sind, oder löschen Sie sie; diese Zeilen werden nicht eingereicht.",
        "Ändern Sie die Spalte „Lieferungs-ID“ nicht.",
        "Laden Sie die Datei als XLSX, XLS, ODS oder CSV hoch; sie darf höchstens 10.000 ausgefüllte Zeilen enthalten.",
    ),
    not_accepted="Diese Gründe werden nie anerkannt:",
)
