"""Words of each reason for a complaint, in the API and in four languages.

A reason is two files: its rule is in `rules.complaint.REASONS`, its words are one row here. Templates, the
recognition of uploaded cells, descriptions in the API and translated sentences of decisions derive from both.
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping
from dataclasses import dataclass

from models.base.refusal import LANGUAGES
from models.feed.wording import fact_names, sentences
from rules.complaint import REASONS, AcceptedFor, ComplaintReason


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """The words of one reason, by language.

    `labels` are shown in the drop-down of a template and are recognised in uploaded files. `sentences` translate
    the sentence of its rule, which is written in English.
    """

    description: str
    labels: Mapping[str, str]
    sentences: Mapping[str, str]


REASON_WORDS: Mapping[ComplaintReason, ReasonWords] = {
    ComplaintReason.NUMBER_DOES_NOT_EXIST: ReasonWords(
        description="The number does not exist.",
        labels={
            "en": "The number does not exist",
            "de": "Die Nummer existiert nicht",
            "pl": "Numer nie istnieje",
            "ro": "Numărul nu există",
        },
        sentences={
            "de": "Die Nummer existiert nicht.",
            "pl": "Numer nie istnieje.",
            "ro": "Numărul nu există.",
        },
    ),
    ComplaintReason.NUMBER_OF_ANOTHER_PERSON: ReasonWords(
        description="The number belongs to someone else.",
        labels={
            "en": "The number belongs to someone else",
            "de": "Die Nummer gehört einer anderen Person",
            "pl": "Numer należy do kogoś innego",
            "ro": "Numărul aparține altcuiva",
        },
        sentences={
            "de": "Die Nummer gehört einer anderen Person.",
            "pl": "Numer należy do kogoś innego.",
            "ro": "Numărul aparține altcuiva.",
        },
    ),
    ComplaintReason.WRONG_ADDRESS: ReasonWords(
        description="The address is wrong.",
        labels={
            "en": "The address is wrong",
            "de": "Die Adresse ist falsch",
            "pl": "Adres jest błędny",
            "ro": "Adresa este greșită",
        },
        sentences={
            "de": "Die Adresse ist falsch.",
            "pl": "Adres jest błędny.",
            "ro": "Adresa este greșită.",
        },
    ),
    ComplaintReason.BUSINESS_CLOSED: ReasonWords(
        description="The business has closed down.",
        labels={
            "en": "The business has closed down",
            "de": "Das Unternehmen wurde geschlossen",
            "pl": "Firma została zamknięta",
            "ro": "Firma a fost închisă",
        },
        sentences={
            "de": "Das Unternehmen wurde geschlossen.",
            "pl": "Firma została zamknięta.",
            "ro": "Firma a fost închisă.",
        },
    ),
    ComplaintReason.NO_CONSENT: ReasonWords(
        description="The person says they did not give consent; Lead Club only.",
        labels={
            "en": "The person did not consent to the call",
            "de": "Die Person hat dem Anruf nicht zugestimmt",
            "pl": "Osoba nie wyraziła zgody na rozmowę",
            "ro": "Persoana nu și-a dat acordul pentru apel",
        },
        sentences={
            "de": "Die Person hat dem Anruf nicht zugestimmt.",
            "pl": "Ta osoba nie wyraziła zgody na rozmowę telefoniczną.",
            "ro": "Persoana nu și-a dat acordul pentru apel.",
        },
    ),
    ComplaintReason.REQUIREMENTS_NOT_MET: ReasonWords(
        description="The contact does not meet the requirements of the terms or the contract; Lead Club only.",
        labels={
            "en": "The contact does not meet the agreed requirements",
            "de": "Der Kontakt erfüllt die vereinbarten Anforderungen nicht",
            "pl": "Kontakt nie spełnia uzgodnionych wymagań",
            "ro": "Contactul nu îndeplinește cerințele convenite",
        },
        sentences={
            "de": "Der Kontakt erfüllt die Anforderungen der Geschäftsbedingungen oder des Vertrags nicht.",
            "pl": "Kontakt nie spełnia wymagań regulaminu lub umowy.",
            "ro": "Contactul nu îndeplinește cerințele din termeni și condiții sau din contract.",
        },
    ),
    ComplaintReason.VOICEMAIL: ReasonWords(
        description="Calls go to voicemail; never accepted.",
        labels={
            "en": "Calls go to voicemail",
            "de": "Es meldet sich eine Mailbox",
            "pl": "Włącza się poczta głosowa",
            "ro": "Răspunde mesageria vocală",
        },
        sentences={
            "de": "Dass sich eine Mailbox meldet, ist kein Mangel des Kontakts.",
            "pl": "Włączenie się poczty głosowej nie jest wadą kontaktu.",
            "ro": "Faptul că răspunde mesageria vocală nu este o neconformitate a contactului.",
        },
    ),
    ComplaintReason.NO_ANSWER: ReasonWords(
        description="Nobody answers the phone; never accepted.",
        labels={
            "en": "Nobody answers",
            "de": "Niemand nimmt ab",
            "pl": "Nikt nie odbiera",
            "ro": "Nu răspunde nimeni",
        },
        sentences={
            "de": "Ein nicht angenommener Anruf ist kein Mangel des Kontakts.",
            "pl": "Nieodebrane połączenie nie jest wadą kontaktu.",
            "ro": "Un apel fără răspuns nu este o neconformitate a contactului.",
        },
    ),
    ComplaintReason.NOT_INTERESTED: ReasonWords(
        description="The person is not interested; never accepted.",
        labels={
            "en": "The person is not interested",
            "de": "Die Person hat kein Interesse",
            "pl": "Osoba nie jest zainteresowana",
            "ro": "Persoana nu este interesată",
        },
        sentences={
            "de": "Fehlendes Interesse ist kein Mangel des Kontakts.",
            "pl": "Brak zainteresowania nie jest wadą kontaktu.",
            "ro": "Lipsa de interes nu este o neconformitate a contactului.",
        },
    ),
}

# The reasons that a template offers; the others are recognised as well.
OFFERED = tuple(reason for reason in ComplaintReason if REASONS[reason].accepted_for is not AcceptedFor.NEVER)


def _check() -> None:
    for reason in ComplaintReason:
        words = REASON_WORDS.get(reason)
        if words is None or not words.description:
            raise LookupError(f"models.complaints.reasons: {reason} has no words")
        for language in LANGUAGES:
            if not words.labels.get(language):
                raise LookupError(f"models.complaints.reasons: {reason} has no label in {language!r}")
            if language != "en" and not words.sentences.get(language):
                raise LookupError(f"models.complaints.reasons: {reason} has no sentence in {language!r}")


_check()
for _reason, _words in REASON_WORDS.items():
    sentences.add("complaint", REASONS[_reason].rule_id, _words.sentences)
fact_names.add(ComplaintReason, {reason: words.labels for reason, words in REASON_WORDS.items()})
