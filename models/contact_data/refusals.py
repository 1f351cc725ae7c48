"""Reasons to refuse contact data and other texts that people enter, in four languages.

The English messages follow the name of the field ("phone: is a fax number; …").
"""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why

INVALID, REQUIRED = RefusalCode.INVALID, RefusalCode.REQUIRED


@unique
class ContactDataRefusal(RefusalReason):
    """The API's `ContactDataErrorReason`."""

    TEXT_TOO_LONG = Why(
        INVALID,
        "The text is too long.",
        en="is longer than {most} characters; shorten it",
        de="Der Text ist zu lang (höchstens {most} Zeichen). Kürzen Sie ihn.",
        pl="Tekst jest za długi (maksymalna liczba znaków: {most}). Prosimy go skrócić.",
        ro="Textul este prea lung (numărul maxim de caractere: {most}). Scurtați-l.",
    )
    TEXT_HAS_HIDDEN_CHARACTER = Why(
        INVALID,
        "The text contains a control character or another invisible character.",
        en="has the character {character}, which cannot be shown; remove it",
        de="Der Text enthält das Zeichen {character}, das nicht dargestellt werden kann. Entfernen Sie es.",
        pl="Tekst zawiera znak {character}, którego nie można wyświetlić. Prosimy go usunąć.",
        ro="Textul conține caracterul {character}, care nu poate fi afișat. Eliminați-l.",
    )
    TEXT_MISSING = Why(
        REQUIRED,
        "The text is required.",
        en="{missing}",
        de="Der Text fehlt. Füllen Sie das Feld aus.",
        pl="Brak tekstu. Prosimy wypełnić to pole.",
        ro="Textul lipsește. Completați câmpul.",
    )
    VALUE_MISSING = Why(
        REQUIRED,
        "The value is required.",
        en="is required",
        de="Diese Angabe ist erforderlich.",
        pl="To pole jest wymagane.",
        ro="Acest câmp este obligatoriu.",
    )
    NAME_MISSING = Why(
        REQUIRED,
        "The contact has no name.",
        en="a contact needs a name; enter first and last name",
        de="Der Name fehlt. Geben Sie Vor- und Nachnamen ein.",
        pl="Brak imienia i nazwiska. Prosimy je podać.",
        ro="Lipsește numele. Introduceți prenumele și numele.",
    )
    NO_WAY_TO_REACH = Why(
        REQUIRED,
        "The contact has neither an email address nor a phone number.",
        en="there is no way to reach the prospect; enter an email address or a phone number",
        de="Der Interessent ist nicht erreichbar. Geben Sie eine E-Mail-Adresse oder eine Telefonnummer ein.",
        pl="Nie ma możliwości kontaktu z klientem. Prosimy podać adres e-mail lub numer telefonu.",
        ro="Clientul nu poate fi contactat. Introduceți o adresă de e-mail sau un număr de telefon.",
    )
    PHONE_PREFERRED_BUT_MISSING = Why(
        REQUIRED,
        "The preferred channel is PHONE, and there is no phone number.",
        en="the preferred channel is PHONE; enter a phone number or choose another channel",
        de="Als Kontaktweg ist das Telefon gewählt. Geben Sie eine Telefonnummer ein oder wählen Sie einen anderen Kontaktweg.",
        pl="Jako preferowany sposób kontaktu wybrano telefon. Prosimy podać numer telefonu lub wybrać inny sposób.",
        ro="Modalitatea de contact preferată este telefonul. Introduceți un număr de telefon sau alegeți altă modalitate.",
    )
    EMAIL_PREFERRED_BUT_MISSING = Why(
        REQUIRED,
        "The preferred channel is EMAIL, and there is no email address.",
        en="the preferred channel is EMAIL; enter an email address or choose another channel",
        de="Als Kontaktweg ist E-Mail gewählt. Geben Sie eine E-Mail-Adresse ein oder wählen Sie einen anderen Kontaktweg.",
        pl="Jako preferowany sposób kontaktu wybrano e-mail. Prosimy podać adres e-mail lub wybrać inny sposób.",
        ro="Modalitatea de contact preferată este e-mailul. Introduceți o adresă de e-mail sau alegeți altă modalitate.",
    )
    MEETING_PREFERRED_BUT_MISSING = Why(
        REQUIRED,
        "The preferred channel is VIDEO_MEETING, and there is neither a link nor an email address.",
        en="the preferred channel is VIDEO_MEETING; enter a link or an email address, or choose another channel",
        de="Als Kontaktweg ist eine Videokonferenz gewählt. Geben Sie einen Link oder eine E-Mail-Adresse ein oder wählen Sie einen anderen Kontaktweg.",
        pl="Jako preferowany sposób kontaktu wybrano spotkanie online. Prosimy podać link lub adres e-mail albo wybrać inny sposób.",
        ro="Modalitatea de contact preferată este întâlnirea video. Introduceți un link sau o adresă de e-mail ori alegeți altă modalitate.",
    )
    TOO_MANY_ENTRIES = Why(
        INVALID,
        "The list has too many entries.",
        en="has more than {most} entries; remove some",
        de="Die Liste hat zu viele Einträge (höchstens {most}). Entfernen Sie einige.",
        pl="Lista ma zbyt wiele wpisów (maksymalnie {most}). Prosimy usunąć niektóre z nich.",
        ro="Lista are prea multe intrări (maximum {most}). Eliminați câteva.",
    )
    EMAIL_TOO_LONG = Why(
        INVALID,
        "The email address is too long.",
        en="is longer than {most} characters, the maximum for an email address",
        de="Die E-Mail-Adresse ist zu lang (höchstens {most} Zeichen).",
        pl="Adres e-mail jest za długi (maksymalna liczba znaków: {most}).",
        ro="Adresa de e-mail este prea lungă (numărul maxim de caractere: {most}).",
    )
    EMAIL_INVALID = Why(
        INVALID,
        "The text is not an email address.",
        en="is not an email address; write it as name@company.com",
        de="Das ist keine E-Mail-Adresse. Schreiben Sie sie in der Form name@firma.de.",
        pl="To nie jest adres e-mail. Prosimy podać go w postaci imie@firma.pl.",
        ro="Aceasta nu este o adresă de e-mail. Scrieți-o sub forma nume@firma.ro.",
    )
    EMAIL_NOT_DELIVERABLE = Why(
        INVALID,
        "Some mail servers cannot deliver to the email address.",
        en="is an email address that some mail servers cannot deliver to",
        de="An diese E-Mail-Adresse kann nicht jeder Mailserver zustellen.",
        pl="Nie każdy serwer poczty może dostarczyć wiadomość na ten adres e-mail.",
        ro="Nu orice server de e-mail poate livra mesaje la această adresă.",
    )
    PHONE_TOO_LONG = Why(
        INVALID,
        "The text is too long for a phone number.",
        en="is longer than {most} characters; enter one number per field",
        de="Die Telefonnummer ist zu lang (höchstens {most} Zeichen). Geben Sie je Feld eine Nummer ein.",
        pl="Numer telefonu jest za długi (maksymalna liczba znaków: {most}). W każdym polu prosimy podać jeden numer.",
        ro="Numărul de telefon este prea lung (numărul maxim de caractere: {most}). Introduceți câte un număr în fiecare câmp.",
    )
    PHONE_INVALID = Why(
        INVALID,
        "The text is not a phone number.",
        en="is not a phone number; write digits with the country code, such as +49 30 123456",
        de="Das ist keine Telefonnummer. Schreiben Sie die Ziffern mit Ländervorwahl, etwa +49 30 123456.",
        pl="To nie jest numer telefonu. Prosimy podać cyfry wraz z numerem kierunkowym kraju, np. +48 22 1234567.",
        ro="Acesta nu este un număr de telefon. Scrieți cifrele cu prefixul țării, de exemplu +40 21 1234567.",
    )
    PHONE_IS_FAX = Why(
        INVALID,
        "The number is a fax number.",
        en="is a fax number; enter a number that a person answers",
        de="Das ist eine Faxnummer. Geben Sie eine Nummer ein, unter der jemand abhebt.",
        pl="To jest numer faksu. Prosimy podać numer, pod którym ktoś odbiera.",
        ro="Acesta este un număr de fax. Introduceți un număr la care răspunde o persoană.",
    )
    PHONE_ROUNDED = Why(
        INVALID,
        "A spreadsheet rounded the number, so digits are lost.",
        en="lost digits because a spreadsheet rounded it; format the column as text and export again",
        de="Die Tabellenkalkulation hat die Nummer gerundet, dabei gingen Ziffern verloren. Formatieren Sie die Spalte als Text und exportieren Sie sie erneut.",
        pl="Arkusz kalkulacyjny zaokrąglił numer i utracono cyfry. Prosimy sformatować kolumnę jako tekst i ponownie ją wyeksportować.",
        ro="Foaia de calcul a rotunjit numărul și s-au pierdut cifre. Formatați coloana ca text și exportați din nou.",
    )
    PHONE_HAS_MINUS = Why(
        INVALID,
        "The number begins with a minus sign.",
        en="begins with a minus sign, like the result of a formula; write the number as text",
        de="Die Nummer beginnt mit einem Minuszeichen wie das Ergebnis einer Formel. Schreiben Sie sie als Text.",
        pl="Numer zaczyna się od znaku minus, jak wynik formuły. Prosimy zapisać go jako tekst.",
        ro="Numărul începe cu semnul minus, ca rezultatul unei formule. Scrieți-l ca text.",
    )
    PHONE_IS_DATE = Why(
        INVALID,
        "The value is a date, not a phone number.",
        en="is a date; write the phone number as text",
        de="Das ist ein Datum. Schreiben Sie die Telefonnummer als Text.",
        pl="To jest data. Prosimy zapisać numer telefonu jako tekst.",
        ro="Aceasta este o dată. Scrieți numărul de telefon ca text.",
    )
    PHONE_IS_DECIMAL = Why(
        INVALID,
        "The number ends like a decimal number.",
        en="ends like a decimal number; format the column as text and export again",
        de="Die Nummer endet wie eine Dezimalzahl. Formatieren Sie die Spalte als Text und exportieren Sie sie erneut.",
        pl="Numer kończy się jak liczba dziesiętna. Prosimy sformatować kolumnę jako tekst i ponownie ją wyeksportować.",
        ro="Numărul se termină ca un număr zecimal. Formatați coloana ca text și exportați din nou.",
    )
    PHONE_HAS_SECOND_NUMBER = Why(
        INVALID,
        "The field has a second number, or other last digits after a slash.",
        en="has a second number or ending after a slash; write each number in full",
        de="Nach dem Schrägstrich folgt eine zweite Nummer oder Endung. Schreiben Sie jede Nummer aus.",
        pl="Po ukośniku podano drugi numer lub końcówkę. Prosimy zapisać każdy numer w całości.",
        ro="După bara oblică urmează un al doilea număr sau o terminație. Scrieți fiecare număr în întregime.",
    )
    PHONE_ENDS_IN_BRACKETS = Why(
        INVALID,
        "The number ends with digits in brackets.",
        en="ends with digits in brackets; write an extension as x123, or remove the brackets",
        de="Die Nummer endet mit Ziffern in Klammern. Schreiben Sie eine Durchwahl als x123 oder entfernen Sie die Klammern.",
        pl="Numer kończy się cyframi w nawiasie. Numer wewnętrzny prosimy zapisać jako x123 lub usunąć nawias.",
        ro="Numărul se termină cu cifre între paranteze. Scrieți interiorul ca x123 sau eliminați parantezele.",
    )
    PHONE_AMBIGUOUS = Why(
        INVALID,
        "The number could be an international or a national number.",
        en="could be an international or a national number; begin it with + and the country code, such as +49 30 123456",
        de="Die Nummer kann als internationale und als nationale Nummer gelesen werden. Beginnen Sie mit + und der Ländervorwahl, etwa +49 30 123456.",
        pl="Numer można odczytać jako międzynarodowy i jako krajowy. Prosimy zacząć od + i numeru kierunkowego kraju, np. +48 22 1234567.",
        ro="Numărul poate fi citit ca internațional și ca național. Începeți cu + și prefixul țării, de exemplu +40 21 1234567.",
    )
    PHONE_CODE_TWICE = Why(
        INVALID,
        "The number appears to contain its country code twice.",
        en="appears to contain its country code twice; write it once, such as +49 30 123456",
        de="Die Ländervorwahl scheint doppelt vorzukommen. Schreiben Sie sie einmal, etwa +49 30 123456.",
        pl="Numer kierunkowy kraju występuje prawdopodobnie dwukrotnie. Prosimy podać go raz, np. +48 22 1234567.",
        ro="Prefixul țării pare să apară de două ori. Scrieți-l o singură dată, de exemplu +40 21 1234567.",
    )
    PHONE_TOO_SHORT = Why(
        INVALID,
        "The number is too short for its country.",
        en="is too short for its country",
        de="Die Nummer ist für ihr Land zu kurz.",
        pl="Numer jest za krótki dla tego kraju.",
        ro="Numărul este prea scurt pentru țara respectivă.",
    )
    PHONE_TOO_MANY_DIGITS = Why(
        INVALID,
        "The number is too long for its country.",
        en="is too long for its country; write an extension as x123",
        de="Die Nummer ist für ihr Land zu lang. Schreiben Sie eine Durchwahl als x123.",
        pl="Numer jest za długi dla tego kraju. Numer wewnętrzny prosimy zapisać jako x123.",
        ro="Numărul este prea lung pentru țara respectivă. Scrieți interiorul ca x123.",
    )
    PHONE_LENGTH_UNUSED = Why(
        INVALID,
        "The number has an invalid length for its country.",
        en="has an invalid length for its country",
        de="In diesem Land gibt es keine Nummern dieser Länge.",
        pl="W tym kraju nie ma numerów o takiej długości.",
        ro="În țara respectivă nu există numere cu această lungime.",
    )
    PHONE_COUNTRY_CODE_UNKNOWN = Why(
        INVALID,
        "The number has a country code that does not exist.",
        en="has a country code that does not exist",
        de="Diese Ländervorwahl gibt es nicht.",
        pl="Taki numer kierunkowy kraju nie istnieje.",
        ro="Acest prefix de țară nu există.",
    )
    PHONE_COUNTRY_CODE_MISSING = Why(
        INVALID,
        "The number has no country code, and no region was specified.",
        en="has no valid country code; begin it with + and the country code, or specify a region",
        de="Eine gültige Ländervorwahl fehlt. Beginnen Sie mit + und der Ländervorwahl oder geben Sie eine Region an.",
        pl="Brak prawidłowego numeru kierunkowego kraju. Prosimy zacząć od + i numeru kierunkowego kraju albo podać region.",
        ro="Lipsește un prefix de țară valid. Începeți cu + și prefixul țării sau indicați o regiune.",
    )
    PHONE_AREA_CODE_MISSING = Why(
        INVALID,
        "The number has no area code.",
        en="has no area code; add one",
        de="Die Ortsvorwahl fehlt. Ergänzen Sie sie.",
        pl="Brak numeru kierunkowego. Prosimy go dodać.",
        ro="Lipsește prefixul zonei. Adăugați-l.",
    )
    PHONE_NOT_POSSIBLE = Why(
        INVALID,
        "The number is not a possible number in its country.",
        en="is not a possible number in its country",
        de="Diese Nummer ist in ihrem Land nicht möglich.",
        pl="Taki numer nie jest możliwy w tym kraju.",
        ro="Acest număr nu este posibil în țara respectivă.",
    )
    PHONE_REGION_UNKNOWN = Why(
        INVALID,
        "The region of the number is not a country code.",
        en="cannot be read: the region is not an ISO 3166 country code, such as DE or US",
        de="Die Nummer kann nicht gelesen werden: Die Region ist kein Ländercode nach ISO 3166 wie DE oder US.",
        pl="Nie można odczytać numeru: region nie jest kodem kraju ISO 3166, takim jak PL lub US.",
        ro="Numărul nu poate fi citit: regiunea nu este un cod de țară ISO 3166, precum RO sau US.",
    )
    EXTENSION_INVALID = Why(
        INVALID,
        "The text is not an extension.",
        en="is not an extension; write 1 to {most} digits",
        de="Das ist keine Durchwahl. Schreiben Sie 1 bis {most} Ziffern.",
        pl="To nie jest numer wewnętrzny. Prosimy podać od 1 do {most} cyfr.",
        ro="Acesta nu este un interior. Scrieți între 1 și {most} cifre.",
    )
    EXTENSION_WITHOUT_PHONE = Why(
        REQUIRED,
        "There is an extension without a phone number.",
        en="an extension needs a phone number; enter both",
        de="Zu einer Durchwahl gehört eine Telefonnummer. Geben Sie beides ein.",
        pl="Numer wewnętrzny wymaga numeru telefonu. Prosimy podać oba.",
        ro="Un interior necesită un număr de telefon. Introduceți-le pe ambele.",
    )
    COUNTRY_UNKNOWN = Why(
        INVALID,
        "The text is not a country.",
        en="is not a country; write its two-letter code (ISO 3166), such as DE or US",
        de="Das ist kein Land. Schreiben Sie den zweistelligen Code (ISO 3166), etwa DE oder US.",
        pl="To nie jest kraj. Prosimy podać dwuliterowy kod (ISO 3166), np. PL lub US.",
        ro="Aceasta nu este o țară. Scrieți codul din două litere (ISO 3166), de exemplu RO sau US.",
    )
    TIME_ZONE_UNKNOWN = Why(
        INVALID,
        "The text is not a time zone.",
        en="is not a time zone; write its IANA name, such as Europe/Berlin",
        de="Das ist keine Zeitzone. Schreiben Sie ihren IANA-Namen, etwa Europe/Berlin.",
        pl="To nie jest strefa czasowa. Prosimy podać jej nazwę IANA, np. Europe/Warsaw.",
        ro="Acesta nu este un fus orar. Scrieți numele IANA, de exemplu Europe/Bucharest.",
    )
    CURRENCY_UNKNOWN = Why(
        INVALID,
        "The text is not a currency.",
        en="is not a currency; use its three-letter code (ISO 4217), such as EUR",
        de="Das ist keine Währung. Verwenden Sie den dreistelligen Code (ISO 4217), etwa EUR.",
        pl="To nie jest waluta. Prosimy użyć trzyliterowego kodu (ISO 4217), np. EUR.",
        ro="Aceasta nu este o monedă. Folosiți codul din trei litere (ISO 4217), de exemplu EUR.",
    )
    LINK_TOO_LONG = Why(
        INVALID,
        "The link is too long.",
        en="is longer than {most} characters; use a shorter link",
        de="Der Link ist zu lang (höchstens {most} Zeichen). Verwenden Sie einen kürzeren.",
        pl="Link jest za długi (maksymalna liczba znaków: {most}). Prosimy użyć krótszego.",
        ro="Linkul este prea lung (numărul maxim de caractere: {most}). Folosiți unul mai scurt.",
    )
    LINK_HAS_INVALID_CHARACTER = Why(
        INVALID,
        "The link has characters that are not allowed.",
        en="has characters that are not allowed in a link; copy it again",
        de="Der Link enthält unzulässige Zeichen. Kopieren Sie ihn erneut.",
        pl="Link zawiera niedozwolone znaki. Prosimy skopiować go ponownie.",
        ro="Linkul conține caractere nepermise. Copiați-l din nou.",
    )
    LINK_INVALID = Why(
        INVALID,
        "The text is not a link.",
        en="is not a link; write it as https://company.com/page",
        de="Das ist kein Link. Schreiben Sie ihn in der Form https://firma.de/seite.",
        pl="To nie jest link. Prosimy zapisać go w postaci https://firma.pl/strona.",
        ro="Acesta nu este un link. Scrieți-l sub forma https://firma.ro/pagina.",
    )
    LINK_NOT_OF_WEB = Why(
        INVALID,
        "The link does not begin with https://.",
        en="is not a web link; begin it with https://",
        de="Das ist kein Weblink. Beginnen Sie mit https://.",
        pl="To nie jest link do strony internetowej. Prosimy zacząć od https://.",
        ro="Acesta nu este un link web. Începeți cu https://.",
    )
    LINK_HAS_USER_NAME = Why(
        INVALID,
        "The link contains a user name.",
        en="contains a user name; remove everything before the @",
        de="Der Link enthält einen Benutzernamen. Entfernen Sie alles vor dem @.",
        pl="Link zawiera nazwę użytkownika. Prosimy usunąć wszystko przed znakiem @.",
        ro="Linkul conține un nume de utilizator. Eliminați tot ce se află înainte de @.",
    )
    LINK_HOST_INVALID = Why(
        INVALID,
        "The host name of the link is invalid.",
        en="has an invalid host name",
        de="Der Hostname im Link ist ungültig.",
        pl="Nazwa hosta w linku jest nieprawidłowa.",
        ro="Numele de gazdă din link nu este valid.",
    )
    LINK_HOST_INCOMPLETE = Why(
        INVALID,
        "The host name of the link is incomplete.",
        en="needs a full host name, such as company.com",
        de="Der Link braucht einen vollständigen Hostnamen, etwa firma.de.",
        pl="Link musi zawierać pełną nazwę hosta, np. firma.pl.",
        ro="Linkul trebuie să conțină un nume de gazdă complet, de exemplu firma.ro.",
    )
    LINKEDIN_INVALID = Why(
        INVALID,
        "The text is not a LinkedIn profile.",
        en="is not a LinkedIn profile; write it as https://www.linkedin.com/in/name",
        de="Das ist kein LinkedIn-Profil. Schreiben Sie es in der Form https://www.linkedin.com/in/name.",
        pl="To nie jest profil LinkedIn. Prosimy zapisać go w postaci https://www.linkedin.com/in/nazwa.",
        ro="Acesta nu este un profil LinkedIn. Scrieți-l sub forma https://www.linkedin.com/in/nume.",
    )
    CONTACT_DATA_IN_PUBLIC_TEXT = Why(
        INVALID,
        "A public text contains contact data or a name.",
        en="contains {what} at character {place}; put it into the contact data, where it stays hidden until it is revealed",
        de="Der Text enthält ab Zeichen {place} {what}. Geben Sie Namen und Kontaktdaten nur bei den Kontaktangaben ein; dort bleiben sie verborgen, bis sie freigegeben werden.",
        pl="Tekst zawiera od znaku {place} {what}. Nazwiska i dane kontaktowe prosimy podać tylko w danych kontaktu; pozostaną tam ukryte do czasu ujawnienia.",
        ro="Textul conține, de la caracterul {place}, {what}. Introduceți numele și datele de contact numai la persoana de contact; acolo rămân ascunse până când sunt dezvăluite.",
    )
