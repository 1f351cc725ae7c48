"""Reasons to refuse changes of smart contact data and searches, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why

INVALID, REQUIRED, NOT_FOUND = RefusalCode.INVALID, RefusalCode.REQUIRED, RefusalCode.NOT_FOUND


@unique
class SmartDataRefusal(RefusalReason):
    """The API's `SmartDataErrorReason`."""

    ONLY_ACCOUNT_OWNERS = Why(
        RefusalCode.FORBIDDEN,
        "Only owners of the account may switch smart contact data.",
        en="Only owners of a vendor's account can switch smart contact data on or off.",
        de="Nur Inhaber eines Anbieterkontos können Smart Contact Data ein- und ausschalten.",
        pl="Tylko właściciele konta usługodawcy mogą włączać i wyłączać inteligentne dane kontaktowe.",
        ro="Numai proprietarii contului unui furnizor pot activa sau dezactiva datele de contact inteligente.",
    )
    ROLES_NOT_ACCEPTED = Why(
        REQUIRED,
        "Switching on needs the acceptance of who is controller and who is processor.",
        en="acceptsRoles: required to switch smart contact data on. Read `roles`, then accept them.",
        de="Zum Einschalten von Smart Contact Data müssen Sie die Rollenverteilung beim Datenschutz lesen und akzeptieren.",
        pl="Aby włączyć inteligentne dane kontaktowe, należy przeczytać i zaakceptować role w ochronie danych.",
        ro="Pentru a activa datele de contact inteligente, citiți și acceptați rolurile privind protecția datelor.",
    )
    SMART_DATA_NOT_INCLUDED = Why(
        RefusalCode.REFUSED_BY_RULE,
        "The account's plan does not include smart contact data; see `decision`.",
        en="Smart contact data was not switched on. {decision}",
        de="Smart Contact Data wurde nicht eingeschaltet. {decision}",
        pl="Inteligentne dane kontaktowe nie zostały włączone. {decision}",
        ro="Datele de contact inteligente nu au fost activate. {decision}",
    )
    SETTINGS_CHANGED = Why(
        RefusalCode.STALE_VERSION,
        "The settings have changed since the client read them.",
        en="expectedVersion: the settings have changed since you read them. Read them again.",
        de="Die Einstellungen wurden inzwischen geändert. Lesen Sie sie erneut.",
        pl="Ustawienia zostały w międzyczasie zmienione. Należy odczytać je ponownie.",
        ro="Setările s-au schimbat între timp. Citiți-le din nou.",
    )
    SOURCE_UNAVAILABLE = Why(
        INVALID,
        "A source cannot be switched on, because the marketplace does not ask it.",
        en="the marketplace does not ask this source. Leave it off.",
        de="Diese Quelle wird vom Marktplatz nicht abgefragt. Lassen Sie sie ausgeschaltet.",
        pl="Serwis nie korzysta z tego źródła. Należy pozostawić je wyłączone.",
        ro="Platforma nu interoghează această sursă. Lăsați-o dezactivată.",
    )
    SOURCE_REPEATED = Why(
        INVALID,
        "A source is named twice.",
        en="names a source twice. Name each source once.",
        de="Eine Quelle ist doppelt angegeben. Nennen Sie jede Quelle nur einmal.",
        pl="Źródło podano dwa razy. Każde źródło należy podać jeden raz.",
        ro="O sursă este indicată de două ori. Indicați fiecare sursă o singură dată.",
    )
    ONE_TARGET = Why(
        INVALID,
        "Exactly one of the alternatives has to be given.",
        en="give exactly one of {fields}.",
        de="Geben Sie genau eines von diesen an: {fields}.",
        pl="Należy podać dokładnie jedno z: {fields}.",
        ro="Indicați exact una dintre variante: {fields}.",
    )
    ORGANISATION_NOT_FOUND = Why(
        NOT_FOUND,
        "The organisation does not exist, or the viewer may not see it.",
        en="Organisation not found.",
        de="Organisation nicht gefunden.",
        pl="Nie znaleziono organizacji.",
        ro="Organizația nu a fost găsită.",
    )
    FOUND_FIELD_NOT_FOUND = Why(
        NOT_FOUND,
        "A found value does not exist, has expired, or the viewer may not see it.",
        en="Value not found; it may have expired.",
        de="Wert nicht gefunden; er ist möglicherweise abgelaufen.",
        pl="Nie znaleziono wartości; mogła stracić ważność.",
        ro="Valoarea nu a fost găsită; este posibil să fi expirat.",
    )
    SMART_DATA_HIDDEN = Why(
        RefusalCode.REFUSED_BY_RULE,
        "A rule does not let the account look this up; see `decision`.",
        en="Nothing was looked up. {decision}",
        de="Es wurde nichts nachgeschlagen. {decision}",
        pl="Niczego nie wyszukano. {decision}",
        ro="Nu s-a căutat nimic. {decision}",
    )
    SEARCH_REFUSED = Why(
        RefusalCode.REFUSED_BY_RULE,
        "A rule does not allow the search now; see `decision`.",
        en="Nothing was searched. {decision}",
        de="Es wurde nicht gesucht. {decision}",
        pl="Nie rozpoczęto wyszukiwania. {decision}",
        ro="Nu a fost pornită nicio căutare. {decision}",
    )
    ADDRESS_CHANGED = Why(
        RefusalCode.STALE_VERSION,
        "The address in `checkedEmail` is not the stored one.",
        en="checkedEmail: this is not the stored email address. Read the contact again.",
        de="Dies ist nicht die gespeicherte E-Mail-Adresse. Lesen Sie den Kontakt erneut.",
        pl="To nie jest zapisany adres e-mail. Należy ponownie odczytać kontakt.",
        ro="Aceasta nu este adresa de e-mail salvată. Citiți din nou contactul.",
    )
    KEPT_TOO_LONG = Why(
        INVALID,
        "A found value cannot be kept until then.",
        en="until: must be in the future and no later than {latest}. Choose an earlier time.",
        de="Der Zeitpunkt muss in der Zukunft liegen und darf nicht nach {latest} sein. Wählen Sie einen früheren.",
        pl="Termin musi przypadać w przyszłości, najpóźniej {latest}. Należy wybrać wcześniejszy.",
        ro="Momentul trebuie să fie în viitor, cel târziu {latest}. Alegeți unul mai devreme.",
    )
    ORGANISATION_NAME_INVALID = Why(
        INVALID,
        "Nothing is left of the name without legal form and punctuation, or it is too long.",
        en="name: enter the organisation's name, at most {most} characters.",
        de="Geben Sie den Namen der Organisation an, höchstens {most} Zeichen.",
        pl="Należy wpisać nazwę organizacji, najwyżej {most} znaków.",
        ro="Introduceți numele organizației, cel mult {most} de caractere.",
    )
    PERSON_ELSEWHERE = Why(
        RefusalCode.CONFLICT,
        "The person belongs to another organisation.",
        en="leadId: this person belongs to another organisation. Remove them from it first.",
        de="Diese Person gehört zu einer anderen Organisation. Entfernen Sie sie zuerst dort.",
        pl="Ta osoba należy do innej organizacji. Najpierw należy ją z niej usunąć.",
        ro="Această persoană aparține altei organizații. Eliminați-o mai întâi de acolo.",
    )
    CONTACT_NOT_VISIBLE = Why(
        RefusalCode.REFUSED_BY_RULE,
        "The contact is not visible to the account; see `decision`.",
        en="The organisation was not changed. {decision}",
        de="Die Organisation wurde nicht geändert. {decision}",
        pl="Organizacja nie została zmieniona. {decision}",
        ro="Organizația nu a fost modificată. {decision}",
    )
    DOMAIN_INVALID = Why(
        INVALID,
        "The text is no domain that somebody can register.",
        en="domain: enter a domain such as mail.com, without www, @ or a path.",
        de="Geben Sie eine Domain wie mail.com an, ohne www, @ oder Pfad.",
        pl="Należy podać domenę, np. mail.com, bez www, znaku @ i ścieżki.",
        ro="Introduceți un domeniu precum mail.com, fără www, @ sau cale.",
    )
