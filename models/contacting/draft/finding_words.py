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
        "pl": "Nie mają Państwo prawa wysłać tej osobie takiego e-maila. {decision}",
        "ro": "Nu aveți dreptul să trimiteți acestei persoane un astfel de e-mail. {decision}",
    },
    DraftCode.SUBJECT_EMPTY: {
        "en": "The email has no subject. Say in a few words what it is about.",
        "de": "Die E-Mail hat keinen Betreff. Sagen Sie in wenigen Worten, worum es geht.",
        "pl": "E-mail nie ma tematu. Prosimy napisać w kilku słowach, czego dotyczy.",
        "ro": "E-mailul nu are subiect. Spuneți în câteva cuvinte despre ce este vorba.",
    },
    DraftCode.SUBJECT_ONLY_REPLY: {
        "en": "The subject only says that this is a reply. Add what it is about.",
        "de": "Der Betreff sagt nur, dass dies eine Antwort ist. Ergänzen Sie, worum es geht.",
        "pl": "Z tematu wynika tylko, że to odpowiedź. Prosimy dodać, czego dotyczy.",
        "ro": "Subiectul spune doar că este un răspuns. Adăugați despre ce este vorba.",
    },
    DraftCode.SUBJECT_GENERIC: {
        "en": "The subject would fit any email. Say what it is about, so that the email can be found again.",
        "de": "Der Betreff könnte über jeder E-Mail stehen. Nennen Sie die Sache, damit sich die E-Mail wiederfinden lässt.",
        "pl": "Taki temat pasuje do każdego e-maila. Prosimy nazwać sprawę, aby e-mail dało się odnaleźć.",
        "ro": "Subiectul s-ar potrivi oricărui e-mail. Precizați despre ce este vorba, ca e-mailul să poată fi regăsit.",
    },
    DraftCode.SUBJECT_TOO_LONG: {
        "en": "The subject has more than 78 characters, and many programs cut it off. Shorten it.",
        "de": "Der Betreff hat mehr als 78 Zeichen und wird von vielen Programmen abgeschnitten. Kürzen Sie ihn.",
        "pl": "Temat ma ponad 78 znaków i wiele programów go utnie. Prosimy go skrócić.",
        "ro": "Subiectul are peste 78 de caractere și multe programe îl taie. Scurtați-l.",
    },
    DraftCode.SUBJECT_UNRELATED: {
        "en": "The subject and the text have no word in common. Let the subject say what the text is about.",
        "de": "Betreff und Text haben kein Wort gemeinsam. Lassen Sie den Betreff sagen, worum es im Text geht.",
        "pl": "Temat i treść nie mają żadnego wspólnego słowa. Z tematu powinno wynikać, o czym jest treść.",
        "ro": "Subiectul și textul nu au niciun cuvânt comun. Subiectul trebuie să spună despre ce este textul.",
    },
    DraftCode.TEXT_EMPTY: {
        "en": "The email has no text of its own. Write what you want to say.",
        "de": "Die E-Mail hat keinen eigenen Text. Schreiben Sie, was Sie mitteilen möchten.",
        "pl": "E-mail nie ma własnej treści. Prosimy napisać, co chcą Państwo przekazać.",
        "ro": "E-mailul nu are un text propriu. Scrieți ce doriți să transmiteți.",
    },
    DraftCode.ATTACHMENT_MISSING: {
        "en": "The text mentions an attachment, but nothing is attached. Attach it, or change the text.",
        "de": "Der Text erwähnt einen Anhang, aber es ist nichts angehängt. Hängen Sie ihn an, oder ändern Sie den Text.",
        "pl": "W treści jest mowa o załączniku, ale niczego nie załączono. Prosimy go dodać albo zmienić treść.",
        "ro": "Textul menționează un atașament, dar nu este atașat nimic. Atașați-l sau modificați textul.",
    },
    DraftCode.QUOTE_MISSING: {
        "en": "Nothing is quoted from the email that you are answering. Quote the sentences that you refer to.",
        "de": "Aus der beantworteten E-Mail ist nichts zitiert. Zitieren Sie die Sätze, auf die Sie eingehen.",
        "pl": "Nie zacytowano niczego z e-maila, na który Państwo odpowiadają. Prosimy zacytować zdania, do których się Państwo odnoszą.",
        "ro": "Nu este citat nimic din e-mailul la care răspundeți. Citați frazele la care vă referiți.",
    },
    DraftCode.SENDER_ANONYMOUS: {
        "en": "The email does not say who it is from. Commercial emails without a sender are not allowed: add your name, your role, your company and its website.",
        "de": "Aus der E-Mail geht nicht hervor, wer sie schreibt. Geschäftliche E-Mails ohne Absender sind nicht erlaubt: Ergänzen Sie Ihren Namen, Ihre Funktion, Ihre Firma und deren Website.",
        "pl": "Z e-maila nie wynika, kto go pisze. E-maile handlowe bez nadawcy są niedozwolone: prosimy dodać imię i nazwisko, funkcję, firmę i jej stronę internetową.",
        "ro": "Din e-mail nu reiese cine îl scrie. E-mailurile comerciale fără expeditor nu sunt permise: adăugați numele, funcția, firma și site-ul ei.",
    },
    DraftCode.NAME_MISSING: {
        "en": "Your name is missing. Sign with your full name.",
        "de": "Ihr Name fehlt. Unterschreiben Sie mit vollem Namen.",
        "pl": "Brakuje Państwa nazwiska. Prosimy podpisać się imieniem i nazwiskiem.",
        "ro": "Numele dumneavoastră lipsește. Semnați cu numele complet.",
    },
    DraftCode.ROLE_MISSING: {
        "en": "Your role is missing. Say in the signature what you do in your company.",
        "de": "Ihre Funktion fehlt. Sagen Sie in der Signatur, was Sie in Ihrer Firma tun.",
        "pl": "Brakuje Państwa funkcji. Prosimy podać w podpisie, czym zajmują się Państwo w firmie.",
        "ro": "Funcția dumneavoastră lipsește. Spuneți în semnătură ce faceți în firmă.",
    },
    DraftCode.COMPANY_MISSING: {
        "en": "Your company is missing. Name it in the signature.",
        "de": "Ihre Firma fehlt. Nennen Sie sie in der Signatur.",
        "pl": "Brakuje Państwa firmy. Prosimy podać ją w podpisie.",
        "ro": "Firma dumneavoastră lipsește. Numiți-o în semnătură.",
    },
    DraftCode.SITE_MISSING: {
        "en": "Your website is missing. Add it to the signature, so that the recipient can look you up.",
        "de": "Ihre Website fehlt. Ergänzen Sie sie in der Signatur, damit man sich über Sie informieren kann.",
        "pl": "Brakuje Państwa strony internetowej. Prosimy dodać ją do podpisu, aby odbiorca mógł sprawdzić, kim Państwo są.",
        "ro": "Site-ul dumneavoastră lipsește. Adăugați-l în semnătură, ca destinatarul să se poată informa.",
    },
    DraftCode.OTHER_CHANNEL_MISSING: {
        "en": "Only email is offered. Add another way to reach you, such as a phone number.",
        "de": "Es wird nur E-Mail angeboten. Ergänzen Sie einen weiteren Weg zu Ihnen, etwa eine Telefonnummer.",
        "pl": "Podano tylko e-mail. Prosimy dodać inny sposób kontaktu, na przykład numer telefonu.",
        "ro": "Se oferă doar e-mailul. Adăugați o altă cale de contact, de exemplu un număr de telefon.",
    },
    DraftCode.REFUSAL_MISSING: {
        "en": "It must be possible to refuse advertising with one click. Add a link to unsubscribe.",
        "de": "Werbung muss sich mit einem Klick ablehnen lassen. Ergänzen Sie einen Abmeldelink.",
        "pl": "Z otrzymywania reklam trzeba móc zrezygnować jednym kliknięciem. Prosimy dodać link do rezygnacji.",
        "ro": "Publicitatea trebuie să poată fi refuzată cu un clic. Adăugați un link de dezabonare.",
    },
    DraftCode.LINK_NOT_HTTPS: {
        "en": "A link is not encrypted. Use an address that begins with https://.",
        "de": "Ein Link ist nicht verschlüsselt. Verwenden Sie eine Adresse, die mit https:// beginnt.",
        "pl": "Link nie jest szyfrowany. Prosimy użyć adresu zaczynającego się od https://.",
        "ro": "Un link nu este criptat. Folosiți o adresă care începe cu https://.",
    },
    DraftCode.LINK_DECEIVES: {
        "en": "A link shows a different address from the one it leads to. Show the real address.",
        "de": "Ein Link zeigt eine andere Adresse an als die, zu der er führt. Zeigen Sie die wirkliche Adresse.",
        "pl": "Link pokazuje inny adres niż ten, do którego prowadzi. Prosimy pokazać prawdziwy adres.",
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
