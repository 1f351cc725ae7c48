"""Reasons to refuse sign-ins and changes to accounts and users, in four languages."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from enum import unique

from models.base.refusal import RefusalCode, RefusalReason, Why


@unique
class SessionRefusal(RefusalReason):
    """The API's `SessionErrorReason`."""

    CREDENTIALS_INCORRECT = Why(
        RefusalCode.FORBIDDEN,
        "The email address or the password is incorrect, or the user is disabled.",
        en="Incorrect email address or password.",
        de="E-Mail-Adresse oder Kennwort ist falsch.",
        pl="Nieprawidłowy adres e-mail lub hasło.",
        ro="Adresa de e-mail sau parola este incorectă.",
    )
    TOO_MANY_SIGN_IN_ATTEMPTS = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "Too many sign-ins failed; retry after `retryAfterSeconds`.",
        en="Too many sign-in attempts. Try again in {wait}.",
        de="Zu viele Anmeldeversuche. Wartezeit bis zum nächsten Versuch: {wait}.",
        pl="Zbyt wiele prób logowania. Czas do następnej próby: {wait}.",
        ro="Prea multe încercări de autentificare. Timp până la următoarea încercare: {wait}.",
    )
    SIGN_IN_BUSY = Why(
        RefusalCode.LIMIT_EXCEEDED,
        "Too many people are signing in; retry after `retryAfterSeconds`.",
        en="Too many people are signing in. Try again in {wait}.",
        de="Zurzeit melden sich zu viele Personen an. Wartezeit bis zum nächsten Versuch: {wait}.",
        pl="Obecnie loguje się zbyt wiele osób. Czas do następnej próby: {wait}.",
        ro="În acest moment se autentifică prea multe persoane. Timp până la următoarea încercare: {wait}.",
    )
    REFRESH_TOKEN_UNKNOWN = Why(
        RefusalCode.INVALID,
        "Not a refresh token of this server, or its session began more than 90 days ago.",
        en="Invalid refresh token. Sign in again.",
        de="Das Aktualisierungstoken ist ungültig. Melden Sie sich erneut an.",
        pl="Nieprawidłowy token odświeżania. Prosimy zalogować się ponownie.",
        ro="Tokenul de reîmprospătare nu este valid. Autentificați-vă din nou.",
    )
    REFRESH_TOKEN_MISSING = Why(
        RefusalCode.REQUIRED,
        "The request has neither `refreshToken` nor the session cookie.",
        en="No refresh token was sent. Sign in again.",
        de="Es wurde kein Aktualisierungstoken gesendet. Melden Sie sich erneut an.",
        pl="Nie przesłano tokena odświeżania. Prosimy zalogować się ponownie.",
        ro="Nu a fost trimis niciun token de reîmprospătare. Autentificați-vă din nou.",
    )
    REFRESH_TOKEN_EXPIRED = Why(
        RefusalCode.FORBIDDEN,
        "The refresh token is older than 30 days, or its session older than 90.",
        en="This refresh token has expired. Sign in again.",
        de="Das Aktualisierungstoken ist abgelaufen. Melden Sie sich erneut an.",
        pl="Token odświeżania wygasł. Prosimy zalogować się ponownie.",
        ro="Tokenul de reîmprospătare a expirat. Autentificați-vă din nou.",
    )
    REFRESH_TOKEN_REUSED = Why(
        RefusalCode.FORBIDDEN,
        "The refresh token was used before, so the session was revoked. Somebody else may have a copy.",
        en="This refresh token was already used, so its session was revoked. Sign in again.",
        de="Das Aktualisierungstoken wurde bereits verwendet, deshalb wurde die Sitzung beendet. Melden Sie sich erneut an.",
        pl="Token odświeżania został już użyty, dlatego sesja została unieważniona. Prosimy zalogować się ponownie.",
        ro="Tokenul de reîmprospătare a fost deja folosit, așa că sesiunea a fost revocată. Autentificați-vă din nou.",
    )
    SESSION_ENDED = Why(
        RefusalCode.FORBIDDEN,
        "The session has ended: the user signed out or was disabled, or the session was revoked.",
        en="This session has ended. Sign in again.",
        de="Diese Sitzung ist beendet. Melden Sie sich erneut an.",
        pl="Ta sesja została zakończona. Prosimy zalogować się ponownie.",
        ro="Această sesiune s-a încheiat. Autentificați-vă din nou.",
    )


@unique
class AccountRefusal(RefusalReason):
    """The API's `AccountErrorReason`."""

    ACCOUNT_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The account does not exist, or you may not see it.",
        en="Account not found.",
        de="Konto nicht gefunden.",
        pl="Nie znaleziono konta.",
        ro="Contul nu a fost găsit.",
    )
    USER_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The user does not exist.",
        en="User not found.",
        de="Benutzer nicht gefunden.",
        pl="Nie znaleziono użytkownika.",
        ro="Utilizatorul nu a fost găsit.",
    )
    USER_EXISTS = Why(
        RefusalCode.CONFLICT,
        "A user with this email address already exists.",
        en="A user with this email address already exists.",
        de="Ein Benutzer mit dieser E-Mail-Adresse existiert bereits.",
        pl="Użytkownik z tym adresem e-mail już istnieje.",
        ro="Există deja un utilizator cu această adresă de e-mail.",
    )
    USER_HAS_TWO_ROLES = Why(
        RefusalCode.INVALID,
        "A user can have only one role.",
        en="roles: a user can have only one role: in a vendor's account, or as a prospect, an agent or an operator. Add a user with another email address for each role.",
        de="Ein Benutzer kann nur eine Rolle haben. Legen Sie für jede Rolle einen Benutzer mit einer anderen E-Mail-Adresse an.",
        pl="Użytkownik może mieć tylko jedną rolę. Dla każdej roli należy dodać użytkownika z innym adresem e-mail.",
        ro="Un utilizator poate avea un singur rol. Adăugați pentru fiecare rol câte un utilizator cu altă adresă de e-mail.",
    )
    LANGUAGE_UNSUPPORTED = Why(
        RefusalCode.INVALID,
        "The language is not supported.",
        en="Unsupported language. Use one of: {languages}.",
        de="Diese Sprache wird nicht unterstützt. Möglich sind: {languages}.",
        pl="Ten język nie jest obsługiwany. Dostępne: {languages}.",
        ro="Această limbă nu este acceptată. Folosiți una dintre: {languages}.",
    )
    USER_TIME_ZONE_UNKNOWN = Why(
        RefusalCode.INVALID,
        "The user's time zone does not exist.",
        en="{given} {detail}.",
        de="{given} ist keine Zeitzone. Verwenden Sie ihren IANA-Namen, etwa Europe/Berlin.",
        pl="{given} nie jest strefą czasową. Prosimy użyć nazwy IANA, np. Europe/Warsaw.",
        ro="{given} nu este un fus orar. Folosiți numele IANA, de exemplu Europe/Bucharest.",
    )
    MOBILE_INVALID = Why(
        RefusalCode.INVALID,
        "The text is not a phone number that can receive text messages.",
        en="mobile: enter a number that can receive text messages, with its country code, such as +49170123456789.",
        de="Geben Sie eine Nummer an, die SMS empfangen kann, mit Landesvorwahl, etwa +49170123456789.",
        pl="Prosimy podać numer, który może odbierać SMS-y, z numerem kierunkowym kraju, np. +48601234567.",
        ro="Introduceți un număr care poate primi SMS-uri, cu prefixul țării, de exemplu +40712345678.",
    )
    ROLE_NEEDS_ACCOUNT = Why(
        RefusalCode.REQUIRED,
        "A user with this role acts for an account, and none was specified.",
        en="A user with the role {role} acts for a vendor. Specify the account.",
        de="Ein Benutzer mit der Rolle {role} handelt für einen Anbieter. Geben Sie das Konto an.",
        pl="Użytkownik z rolą {role} działa w imieniu usługodawcy. Prosimy podać konto.",
        ro="Un utilizator cu rolul {role} acționează pentru un furnizor. Indicați contul.",
    )
    ROLE_WITHOUT_ACCOUNT = Why(
        RefusalCode.INVALID,
        "A user with this role does not act for an account, but one was specified.",
        en="A user has one role, and {role} does not act for a vendor. Omit the account, or add a separate user for the vendor.",
        de="Ein Benutzer hat eine Rolle, und {role} handelt nicht für einen Anbieter. Lassen Sie das Konto weg oder legen Sie für den Anbieter einen eigenen Benutzer an.",
        pl="Użytkownik ma jedną rolę, a {role} nie działa w imieniu usługodawcy. Prosimy pominąć konto lub dodać osobnego użytkownika dla usługodawcy.",
        ro="Un utilizator are un singur rol, iar {role} nu acționează pentru un furnizor. Omiteți contul sau adăugați un utilizator separat pentru furnizor.",
    )
    IDENTITY_INVALID = Why(
        RefusalCode.INVALID,
        "The issuer or subject of an external identity is empty or too long, or has leading or trailing spaces.",
        en="Enter 1 to {most} characters, without leading or trailing spaces.",
        de="Geben Sie 1 bis {most} Zeichen ein, ohne Leerzeichen am Anfang oder Ende.",
        pl="Prosimy podać od 1 do {most} znaków, bez spacji na początku i na końcu.",
        ro="Introduceți între 1 și {most} caractere, fără spații la început sau la sfârșit.",
    )
    IDENTITY_TAKEN = Why(
        RefusalCode.CONFLICT,
        "The external identity is linked to another user.",
        en="This subject is already linked to another user. Remove that link first (`leadgate user unlink`).",
        de="Diese Identität ist bereits mit einem anderen Benutzer verknüpft. Entfernen Sie zuerst diese Verknüpfung (`leadgate user unlink`).",
        pl="Ta tożsamość jest już powiązana z innym użytkownikiem. Najpierw należy usunąć to powiązanie (`leadgate user unlink`).",
        ro="Această identitate este deja asociată altui utilizator. Eliminați mai întâi asocierea (`leadgate user unlink`).",
    )
    IDENTITY_NOT_FOUND = Why(
        RefusalCode.NOT_FOUND,
        "The external identity is not linked to the user.",
        en="This identity is not linked to the user.",
        de="Diese Identität ist nicht mit dem Benutzer verknüpft.",
        pl="Ta tożsamość nie jest powiązana z użytkownikiem.",
        ro="Această identitate nu este asociată utilizatorului.",
    )
    PASSWORD_UNFIT = Why(
        RefusalCode.INVALID,
        "The password is too short, too long or easy to guess.",
        en="The password {detail}.",
        de="Das Kennwort ist zu kurz, zu lang oder leicht zu erraten. Ein Satz aus mehreren voneinander unabhängigen Wörtern eignet sich gut.",
        pl="Hasło jest za krótkie, za długie lub łatwe do odgadnięcia. Dobrze sprawdza się zdanie z kilku niezwiązanych ze sobą słów.",
        ro="Parola este prea scurtă, prea lungă sau ușor de ghicit. O propoziție din mai multe cuvinte fără legătură între ele este potrivită.",
    )
    USER_EMAIL_INVALID = Why(
        RefusalCode.INVALID,
        "The user's email address is invalid.",
        en="The email address {detail}.",
        de="Die E-Mail-Adresse ist ungültig. Schreiben Sie sie in der Form name@firma.de.",
        pl="Adres e-mail jest nieprawidłowy. Prosimy podać go w postaci imie@firma.pl.",
        ro="Adresa de e-mail nu este validă. Scrieți-o sub forma nume@firma.ro.",
    )
    USER_UNLISTED = Why(
        RefusalCode.NOT_FOUND,
        "No user has this email address.",
        en="User not found. `leadgate user list` shows all users.",
        de="Benutzer nicht gefunden. `leadgate user list` zeigt alle Benutzer.",
        pl="Nie znaleziono użytkownika. `leadgate user list` wyświetla wszystkich użytkowników.",
        ro="Utilizatorul nu a fost găsit. `leadgate user list` afișează toți utilizatorii.",
    )
    ACCOUNT_UNLISTED = Why(
        RefusalCode.NOT_FOUND,
        "No account has this id.",
        en="Account not found. `leadgate account list` shows all accounts.",
        de="Konto nicht gefunden. `leadgate account list` zeigt alle Konten.",
        pl="Nie znaleziono konta. `leadgate account list` wyświetla wszystkie konta.",
        ro="Contul nu a fost găsit. `leadgate account list` afișează toate conturile.",
    )
    MARKET_UNLISTED = Why(
        RefusalCode.NOT_FOUND,
        "No market has this code.",
        en="Market not found. `leadgate market list` shows all markets.",
        de="Markt nicht gefunden. `leadgate market list` zeigt alle Märkte.",
        pl="Nie znaleziono rynku. `leadgate market list` wyświetla wszystkie rynki.",
        ro="Piața nu a fost găsită. `leadgate market list` afișează toate piețele.",
    )
    MARKET_CODE_INVALID = Why(
        RefusalCode.INVALID,
        "The code of the market is invalid.",
        en="A code has up to 40 lowercase letters, digits and hyphens, and begins with a letter.",
        de="Ein Code besteht aus bis zu 40 Kleinbuchstaben, Ziffern und Bindestrichen und beginnt mit einem Buchstaben.",
        pl="Kod może mieć do 40 małych liter, cyfr i łączników i zaczyna się od litery.",
        ro="Un cod are cel mult 40 de litere mici, cifre și cratime și începe cu o literă.",
    )
    MARKET_CODE_TAKEN = Why(
        RefusalCode.CONFLICT,
        "Another market has this code.",
        en="This code is already in use. Choose another.",
        de="Dieser Code ist bereits vergeben. Wählen Sie einen anderen.",
        pl="Ten kod jest już zajęty. Prosimy wybrać inny.",
        ro="Acest cod este deja folosit. Alegeți altul.",
    )
