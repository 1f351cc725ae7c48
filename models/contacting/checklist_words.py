"""Checklists for calls, voicemails and emails, each line with its reason (S3.9, S3.10, S3.24 to S3.28)."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping
from enum import StrEnum

from models.base.refusal import Wording, Words
from models.contacting.advice_words import VoicemailText


class CallLine(Wording):
    """What to do in a call."""

    INTRODUCE_YOURSELF = Words(
        en="Introduce yourself with name and company.",
        de="Stellen Sie sich mit Namen und Unternehmen vor.",
        pl="Proszę się przedstawić: imię, nazwisko i firma.",
        ro="Prezentați-vă cu numele și firma.",
    )
    NO_APOLOGY = Words(
        en="Never say that you are disturbing the person.",
        de="Sagen Sie nie, dass Sie stören.",
        pl="Nigdy nie należy mówić, że się przeszkadza.",
        ro="Nu spuneți niciodată că deranjați.",
    )
    ASK_WHETHER_IT_SUITS = Words(
        en="Ask whether it is a good time to talk.",
        de="Fragen Sie, ob es gerade passt.",
        pl="Proszę zapytać, czy to dobra chwila na rozmowę.",
        ro="Întrebați dacă este un moment potrivit.",
    )
    COME_TO_THE_POINT = Words(
        en="Come to the point.",
        de="Kommen Sie zur Sache.",
        pl="Proszę przejść do rzeczy.",
        ro="Treceți la subiect.",
    )
    MATCH_THE_PACE = Words(
        en="Match the other person's pace.",
        de="Sprechen Sie so schnell wie Ihr Gegenüber.",
        pl="Proszę mówić w tempie rozmówcy.",
        ro="Vorbiți în ritmul interlocutorului.",
    )
    ASK_BEFORE_HOLDING = Words(
        en="Ask before you put the person on hold.",
        de="Fragen Sie, bevor Sie die Person in die Warteschleife legen.",
        pl="Przed zawieszeniem rozmowy proszę zapytać rozmówcę o zgodę.",
        ro="Cereți voie înainte de a pune persoana în așteptare.",
    )
    MUTE_WHILE_HOLDING = Words(
        en="Mute the line while the person holds.",
        de="Schalten Sie stumm, während die Person wartet.",
        pl="Gdy rozmówca czeka, proszę wyciszyć mikrofon.",
        ro="Închideți microfonul cât timp persoana așteaptă.",
    )
    HEAR_OUT = Words(
        en="Do not interrupt; hear the person out.",
        de="Unterbrechen Sie nicht; lassen Sie die Person ausreden.",
        pl="Proszę nie przerywać i wysłuchać rozmówcy do końca.",
        ro="Nu întrerupeți; ascultați persoana până la capăt.",
    )


class CallReason(Wording):
    """Why, by the names of `CallLine`."""

    INTRODUCE_YOURSELF = Words(
        en="Nobody likes to talk to a stranger.",
        de="Niemand spricht gern mit einem Unbekannten.",
        pl="Nikt nie lubi rozmawiać z nieznajomym.",
        ro="Nimănui nu îi place să vorbească cu un necunoscut.",
    )
    NO_APOLOGY = Words(
        en="Saying so makes it true.",
        de="Wer das sagt, stört erst recht.",
        pl="Mówiąc tak, rzeczywiście się przeszkadza.",
        ro="Spunând asta, chiar ajungeți să deranjați.",
    )
    ASK_WHETHER_IT_SUITS = Words(
        en="A person who has no time does not listen.",
        de="Wer keine Zeit hat, hört nicht zu.",
        pl="Kto nie ma czasu, ten nie słucha.",
        ro="Cine nu are timp nu ascultă.",
    )
    COME_TO_THE_POINT = Words(
        en="The call costs the person time.",
        de="Der Anruf kostet die Person Zeit.",
        pl="Rozmowa zajmuje rozmówcy czas.",
        ro="Convorbirea îi ia persoanei din timp.",
    )
    MATCH_THE_PACE = Words(
        en="A familiar pace builds trust.",
        de="Ein vertrautes Tempo schafft Vertrauen.",
        pl="Znajome tempo budzi zaufanie.",
        ro="Un ritm familiar inspiră încredere.",
    )
    ASK_BEFORE_HOLDING = Words(
        en="Some people would rather be called back.",
        de="Manche lassen sich lieber zurückrufen.",
        pl="Niektórzy wolą, żeby do nich oddzwonić.",
        ro="Unii preferă să fie sunați înapoi.",
    )
    MUTE_WHILE_HOLDING = Words(
        en="The person hears everything that is said around you.",
        de="Die Person hört alles, was um Sie herum gesprochen wird.",
        pl="Rozmówca słyszy wszystko, co mówi się obok.",
        ro="Persoana aude tot ce se vorbește în jurul dumneavoastră.",
    )
    HEAR_OUT = Words(
        en="People who are heard out say what matters.",
        de="Wer ausreden darf, sagt, worauf es ankommt.",
        pl="Kto może dokończyć, mówi to, co najważniejsze.",
        ro="Cine este ascultat până la capăt spune ce contează.",
    )


class EmailLine(Wording):
    """What to do in an email."""

    MEANINGFUL_SUBJECT = Words(
        en="Write a subject that says what the email is about, and keep to it.",
        de="Schreiben Sie einen Betreff, der das Thema nennt, und bleiben Sie dabei.",
        pl="Temat wiadomości powinien mówić, o co chodzi, i odpowiadać treści.",
        ro="Scrieți un subiect care spune despre ce este vorba și respectați-l.",
    )
    EVERYTHING_NEEDED = Words(
        en="Include everything that is needed, with links and attachments, so that no further question is necessary.",
        de="Schicken Sie alles Nötige mit, samt Links und Anhängen, damit keine Rückfrage nötig ist.",
        pl="Proszę dołączyć wszystko, co potrzebne, wraz z linkami i załącznikami, aby nie trzeba było dopytywać.",
        ro="Includeți tot ce trebuie, cu linkuri și atașamente, ca să nu mai fie nevoie de întrebări.",
    )
    QUOTE = Words(
        en="Quote what you answer.",
        de="Zitieren Sie, worauf Sie antworten.",
        pl="Proszę zacytować to, na co Państwo odpowiadają.",
        ro="Citați textul la care răspundeți.",
    )
    READ_CAREFULLY = Words(
        en="Read carefully what the person sent you.",
        de="Lesen Sie sorgfältig, was Ihnen geschickt wurde.",
        pl="Proszę uważnie przeczytać, co Państwo otrzymali.",
        ro="Citiți cu atenție ce vi s-a trimis.",
    )
    SAY_WHO_YOU_ARE = Words(
        en="State your name, role, company and website.",
        de="Nennen Sie Namen, Funktion, Unternehmen und Website.",
        pl="Proszę podać imię i nazwisko, stanowisko, firmę i stronę internetową.",
        ro="Precizați numele, funcția, firma și site-ul.",
    )
    SHORT_SIGNATURE = Words(
        en="End with a short signature that names other ways to reach you.",
        de="Schließen Sie mit einer kurzen Signatur, die weitere Kontaktwege nennt.",
        pl="Na końcu proszę umieścić krótki podpis z innymi sposobami kontaktu.",
        ro="Încheiați cu o semnătură scurtă, cu alte căi de contact.",
    )
    ONE_CLICK_REFUSAL = Words(
        en="Let the person refuse the offer with one click.",
        de="Lassen Sie die Person das Angebot mit einem Klick ablehnen.",
        pl="Proszę umożliwić odrzucenie oferty jednym kliknięciem.",
        ro="Oferiți posibilitatea de a refuza oferta printr-un singur clic.",
    )


class EmailReason(Wording):
    """Why, by the names of `EmailLine`. The figures are the source's own, of 2013."""

    MEANINGFUL_SUBJECT = Words(
        en="Mailboxes are searched by subject. Of the source's emails, 21% were read early in 2013, and 51% in December 2013.",
        de="Postfächer werden nach Betreff durchsucht. Von den E-Mails der Quelle wurden Anfang 2013 21 % gelesen, im Dezember 2013 51 %.",
        pl="Skrzynki przeszukuje się według tematu. Z e-maili w źródle na początku 2013 roku przeczytano 21%, a w grudniu 2013 roku 51%.",
        ro="În căsuțele poștale se caută după subiect. Din e-mailurile sursei, la începutul anului 2013 s-au citit 21%, iar în decembrie 2013, 51%.",
    )
    EVERYTHING_NEEDED = Words(
        en="Each further question costs hours.",
        de="Jede Rückfrage kostet Stunden.",
        pl="Każde dodatkowe pytanie kosztuje godziny.",
        ro="Fiecare întrebare în plus costă ore.",
    )
    QUOTE = Words(
        en="The person wrote to others as well, and does not remember every sentence.",
        de="Die Person hat auch anderen geschrieben und weiß nicht mehr jeden Satz.",
        pl="Osoba pisała też do innych i nie pamięta każdego zdania.",
        ro="Persoana a scris și altora și nu își amintește fiecare frază.",
    )
    READ_CAREFULLY = Words(
        en="It is annoying to be asked what one has already answered.",
        de="Eine Frage, die schon beantwortet ist, verärgert.",
        pl="Pytanie, na które już odpowiedziano, irytuje.",
        ro="O întrebare la care s-a răspuns deja supără.",
    )
    SAY_WHO_YOU_ARE = Words(
        en="The person must be able to look you up without asking; anonymous offers are refused.",
        de="Die Person muss nachsehen können, wer Sie sind, ohne zu fragen; anonyme Angebote werden abgelehnt.",
        pl="Odbiorca musi móc sprawdzić, kim Państwo są, bez pytania; oferty anonimowe są odrzucane.",
        ro="Persoana trebuie să poată afla cine sunteți fără să întrebe; ofertele anonime sunt refuzate.",
    )
    SHORT_SIGNATURE = Words(
        en="The person may prefer another medium.",
        de="Vielleicht bevorzugt die Person einen anderen Weg.",
        pl="Być może osoba woli inny sposób kontaktu.",
        ro="Poate că persoana preferă altă cale.",
    )
    ONE_CLICK_REFUSAL = Words(
        en="In writing, people can answer when it suits them, and decline without excuses.",
        de="Schriftlich kann man antworten, wann es passt, und ohne Ausrede absagen.",
        pl="Na piśmie można odpowiedzieć w dogodnej chwili i odmówić bez wymówek.",
        ro="În scris se poate răspunde când convine și se poate refuza fără scuze.",
    )


class VoicemailReason(Wording):
    """Why, by the names of `VoicemailText`."""

    SHORT = Words(
        en="A short message that says who, why and when is heard to the end, usually on the way home.",
        de="Eine kurze Nachricht mit Wer, Warum und Wann wird zu Ende gehört, meist auf dem Heimweg.",
        pl="Krótka wiadomość: kto, dlaczego i kiedy, zostanie odsłuchana do końca, zwykle w drodze do domu.",
        ro="Un mesaj scurt, care spune cine, de ce și când, este ascultat până la capăt, de obicei în drum spre casă.",
    )


class Checklist(StrEnum):
    """What a checklist is for."""

    CALL = "CALL"
    VOICEMAIL = "VOICEMAIL"
    EMAIL = "EMAIL"


CHECKLISTS: Mapping[Checklist, tuple[tuple[Wording, Wording], ...]] = {
    Checklist.CALL: tuple((line, CallReason[line.name]) for line in CallLine),
    Checklist.VOICEMAIL: tuple((line, VoicemailReason[line.name]) for line in VoicemailText),
    Checklist.EMAIL: tuple((line, EmailReason[line.name]) for line in EmailLine),
}
