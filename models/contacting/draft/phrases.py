"""Words that a check of a draft looks for, in English, German, Polish and Romanian.

Written without accents and in lower case, as `fold` writes them; a star stands for any ending.
"""

import re
from functools import cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a subject consists of that would fit any email.
GENERIC = _words("""
    hello hi hey good morning day question questions inquiry enquiry request offer offers proposal
    information info news important urgent meeting appointment call message email mail follow up
    following reminder update your our my a an the for you from about with regards greetings hallo guten
    tag frage fragen anfrage angebot angebote informationen neuigkeiten wichtig dringend termin
    nachricht erinnerung ihr ihre ihrer unser unsere mein meine fur sie von ein eine der die das zu zum
    zur mit grusse besprechung gesprach witam czesc dzien dobry pytanie pytania zapytanie oferta oferty
    informacja informacje wazne pilne spotkanie wiadomosc przypomnienie nasza nasz nasze twoja moja dla
    ciebie panstwa pana pani od o prosba buna ziua salut intrebare intrebari cerere oferte informatii
    informatie intalnire mesaj reamintire noastra voastra dumneavoastra pentru de la un despre noutati
""")

# Words that say nothing about the matter.
EMPTY = GENERIC | _words("""
    and or but not are was were will would can could have has had this that these those there here what
    when where which who how why all any some more most very also only just than then them they their
    his her its into over und oder aber nicht ist sind war waren wird wurde kann konnte haben hat hatte
    diese dieser dieses dort hier wann welche wer wie warum alle einige mehr sehr auch nur als dann sich
    uns euch ihnen ihm nach vor bei aus auf oraz lub ale nie jest sa byl byla byly bedzie moze maja ten
    ta te tam tutaj kiedy gdzie ktory ktora kto jak wszystkie wiecej bardzo tez tylko niz potem sie nam
    wam ich jego jej przed przy si sau dar nu este sunt era erau va poate aceasta acest acestea acolo
    aici cand unde care cine cum toate mai foarte doar decat atunci se ne lor lui ei inainte
""")

ATTACHMENT = """
    attached attachment attachments enclosed enclosure
    anbei beigefugt* beiliegend* angehangt* anhang anhange anlage anlagen
    zalaczam zalaczamy zalaczni* zalaczeni* zalaczon*
    atasat* atasez atasam atasament* anexat* anexez anexa
"""
NO_ATTACHMENT = _words("""
    no not without kein keine keinen ohne nicht bez nie fara nu
""")

ROLE = """
    manager managing director sales consultant engineer owner founder ceo cto cfo coo head
    representative officer partner assistant advisor adviser lead specialist geschaftsfuhr* vertrieb*
    berater* leiter* leitung inhaber* prokurist* referent* verkauf* kundenberat* assistenz projektleit*
    vorstand* grunder* mitarbeiter* sachbearbeit* kierowni* dyrektor* prezes* wlascicie* specjalist*
    doradc* doradz* przedstawiciel* handlow* asystent* sprzeda* zalozyciel* menedzer* directo*
    administrator* consilier* responsabil* reprezentant* vanzari asistent* proprietar* fondator* sef*
    specialist* manager*
"""
LEGAL_FORM = re.compile(
    r"\b(?:gmbh|mbh|ag|kg|ug|ohg|gbr|e\.? ?k\.|ltd|limited|inc|llc|plc|corp|se|b\.?v\.|s\.?r\.?l|s\.a\.|"
    r"sp\. ?z ?o\. ?o|sp\. ?j|s\.c\.|pfa)\b\.?",
    re.IGNORECASE,
)
REFUSAL = """
    unsubscrib* optout
    abmeld* abbestell* austrag* widersprech*
    wypis* rezygn* zrezygn*
    dezabon*
"""
CHANNEL = "phone mobile tel whatsapp signal teams zoom skype telefon* tel* handy mobil* chat chatu* telegram"

# Of a subject with single blanks.
REPLY = re.compile(r"(?: ?(?:re|aw|antw|odp|fwd?|wg|pd|sv|rasp) ?(?:\[\d{1,3}\])? ?:)+")
HEADER = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|ursprungliche nachricht|wiadomosc oryginalna|oryginalna wiadomosc|"
    r"mesaj(?:ul)? original).{0,20}|(?:on|am|dnia|w dniu|la|in data de)\b.{0,200}"
    r"\b(?:wrote|schrieb|napisal\w?|napisal\(a\)|a scris)(?:\s.{0,100})?:)\s*$"
)


@cache
def matcher(words: str) -> re.Pattern[str]:
    """Return a pattern of whole words for a list of words with stars, for a text of `fold`."""
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in words.split())
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
