"""Words of invitations to a sub-account: the letter, and the page on which the password is set."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.base.refusal import Wording, Words


class InvitationWords(Wording):
    """The letter names the company; the page names nobody, because a link can be forwarded."""

    SUBJECT = Words(
        en="Your access to the phone secretariat of {company}",
        de="Ihr Zugang zum Telefonsekretariat von {company}",
        pl="Dostęp do sekretariatu telefonicznego: {company}",
        ro="Accesul dumneavoastră la secretariatul telefonic: {company}",
    )
    LETTER = Words(
        en="{company} has given you access to its phone secretariat, where you can enter when you are away. Set a password to use it. The link works once, and for 7 days. If you did not expect this message, ignore it.",
        de="{company} hat Ihnen einen Zugang zum Telefonsekretariat eingerichtet, damit Sie Ihre Abwesenheiten selbst eintragen können. Legen Sie dafür ein Kennwort fest. Der Link gilt 7 Tage und nur einmal. Wenn Sie diese Nachricht nicht erwartet haben, ignorieren Sie sie.",
        pl="Firma {company} przyznała Państwu dostęp do sekretariatu telefonicznego, w którym można wpisywać własne nieobecności. Prosimy ustawić hasło. Link działa jednorazowo i jest ważny 7 dni. Jeśli nie oczekiwali Państwo tej wiadomości, prosimy ją zignorować.",
        ro="{company} v-a oferit acces la secretariatul telefonic, unde vă puteți introduce absențele. Setați o parolă pentru a-l folosi. Linkul funcționează o singură dată și este valabil 7 zile. Dacă nu așteptați acest mesaj, ignorați-l.",
    )
    TITLE = Words(
        en="Set a password",
        de="Kennwort festlegen",
        pl="Ustawianie hasła",
        ro="Setarea parolei",
    )
    HINT = Words(
        en="Choose a password of at least 12 characters. A sentence of several unrelated words works well.",
        de="Wählen Sie ein Kennwort mit mindestens 12 Zeichen. Ein Satz aus mehreren voneinander unabhängigen Wörtern eignet sich gut.",
        pl="Prosimy wybrać hasło o długości co najmniej 12 znaków. Dobrze sprawdza się zdanie z kilku niezwiązanych ze sobą słów.",
        ro="Alegeți o parolă de cel puțin 12 caractere. O propoziție din mai multe cuvinte fără legătură între ele este potrivită.",
    )
    PASSWORD = Words(en="Password", de="Kennwort", pl="Hasło", ro="Parolă")
    REPEATED = Words(
        en="Repeat the password", de="Kennwort wiederholen", pl="Powtórz hasło", ro="Repetați parola"
    )
    SAVE = Words(en="Save the password", de="Kennwort speichern", pl="Zapisz hasło", ro="Salvați parola")
    DIFFERENT = Words(
        en="The two passwords are different. Enter the same password twice.",
        de="Die beiden Kennwörter sind verschieden. Geben Sie zweimal dasselbe Kennwort ein.",
        pl="Hasła różnią się od siebie. Prosimy dwukrotnie wpisać to samo hasło.",
        ro="Cele două parole sunt diferite. Introduceți de două ori aceeași parolă.",
    )
    DONE = Words(
        en="Your password has been set. You can now sign in with your email address.",
        de="Ihr Kennwort ist festgelegt. Sie können sich jetzt mit Ihrer E-Mail-Adresse anmelden.",
        pl="Hasło zostało ustawione. Można teraz zalogować się za pomocą adresu e-mail.",
        ro="Parola a fost setată. Vă puteți autentifica acum cu adresa de e-mail.",
    )
    OVER = Words(
        en="This link has been used, has expired or was replaced by a newer one. Ask your company for a new invitation if you cannot sign in.",
        de="Dieser Link wurde bereits verwendet, ist abgelaufen oder durch einen neueren ersetzt. Bitten Sie Ihr Unternehmen um eine neue Einladung, falls Sie sich nicht anmelden können.",
        pl="Ten link został już użyty, wygasł albo został zastąpiony nowszym. Jeśli zalogowanie się nie jest możliwe, należy poprosić firmę o nowe zaproszenie.",
        ro="Acest link a fost deja folosit, a expirat sau a fost înlocuit cu unul mai nou. Dacă nu vă puteți autentifica, cereți companiei o invitație nouă.",
    )
