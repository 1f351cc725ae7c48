"""Reasons to refuse changes to a secretariat and its employees, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why

INVALID = RefusalCode.INVALID


@unique
class CallRefusal(RefusalReason):
    """The API's `CallErrorReason`."""

    NUMBER_IS_SHORT = Why(
        INVALID,
        "The number is an emergency number or another short number, which cannot be a caller or an extension.",
        en="is an emergency or short number; enter a number with its area code",
        de="Das ist eine Notruf- oder Kurznummer. Geben Sie eine Nummer mit Vorwahl ein.",
        pl="To jest numer alarmowy lub skrócony. Prosimy podać pełny numer telefonu.",
        ro="Acesta este un număr de urgență sau scurt. Introduceți un număr complet, cu prefix.",
    )
    NUMBER_HAS_EXTENSION = Why(
        INVALID,
        "The number is followed by an extension, which a caller ID never contains.",
        en="has an extension after the number; enter the complete number that is shown or dialled",
        de="Auf die Nummer folgt eine Nebenstelle. Geben Sie die vollständige Nummer ein, die angezeigt oder gewählt wird.",
        pl="Po numerze podano numer wewnętrzny. Prosimy podać pełny numer, który jest wyświetlany lub wybierany.",
        ro="După număr urmează un interior. Introduceți numărul complet, care este afișat sau format.",
    )
    NUMBER_NOT_MOBILE = Why(
        INVALID,
        "The numbering plan knows the number as a fixed line, a shared-cost, premium or other number that receives no text messages.",
        en="is not a mobile number; enter one in the form +491701234567",
        de="Das ist keine Mobilnummer. Geben Sie eine in der Form +491701234567 ein.",
        pl="To nie jest numer komórkowy. Prosimy podać numer w postaci +48600100200.",
        ro="Acesta nu este un număr de mobil. Introduceți unul sub forma +40712345678.",
    )
    BLOCK_TOO_SHORT = Why(
        INVALID,
        "The block of numbers has fewer than five digits after the country code.",
        en="has fewer than {least} digits after the country code, which would hold for too many callers; add digits",
        de="Der Nummernblock hat weniger als {least} Ziffern nach der Ländervorwahl und würde für zu viele Anrufer gelten. Ergänzen Sie Ziffern.",
        pl="Blok numerów ma mniej niż {least} cyfr po numerze kierunkowym kraju i obejmowałby zbyt wielu dzwoniących. Prosimy dodać cyfry.",
        ro="Blocul de numere are mai puțin de {least} cifre după prefixul țării și ar cuprinde prea mulți apelanți. Adăugați cifre.",
    )
