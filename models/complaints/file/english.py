"""English words of complaint files; a test compares the languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.complaints.file.words import Column, FileWords
from rules.complaint import ComplaintVerdict
from rules.visibility import DeliveryKind

ENGLISH = FileWords(
    language="en",
    delimiter=",",
    headings={
        Column.ROW: "Row",
        Column.DELIVERY: "Delivery ID",
        Column.LEAD: "Lead",
        Column.KIND: "Kind",
        Column.RECEIVED: "Received",
        Column.COMPLAIN_UNTIL: "Complain before",
        Column.FULL_NAME: "Name",
        Column.ORGANISATION: "Organisation",
        Column.PHONE: "Phone",
        Column.EMAIL: "Email",
        Column.REASON: "Reason",
        Column.EXPLANATION: "Explanation",
        Column.VERDICT: "Decision",
        Column.RULE: "Grounds",
        Column.COMMENT: "Comment",
        Column.REMEDY: "Remedy",
        Column.REPLACEMENT: "Replacement lead",
    },
    synonyms={
        Column.DELIVERY: ("Delivery", "Delivery number", "Delivery no."),
        Column.REASON: ("Reason code", "Complaint reason", "Reason for complaint", "Reason of complaint"),
        Column.EXPLANATION: ("Description", "Details", "Your explanation", "Explanatory text", "Text"),
    },
    lead_club_only="Lead Club only",
    kinds={
        DeliveryKind.APPLICATION: "Application",
        DeliveryKind.LEAD_CLUB: "Lead Club",
        DeliveryKind.RECORD: "Record",
    },
    verdicts={
        ComplaintVerdict.ACCEPTED: "Accepted",
        ComplaintVerdict.REJECTED: "Rejected",
        ComplaintVerdict.UNDER_REVIEW: "Under review",
    },
    not_filed="Not filed",
    awaited="expected by {until}; otherwise the points are credited ({points})",
    remedies={"REPLACEMENT": "Replacement", "POINTS": "Points credited"},
    template_sheet="Complaints",
    instructions_sheet="Instructions",
    reasons_sheet="Reasons",
    answer_sheet="Decisions",
    answer_title="Decisions on complaint {number}",
    choose_title="Reason",
    choose_text="Choose a reason from the list.",
    instructions=(
        "Each row is one contact that you received and can still complain about.",
        "To complain about a contact, choose a reason in its row and explain in your own words what is wrong. Both are required.",
        "Leave the other rows as they are, or delete them; they are not filed.",
        "Do not change the column “Delivery ID”.",
        "Upload the file as XLSX, XLS, ODS or CSV with at most 10,000 completed rows.",
    ),
    not_accepted="These reasons are never accepted:",
)
