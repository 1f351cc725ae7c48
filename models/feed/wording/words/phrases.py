"""Sentences that several notifications share, in each language."""

# ruff: noqa: E501 - one line per sentence, to find and compare it

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """The shared sentences of one language."""

    complain: str
    reach: str
    meeting: str
    declined: str  # in time
    apply: str
    answer: tuple[str, ...]
    refunded: str
    not_refunded: str

    @property
    def fee(self) -> tuple[str, str]:
        """What became of the fee: only one of these sentences has its value."""
        return self.refunded, self.not_refunded


EN = Phrases(
    complain="If the contact is faulty, you can file a complaint before {complaint_until}.",
    reach="The contact data is in your account. Get in touch now.",
    meeting="You can reschedule or cancel the meeting until it starts.",
    declined="The prospect declined within {reveal_after}. Their identity and contact data stay hidden.",
    apply="You can apply for other leads.",
    answer=(
        "You can accept or decline the application before {answer_until}.",
        "If you accept, {vendor} sees your contact data immediately. Without a response, it is revealed automatically at that time.",
        "If you decline before then, it stays hidden.",
    ),
    refunded="Refunded to your account: {returned}.",
    not_refunded="The fee is not refunded ({captured}). See the application for the reason.",
)
DE = Phrases(
    complain="Ist der Kontakt fehlerhaft, können Sie ihn vor dem {complaint_until} reklamieren.",
    reach="Die Kontaktdaten finden Sie in Ihrem Konto. Nehmen Sie jetzt Kontakt auf.",
    meeting="Sie können das Treffen bis zu seinem Beginn verlegen oder absagen.",
    declined="Der Interessent hat innerhalb von {reveal_after} abgelehnt. Identität und Kontaktdaten bleiben verborgen.",
    apply="Sie können sich auf andere Leads bewerben.",
    answer=(
        "Sie können die Bewerbung vor dem {answer_until} annehmen oder ablehnen.",
        "Wenn Sie annehmen, sieht {vendor} Ihre Kontaktdaten sofort. Ohne Antwort werden sie zu diesem Zeitpunkt automatisch freigegeben.",
        "Wenn Sie vorher ablehnen, bleiben sie verborgen.",
    ),
    refunded="Auf Ihr Konto erstattet: {returned}.",
    not_refunded="Die Gebühr wird nicht erstattet ({captured}). Den Grund finden Sie bei der Bewerbung.",
)
PL = Phrases(
    complain="Jeśli kontakt jest wadliwy, można go zareklamować przed {complaint_until}.",
    reach="Dane kontaktowe są dostępne na koncie. Zachęcamy do kontaktu już teraz.",
    meeting="Spotkanie można przełożyć lub odwołać do chwili jego rozpoczęcia.",
    declined="Klient odrzucił zgłoszenie w terminie ({reveal_after}). Tożsamość i dane kontaktowe pozostają ukryte.",
    apply="Można wysłać zgłoszenia do innych leadów.",
    answer=(
        "Zgłoszenie można zaakceptować lub odrzucić przed {answer_until}.",
        "Po akceptacji {vendor} od razu zobaczy Państwa dane kontaktowe. W razie braku odpowiedzi zostaną one ujawnione automatycznie z upływem tego terminu.",
        "W przypadku wcześniejszego odrzucenia pozostaną ukryte.",
    ),
    refunded="Zwrócono na konto: {returned}.",
    not_refunded="Opłata nie podlega zwrotowi ({captured}). Powód podano przy zgłoszeniu.",
)
RO = Phrases(
    complain="Dacă acest contact este neconform, puteți depune o reclamație înainte de {complaint_until}.",
    reach="Găsiți datele de contact în contul dumneavoastră. Luați legătura cu clientul acum.",
    meeting="Puteți reprograma sau anula întâlnirea până la începerea ei.",
    declined="Clientul a refuzat în termen de {reveal_after}. Identitatea și datele de contact rămân ascunse.",
    apply="Puteți trimite cereri pentru alte leaduri.",
    answer=(
        "Puteți accepta sau refuza cererea înainte de {answer_until}.",
        "Dacă acceptați, {vendor} vă va vedea imediat datele de contact. În lipsa unui răspuns, acestea vor fi dezvăluite automat la expirarea termenului.",
        "Dacă refuzați înainte de acest termen, ele rămân ascunse.",
    ),
    refunded="Rambursare în cont: {returned}.",
    not_refunded="Taxa nu se rambursează ({captured}). Găsiți motivul în detaliile cererii.",
)
