"""What is said about each finding, in four languages: what is wrong, then what to do."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from collections.abc import Mapping

from models.base.refusal import LANGUAGES
from models.contacting.draft.findings import DraftCode, DraftFinding
from models.feed.wording import decision_message
from models.feed.wording.language import language_for
from rules.engine.wording import fill

WORDS: Mapping[DraftCode, Mapping[str, str]] = {
    DraftCode.CONTACT_NOT_ALLOWED: {
        "en": "You have no right to send this person such an email. {decision}",
        "de": "Sie dürfen dieser Person keine solche E-Mail senden. {decision}",
        "pl": "Nie masz prawa wysłać tej osobie takiego e-maila. {decision}",
        "ro": "Nu aveți dreptul să trimiteți acestei persoane un astfel de e-mail. {decision}",
    },
    DraftCode.SUBJECT_EMPTY: {
        "en": "The email has no subject. Say in a few words what it is about.",
        "de": "Die E-Mail hat keinen Betreff. Sagen Sie in wenigen Worten, worum es geht.",
        "pl": "E-mail nie ma tematu. Napisz w kilku słowach, czego dotyczy.",
        "ro": "E-mailul nu are subiect. Spuneți în câteva cuvinte despre ce este vorba.",
    },
    DraftCode.SUBJECT_ONLY_REPLY: {
        "en": "The subject only says that this is an answer. Add what it is about.",
        "de": "Der Betreff sagt nur, dass dies eine Antwort ist. Ergänzen Sie, worum es geht.",
        "pl": "Temat mówi tylko, że to odpowiedź. Dodaj, czego dotyczy.",
        "ro": "Subiectul spune doar că este un răspuns. Adăugați despre ce este vorba.",
    },
    DraftCode.SUBJECT_GENERIC: {
        "en": "The subject would fit any email. Name the matter, so that the email can be found again.",
        "de": "Der Betreff könnte über jeder E-Mail stehen. Nennen Sie die Sache, damit sich die E-Mail wiederfinden lässt.",
        "pl": "Taki temat pasuje do każdego e-maila. Nazwij sprawę, aby dało się go odnaleźć.",
        "ro": "Subiectul s-ar potrivi oricărui e-mail. Numiți problema, ca e-mailul să poată fi regăsit.",
    },
    DraftCode.SUBJECT_TOO_LONG: {
        "en": "The subject has more than 78 characters, and many programs cut it off. Shorten it.",
        "de": "Der Betreff hat mehr als 78 Zeichen und wird von vielen Programmen abgeschnitten. Kürzen Sie ihn.",
        "pl": "Temat ma ponad 78 znaków i wiele programów go utnie. Skróć go.",
        "ro": "Subiectul are peste 78 de caractere și multe programe îl taie. Scurtați-l.",
    },
    DraftCode.SUBJECT_UNRELATED: {
        "en": "The subject and the text share no word. Let the subject say what the text is about.",
        "de": "Betreff und Text haben kein Wort gemeinsam. Lassen Sie den Betreff sagen, worum es im Text geht.",
        "pl": "Temat i treść nie mają wspólnego słowa. Niech temat mówi, o czym jest treść.",
        "ro": "Subiectul și textul nu au niciun cuvânt comun. Subiectul trebuie să spună despre ce este textul.",
    },
    DraftCode.TEXT_EMPTY: {
        "en": "The email has no text of its own. Write what you want to say.",
        "de": "Die E-Mail hat keinen eigenen Text. Schreiben Sie, was Sie mitteilen möchten.",
        "pl": "E-mail nie ma własnej treści. Napisz, co chcesz przekazać.",
        "ro": "E-mailul nu are un text propriu. Scrieți ce doriți să transmiteți.",
    },
    DraftCode.ATTACHMENT_MISSING: {
        "en": "The text mentions an attachment, but nothing is attached. Attach it, or change the text.",
        "de": "Der Text erwähnt einen Anhang, aber es ist nichts angehängt. Hängen Sie ihn an, oder ändern Sie den Text.",
        "pl": "W treści jest mowa o załączniku, ale niczego nie załączono. Dodaj go albo zmień treść.",
        "ro": "Textul menționează un atașament, dar nu este atașat nimic. Atașați-l sau modificați textul.",
    },
    DraftCode.QUOTE_MISSING: {
        "en": "Nothing of the email that you answer is quoted. Quote the sentences that you refer to.",
        "de": "Aus der beantworteten E-Mail ist nichts zitiert. Zitieren Sie die Sätze, auf die Sie eingehen.",
        "pl": "Nie zacytowano niczego z e-maila, na który odpowiadasz. Zacytuj zdania, do których się odnosisz.",
        "ro": "Nu este citat nimic din e-mailul la care răspundeți. Citați frazele la care vă referiți.",
    },
    DraftCode.SENDER_ANONYMOUS: {
        "en": "Nothing says who writes. Commercial emails without a sender are not allowed: add your name, your role, your company and its website.",
        "de": "Nichts sagt, wer schreibt. Geschäftliche E-Mails ohne Absender sind nicht erlaubt: Ergänzen Sie Ihren Namen, Ihre Funktion, Ihre Firma und deren Website.",
        "pl": "Nic nie mówi, kto pisze. E-maile handlowe bez nadawcy są niedozwolone: dodaj swoje nazwisko, funkcję, firmę i jej stronę.",
        "ro": "Nimic nu spune cine scrie. E-mailurile comerciale fără expeditor nu sunt permise: adăugați numele, funcția, firma și site-ul ei.",
    },
    DraftCode.NAME_MISSING: {
        "en": "Your name is missing. Sign with your full name.",
        "de": "Ihr Name fehlt. Unterschreiben Sie mit vollem Namen.",
        "pl": "Brakuje Twojego nazwiska. Podpisz się imieniem i nazwiskiem.",
        "ro": "Numele dumneavoastră lipsește. Semnați cu numele complet.",
    },
    DraftCode.ROLE_MISSING: {
        "en": "Your role is missing. Say in the signature what you do in your company.",
        "de": "Ihre Funktion fehlt. Sagen Sie in der Signatur, was Sie in Ihrer Firma tun.",
        "pl": "Brakuje Twojej funkcji. Podaj w podpisie, czym zajmujesz się w firmie.",
        "ro": "Funcția dumneavoastră lipsește. Spuneți în semnătură ce faceți în firmă.",
    },
    DraftCode.COMPANY_MISSING: {
        "en": "Your company is missing. Name it in the signature.",
        "de": "Ihre Firma fehlt. Nennen Sie sie in der Signatur.",
        "pl": "Brakuje Twojej firmy. Podaj ją w podpisie.",
        "ro": "Firma dumneavoastră lipsește. Numiți-o în semnătură.",
    },
    DraftCode.SITE_MISSING: {
        "en": "Your website is missing. Add it to the signature, so that the recipient can look you up.",
        "de": "Ihre Website fehlt. Ergänzen Sie sie in der Signatur, damit man sich über Sie informieren kann.",
        "pl": "Brakuje Twojej strony internetowej. Dodaj ją do podpisu, aby można było Cię sprawdzić.",
        "ro": "Site-ul dumneavoastră lipsește. Adăugați-l în semnătură, ca destinatarul să se poată informa.",
    },
    DraftCode.OTHER_CHANNEL_MISSING: {
        "en": "Only email is offered. Add another way to reach you, such as a phone number.",
        "de": "Es wird nur E-Mail angeboten. Ergänzen Sie einen weiteren Weg zu Ihnen, etwa eine Telefonnummer.",
        "pl": "Podano tylko e-mail. Dodaj inny sposób kontaktu, na przykład numer telefonu.",
        "ro": "Se oferă doar e-mailul. Adăugați o altă cale de contact, de exemplu un număr de telefon.",
    },
    DraftCode.REFUSAL_MISSING: {
        "en": "Advertising must be refusable by one click. Add a link to unsubscribe.",
        "de": "Werbung muss sich mit einem Klick ablehnen lassen. Ergänzen Sie einen Abmeldelink.",
        "pl": "Z reklamy musi dać się zrezygnować jednym kliknięciem. Dodaj link do rezygnacji.",
        "ro": "Publicitatea trebuie să poată fi refuzată cu un clic. Adăugați un link de dezabonare.",
    },
    DraftCode.LINK_NOT_HTTPS: {
        "en": "A link is not encrypted. Use an address that begins with https://.",
        "de": "Ein Link ist nicht verschlüsselt. Verwenden Sie eine Adresse, die mit https:// beginnt.",
        "pl": "Link nie jest szyfrowany. Użyj adresu zaczynającego się od https://.",
        "ro": "Un link nu este criptat. Folosiți o adresă care începe cu https://.",
    },
    DraftCode.LINK_DECEIVES: {
        "en": "A link shows another address than it leads to. Show the address that it leads to.",
        "de": "Ein Link zeigt eine andere Adresse an als die, zu der er führt. Zeigen Sie die wirkliche Adresse.",
        "pl": "Link pokazuje inny adres niż ten, do którego prowadzi. Pokaż prawdziwy adres.",
        "ro": "Un link arată altă adresă decât cea la care duce. Arătați adresa reală.",
    },
}

if WORDS.keys() != set(DraftCode) or any(words.keys() != set(LANGUAGES) for words in WORDS.values()):
    raise LookupError("finding_words.WORDS lacks words of a finding")  # found when the module is loaded


def finding_message(finding: DraftFinding, locale: str, time_zone: str) -> str:
    """Return what is said about a finding in the language of a locale."""
    words = WORDS[finding.code][language_for(locale).catalog.language]
    if finding.decision is None:
        return words
    return fill(words, {"decision": decision_message(finding.decision, locale, time_zone)})
