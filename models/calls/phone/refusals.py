"""Reasons to refuse changes to telephone systems, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why

INVALID, REQUIRED, CONFLICT = RefusalCode.INVALID, RefusalCode.REQUIRED, RefusalCode.CONFLICT
NOT_FOUND, LIMIT = RefusalCode.NOT_FOUND, RefusalCode.LIMIT_EXCEEDED


@unique
class PhoneRefusal(RefusalReason):
    """The API's `PhoneErrorReason`."""

    PHONE_SYSTEM_NOT_FOUND = Why(
        NOT_FOUND,
        "The telephone system does not exist, or was deleted.",
        en="Telephone system not found.",
        de="Telefonanlage nicht gefunden.",
        pl="Nie znaleziono centrali telefonicznej.",
        ro="Centrala telefonică nu a fost găsită.",
    )
    PHONE_EVENT_NOT_FOUND = Why(
        NOT_FOUND,
        "The event does not exist, or is older than 30 days.",
        en="Event not found.",
        de="Ereignis nicht gefunden.",
        pl="Nie znaleziono zdarzenia.",
        ro="Evenimentul nu a fost găsit.",
    )
    TOO_MANY_PHONE_SYSTEMS = Why(
        LIMIT,
        "The marketplace has as many telephone systems as it may have.",
        en="The marketplace already has {most} telephone systems. Delete one first.",
        de="Der Marktplatz hat bereits {most} Telefonanlagen. Löschen Sie zuerst eine.",
        pl="Platforma ma już {most} central telefonicznych. Prosimy najpierw usunąć jedną z nich.",
        ro="Platforma are deja {most} centrale telefonice. Ștergeți mai întâi una.",
    )
    DRIVER_FIXED = Why(
        CONFLICT,
        "A telephone system keeps its driver.",
        en="driver: cannot be changed. Create another telephone system, and delete this one.",
        de="Das Format lässt sich nicht ändern. Legen Sie eine neue Telefonanlage an, und löschen Sie diese.",
        pl="Nie można zmienić formatu. Prosimy utworzyć nową centralę i usunąć tę.",
        ro="Formatul nu poate fi schimbat. Creați o altă centrală și ștergeți-o pe aceasta.",
    )
    PHONE_KEY_MISSING = Why(
        REQUIRED,
        "The key, token or secret of the provider is missing.",
        en="{name}: enter it as the provider shows it. Without it, no request can be verified.",
        de="Geben Sie {name} so an, wie der Anbieter es zeigt. Sonst lässt sich keine Anfrage prüfen.",
        pl="Prosimy podać {name} w postaci pokazanej przez dostawcę. Bez tego nie można zweryfikować żądań.",
        ro="Introduceți {name} așa cum apare la furnizor. Fără aceasta, nicio cerere nu poate fi verificată.",
    )
    PHONE_KEY_INVALID = Why(
        INVALID,
        "The key, token or secret of the provider cannot be used.",
        en="{name}: cannot be used. Copy it from the provider again.",
        de="{name} ist nicht verwendbar. Kopieren Sie den Wert noch einmal beim Anbieter.",
        pl="Wartości {name} nie można użyć. Prosimy skopiować ją ponownie od dostawcy.",
        ro="Valoarea {name} nu poate fi folosită. Copiați-o din nou de la furnizor.",
    )
    PHONE_KEY_OF_OTHER_DRIVER = Why(
        INVALID,
        "A key, token or secret is given that this driver does not use.",
        en="{name}: is not used by this driver. Leave it out.",
        de="{name} wird bei diesem Format nicht verwendet. Lassen Sie das Feld weg.",
        pl="Pole {name} nie jest używane w tym formacie. Prosimy je pominąć.",
        ro="Câmpul {name} nu se folosește la acest format. Omiteți-l.",
    )
    SECRET_OF_PROVIDER = Why(
        CONFLICT,
        "The provider chooses the secret, so there is none to rotate here.",
        en="The provider chooses this secret. Change it there, then enter the new one with phoneSystemSet.",
        de="Diesen Schlüssel legt der Anbieter fest. Ändern Sie ihn dort, und geben Sie den neuen mit phoneSystemSet ein.",
        pl="Ten klucz ustala dostawca. Prosimy zmienić go u dostawcy, a nowy podać przez phoneSystemSet.",
        ro="Această cheie este stabilită de furnizor. Schimbați-o acolo, apoi introduceți-o pe cea nouă cu phoneSystemSet.",
    )
    REGION_UNKNOWN = Why(
        INVALID,
        "The region is not a country with telephone numbers.",
        en="region: enter a country in two letters by ISO 3166, such as DE.",
        de="Geben Sie ein Land mit zwei Buchstaben nach ISO 3166 an, etwa DE.",
        pl="Prosimy podać kraj dwiema literami według ISO 3166, np. PL.",
        ro="Indicați o țară prin două litere conform ISO 3166, de exemplu RO.",
    )
    PUBLIC_URL_INVALID = Why(
        INVALID,
        "The address that the provider signs is not a web address.",
        en="publicUrl: enter the address as the provider has it, with http:// or https:// and without a fragment.",
        de="Geben Sie die Adresse so an, wie sie beim Anbieter steht: mit http:// oder https:// und ohne Fragment.",
        pl="Prosimy podać adres tak jak u dostawcy: z http:// lub https:// i bez fragmentu.",
        ro="Introduceți adresa așa cum figurează la furnizor: cu http:// sau https:// și fără fragment.",
    )
    PHONE_USER_INVALID = Why(
        INVALID,
        "A user of the telephone system has no key, a key that is too long, or the key of another user.",
        en="users: give each user a key of its own, with at most {most} characters.",
        de="Geben Sie jedem Benutzer einen eigenen Schlüssel mit höchstens {most} Zeichen.",
        pl="Prosimy nadać każdemu użytkownikowi osobny klucz, najwyżej {most} znaków.",
        ro="Dați fiecărui utilizator o cheie proprie, cu cel mult {most} caractere.",
    )
