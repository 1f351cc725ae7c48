"""Reasons to refuse stops, recorded attempts and opt-out lists, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class ContactingRefusal(RefusalReason):
    """The API's `ContactingErrorReason`."""

    DO_NOT_CONTACT_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The do-not-contact stop does not exist, or you may not see it.",
        en="Do-not-contact stop not found.",
        de="Kontaktsperre nicht gefunden.",
        pl="Nie znaleziono blokady kontaktu.",
        ro="Blocarea contactului nu a fost găsită.",
    )
    STOP_NOT_FOR_ROLE = Why(
        RefusalCode.FORBIDDEN,
        "Only the person, owners and members of a vendor's account, and operators set and lift stops.",
        en="Only the person concerned, vendors and operators can set or lift a do-not-contact stop.",
        de="Nur die betroffene Person, Anbieter und Betreiber können eine Kontaktsperre setzen oder aufheben.",
        pl="Blokadę kontaktu może ustawić lub znieść tylko osoba, której dotyczy, usługodawca lub operator.",
        ro="Numai persoana vizată, furnizorii și operatorii pot seta sau ridica blocarea contactului.",
    )
    STOP_FOR_OTHERS = Why(
        RefusalCode.FORBIDDEN,
        "Only operators name another person by `prospectId`; a vendor names one of its leads.",
        en="prospectId: only operators can specify a person. Vendors send the leadId of a lead whose contact data they see.",
        de="Nur Betreiber können eine Person angeben. Anbieter nennen einen Lead, dessen Kontaktdaten sie sehen.",
        pl="Osobę może wskazać tylko operator. Usługodawca podaje lead, którego dane kontaktowe widzi.",
        ro="Numai operatorii pot indica o persoană. Furnizorii indică un lead ale cărui date de contact le văd.",
    )
    PERSON_MISSING = Why(
        RefusalCode.REQUIRED,
        "Neither `leadId` nor `prospectId` says whom the stop is about.",
        en="leadId, prospectId: send one of the two.",
        de="Geben Sie entweder den Lead oder die Person an.",
        pl="Prosimy podać lead albo osobę.",
        ro="Indicați fie leadul, fie persoana.",
    )
    PERSON_TWICE = Why(
        RefusalCode.INVALID,
        "Both `leadId` and `prospectId` were sent.",
        en="leadId, prospectId: send only one of the two.",
        de="Geben Sie nur den Lead oder nur die Person an, nicht beides.",
        pl="Prosimy podać tylko lead albo tylko osobę, nie oba.",
        ro="Indicați numai leadul sau numai persoana, nu ambele.",
    )
    CONTACT_HIDDEN = Why(
        RefusalCode.REFUSED_BY_RULE,
        "A rule hides the contact data of this lead from you; see `decision`.",
        en="leadId: the contact data of this lead is hidden from you. {decision}",
        de="Die Kontaktdaten dieses Leads sehen Sie nicht. {decision}",
        pl="Dane kontaktowe tego leada są dla Państwa ukryte. {decision}",
        ro="Datele de contact ale acestui lead vă sunt ascunse. {decision}",
    )
    STOP_END_PASSED = Why(
        RefusalCode.INVALID,
        "The end of a stop must be in the future.",
        en="until: must be in the future. Leave it out for a stop without an end.",
        de="Das Ende muss in der Zukunft liegen. Lassen Sie es weg, wenn die Sperre unbefristet gelten soll.",
        pl="Koniec musi przypadać w przyszłości. Aby blokada była bezterminowa, prosimy go pominąć.",
        ro="Sfârșitul trebuie să fie în viitor. Omiteți-l pentru o blocare fără termen.",
    )
    STOP_NOT_YOURS = Why(
        RefusalCode.FORBIDDEN,
        "A vendor's owner lifts only the stops of the own account, and never one that the person set.",
        en="doNotContactId: you can lift only stops that your company set. This one was set by the person or the marketplace.",
        de="Sie können nur Sperren aufheben, die Ihr Unternehmen gesetzt hat. Diese hat die Person oder der Marktplatz gesetzt.",
        pl="Można znieść tylko blokady ustawione przez Państwa firmę. Tę ustawiła osoba, której dotyczy, lub platforma.",
        ro="Puteți ridica numai blocările setate de firma dumneavoastră. Aceasta a fost setată de persoană sau de platformă.",
    )
    ATTEMPT_IN_FUTURE = Why(
        RefusalCode.INVALID,
        "An attempt is recorded after it was made.",
        en="at: is in the future. Send when the attempt was made.",
        de="Der Zeitpunkt liegt in der Zukunft. Geben Sie an, wann der Kontaktversuch stattfand.",
        pl="Ta chwila przypada w przyszłości. Prosimy podać, kiedy podjęto próbę kontaktu.",
        ro="Momentul este în viitor. Indicați când a avut loc încercarea de contact.",
    )
    ATTEMPT_TOO_OLD = Why(
        RefusalCode.INVALID,
        "An attempt is recorded within some days.",
        en="at: is more than {days} days ago. Only newer attempts can be recorded.",
        de="Der Zeitpunkt liegt mehr als {days} Tage zurück. Nur neuere Kontaktversuche können erfasst werden.",
        pl="Od tej chwili minęło więcej niż {days} dni. Można zapisać tylko nowsze próby kontaktu.",
        ro="Au trecut mai mult de {days} de zile de la acest moment. Pot fi înregistrate numai încercări mai noi.",
    )
    OUTCOME_NOT_OF_MEDIUM = Why(
        RefusalCode.INVALID,
        "An attempt by this medium cannot have this outcome.",
        en="outcome: an attempt by {medium} cannot end like this. Choose another outcome or medium.",
        de="Ein Kontaktversuch auf diesem Weg ({medium}) kann nicht so enden. Wählen Sie ein anderes Ergebnis oder einen anderen Weg.",
        pl="Próba kontaktu tą drogą ({medium}) nie może się tak zakończyć. Prosimy wybrać inny wynik lub inną drogę.",
        ro="O încercare pe această cale ({medium}) nu se poate încheia astfel. Alegeți alt rezultat sau altă cale.",
    )
    LIST_MEDIUM_INVALID = Why(
        RefusalCode.INVALID,
        "Opt-out lists are of numbers (CALL, SMS) or addresses (EMAIL).",
        en="medium: must be CALL, SMS or EMAIL.",
        de="Listen gibt es nur für Anrufe, SMS und E-Mails.",
        pl="Listy mogą dotyczyć tylko połączeń, SMS-ów i e-maili.",
        ro="Listele pot privi numai apeluri, SMS-uri și e-mailuri.",
    )
    LIST_EMPTY = Why(
        RefusalCode.INVALID,
        "The file has no rows; an empty file does not empty a list.",
        en="file: has no numbers or addresses. The list stays as it is; send the whole list.",
        de="Die Datei enthält keine Nummern oder Adressen. Die Liste bleibt, wie sie ist; senden Sie die ganze Liste.",
        pl="Plik nie zawiera numerów ani adresów. Lista pozostaje bez zmian; prosimy przesłać całą listę.",
        ro="Fișierul nu conține numere sau adrese. Lista rămâne neschimbată; trimiteți lista întreagă.",
    )
    LIST_ROWS_UNREADABLE = Why(
        RefusalCode.INVALID,
        "Rows of the file cannot be read; `rowErrors` has the first of them, and nothing was imported.",
        en="file: {count} rows cannot be read, so nothing was imported. See `rowErrors` for the first of them.",
        de="Zeilen, die nicht gelesen werden können: {count}. Es wurde nichts importiert; die ersten sind bei den Zeilen angegeben.",
        pl="Wiersze, których nie można odczytać: {count}. Niczego nie zaimportowano; pierwsze z nich podano przy wierszach.",
        ro="Rânduri care nu pot fi citite: {count}. Nu s-a importat nimic; primele sunt indicate la rânduri.",
    )
    LIST_AS_OF_INVALID = Why(
        RefusalCode.INVALID,
        "The date `asOf` is in the future, or the stored list is newer.",
        en="asOf: must not be in the future or before the stored list's. Send when this list was issued.",
        de="Der Stand darf nicht in der Zukunft und nicht vor dem der gespeicherten Liste liegen. Geben Sie an, wann diese Liste ausgegeben wurde.",
        pl="Stan listy nie może przypadać w przyszłości ani być starszy od zapisanego. Prosimy podać, kiedy wydano tę listę.",
        ro="Data listei nu poate fi în viitor și nici anterioară celei memorate. Indicați când a fost emisă această listă.",
    )
    ENTRY_NOT_A_HASH = Why(
        RefusalCode.INVALID,
        "A row is not the SHA-256 of a number or address.",
        en="is not a SHA-256 hash of 64 hexadecimal digits; send `hashed: false` for plain numbers or addresses",
        de="Der Wert ist kein SHA-256-Hash aus 64 hexadezimalen Ziffern. Für Nummern oder Adressen im Klartext wählen Sie `hashed: false`.",
        pl="Wartość nie jest skrótem SHA-256 złożonym z 64 cyfr szesnastkowych. W przypadku jawnych numerów lub adresów prosimy wybrać `hashed: false`.",
        ro="Valoarea nu este un hash SHA-256 din 64 de cifre hexazecimale. Pentru numere sau adrese în clar alegeți `hashed: false`.",
    )
    CONTACT_STATEMENT_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The statement does not exist, or your account did not record it.",
        en="Statement not found.",
        de="Äußerung nicht gefunden.",
        pl="Nie znaleziono wypowiedzi.",
        ro="Declarația nu a fost găsită.",
    )
    STATEMENT_IN_FUTURE = Why(
        RefusalCode.INVALID,
        "A person's words are recorded after they were said.",
        en="at: is in the future. Send when the person said it.",
        de="Der Zeitpunkt liegt in der Zukunft. Geben Sie an, wann die Person das gesagt hat.",
        pl="Ta chwila przypada w przyszłości. Prosimy podać, kiedy osoba to powiedziała.",
        ro="Momentul este în viitor. Indicați când a spus persoana acest lucru.",
    )
    STATEMENT_TOO_OLD = Why(
        RefusalCode.INVALID,
        "A person's words are recorded within some days.",
        en="at: is more than {days} days ago. Only newer statements can be recorded.",
        de="Der Zeitpunkt liegt mehr als {days} Tage zurück. Nur neuere Äußerungen können erfasst werden.",
        pl="Od tej chwili minęło więcej niż {days} dni. Można zapisać tylko nowsze wypowiedzi.",
        ro="Au trecut mai mult de {days} de zile de la acest moment. Pot fi înregistrate numai declarații mai noi.",
    )
    ANSWER_NOT_FOR_ROLE = Why(
        RefusalCode.FORBIDDEN,
        "Owners and members of a vendor's account record an answer, and the person their own.",
        en="Only the person concerned and vendors can record how the person wants to be contacted.",
        de="Nur die betroffene Person und Anbieter können erfassen, wie die Person kontaktiert werden möchte.",
        pl="Tylko osoba, której to dotyczy, i usługodawcy mogą zapisać, jak osoba chce być kontaktowana.",
        ro="Numai persoana vizată și furnizorii pot înregistra cum dorește persoana să fie contactată.",
    )
    PROFILE_CHANGED = Why(
        RefusalCode.STALE_VERSION,
        "The profile has changed since the client read it.",
        en="expectedVersion: the profile has changed since you read it. Read it again.",
        de="Das Profil wurde inzwischen geändert. Lesen Sie es erneut.",
        pl="Profil został w międzyczasie zmieniony. Prosimy odczytać go ponownie.",
        ro="Profilul s-a schimbat între timp. Citiți-l din nou.",
    )
    PROFILE_VERSION_MISSING = Why(
        RefusalCode.REQUIRED,
        "A change of an existing profile needs the version that the client read.",
        en="expectedVersion: required, because there is a profile already. Send the version that you read.",
        de="expectedVersion ist erforderlich, weil es bereits ein Profil gibt. Senden Sie die gelesene Version.",
        pl="Profil już istnieje, dlatego wymagane jest expectedVersion. Prosimy podać odczytaną wersję.",
        ro="Există deja un profil, deci expectedVersion este obligatoriu. Trimiteți versiunea citită.",
    )
    SENDER_PROFILE_NOT_FOR_ROLE = Why(
        RefusalCode.FORBIDDEN,
        "Only owners change how their company is contacted.",
        en="Only owners can change how their company is contacted.",
        de="Nur Inhaber können ändern, wie ihr Unternehmen kontaktiert wird.",
        pl="Tylko właściciele mogą zmienić sposób kontaktu ze swoją firmą.",
        ro="Numai proprietarii pot schimba modul în care este contactată firma lor.",
    )
    SIGNATURE_LANGUAGE_INVALID = Why(
        RefusalCode.INVALID,
        "A signature is in one of the four languages, and each language has one.",
        en="language: must be en, de, pl or ro, and each only once.",
        de="Die Sprache muss en, de, pl oder ro sein, und jede darf nur einmal vorkommen.",
        pl="Język musi być jednym z: en, de, pl, ro, każdy najwyżej raz.",
        ro="Limba trebuie să fie en, de, pl sau ro, fiecare o singură dată.",
    )
    ADVICE_UNKNOWN = Why(
        RefusalCode.INVALID,
        "The id is not that of an advice for this lead.",
        en="adviceId: is not an advice for this lead. Send the `id` of the advice that you followed.",
        de="Das ist kein Rat zu diesem Lead. Senden Sie die `id` des Rats, dem Sie gefolgt sind.",
        pl="To nie jest porada dotycząca tego leada. Prosimy podać `id` porady, z której Państwo skorzystali.",
        ro="Acesta nu este un sfat pentru acest lead. Trimiteți `id`-ul sfatului pe care l-ați urmat.",
    )
