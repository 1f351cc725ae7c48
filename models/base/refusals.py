"""Reasons to refuse a request that are the same for all domains, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class RequestRefusal(RefusalReason):
    """The API's `RequestErrorReason`."""

    ONLY_FOR_VENDORS = Why(
        RefusalCode.FORBIDDEN,
        "Only owners and members of a vendor's account may do this.",
        en="Only owners and members of a vendor's account can {action}.",
        de="Das dürfen nur Inhaber und Mitglieder eines Anbieterkontos.",
        pl="Mogą to zrobić tylko właściciele i członkowie konta usługodawcy.",
        ro="Numai proprietarii și membrii contului unui furnizor pot face acest lucru.",
    )
    ONLY_FOR_OWNERS = Why(
        RefusalCode.FORBIDDEN,
        "Only owners of a vendor's account, and operators, may do this.",
        en="Only owners of a vendor's account and operators can {action}.",
        de="Das dürfen nur Inhaber eines Anbieterkontos und Betreiber.",
        pl="Mogą to zrobić tylko właściciele konta usługodawcy i operatorzy.",
        ro="Numai proprietarii contului unui furnizor și operatorii pot face acest lucru.",
    )
    ONLY_FOR_OPERATORS = Why(
        RefusalCode.FORBIDDEN,
        "Only operators may do this.",
        en="Only operators can {action}.",
        de="Das dürfen nur Betreiber.",
        pl="Może to zrobić tylko operator.",
        ro="Numai operatorii pot face acest lucru.",
    )
    IDEMPOTENCY_KEY_INVALID = Why(
        RefusalCode.INVALID,
        "The idempotencyKey is empty, too long or not printable.",
        en="idempotencyKey must have 1 to 200 printable characters. Generate one per intended operation, such as a UUID.",
        de="Der idempotencyKey muss aus 1 bis 200 druckbaren Zeichen bestehen. Erzeugen Sie für jeden Vorgang einen eigenen, etwa eine UUID.",
        pl="Klucz idempotencyKey musi mieć od 1 do 200 drukowalnych znaków. Dla każdej operacji należy wygenerować nowy, np. UUID.",
        ro="Cheia idempotencyKey trebuie să aibă între 1 și 200 de caractere imprimabile. Generați câte una pentru fiecare operațiune, de exemplu un UUID.",
    )
    IDEMPOTENCY_KEY_REUSED = Why(
        RefusalCode.IDEMPOTENCY_CONFLICT,
        "The idempotencyKey was already used with different input.",
        en="This idempotencyKey was already used with different input. Use a new key for a new operation.",
        de="Dieser idempotencyKey wurde bereits mit anderen Eingaben verwendet. Verwenden Sie für einen neuen Vorgang einen neuen Schlüssel.",
        pl="Ten klucz idempotencyKey został już użyty z innymi danymi. Do nowej operacji należy użyć nowego klucza.",
        ro="Această cheie idempotencyKey a fost deja folosită cu alte date. Folosiți o cheie nouă pentru o operațiune nouă.",
    )
