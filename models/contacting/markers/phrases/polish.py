"""Polish phrases."""

# ruff: noqa: E501, SIM905 - one line per phrase, to find and compare it
# fmt: off

from models.contacting.markers.kinds import StatementKind as Kind
from models.contacting.markers.kinds import Strength
from models.contacting.markers.phrases.phrase import Phrase, PhraseTable

STRONG, WEAK = Strength.STRONG, Strength.WEAK

_WHEN = (
    "jutro pozniej kiedys kiedykolwiek prosze jeszcze wieczorem natychmiast zaraz czasami raz ponownie dzis dzisiaj "
    "pilnie koniecznie najlepiej smialo bezposrednio teraz do_mnie do_nas po_poludniu w_tygodniu za_godzine jeszcze_raz "
    "w_poniedzialek we_wtorek w_srode w_czwartek w_piatek"
).split()
_NOW = "teraz obecnie aktualnie w_tej_chwili wlasnie akurat dzis dzisiaj na_razie".split()
_MAIL = (
    "email emaila emaile emailem emailowo mail maila maile mailem mailowo wiadomosc_email poczta_elektroniczna "
    "droga_mailowa droga_elektroniczna na_maila na_emaila na_adres pisemnie listownie na_pismie"
).split()
_CAN = (
    "moze_pan moze_pani moga_panstwo mozesz mozecie moglby_pan moglaby_pani mogliby_panstwo moglbys moglabys prosze "
    "prosilbym prosilabym prosimy pamietaj pamietaj_zeby nie_zapomnij nie_zapomnijcie niech_pan niech_pani"
).split()
_OTHERS = tuple(
    f"{word}_{whom}"
    for word in ("do", "po", "na")
    for whom in ("toma", "niego", "niej", "nich", "policje", "kogos", "taksowke")
)

POLISH = PhraseTable(
    language="pl",
    joiners=("prosze", "i", "lub", "albo", "ale", "to", "wiec", "a"),
    openers=(
        "prosze i lub albo ale a to wiec tak nie ok dobrze dziekuje najlepiej lepiej smialo jesli_mozna w_razie_pytan w_razie_potrzeby "
        "czy raczej wtedy potem zawsze po_prostu nigdy wiecej juz niech_pan niech_pani nie_zapomnij uprzejmie bardzo"
    ).split(),
    slots={
        "when": _WHEN,
        "now": _NOW,
        "mail": (*_MAIL, "kontakt_mailowy", "kontakt_emailowy"),
        "can": _CAN,
        "me": ("do_mnie", "do_nas"),
        "remove": "usun usuncie usunac usuniecie usuniecia skasuj skasowac skasujcie skasowanie skasowania wykreslic wykreslcie wykreslenie wykreslenia".split(),
        "not_others": _OTHERS,
        "not_by": ("telefonicznego", "mailowego", "emailowego"),
        "not_elsewhere": ("z", "do", "na", "po"),
        "then_when": (
            *_WHEN,
            "kiedy",
            "gdy",
            "jak",
            "jesli",
            "jezeli",
            "jakby",
            "pod",
            "przed",
            "w",
            "o",
            "po_pracy",
            "od",
            "i",
            "lub",
            "oraz",
            "sie",
        ),
        "then_meet": "na o przed wkrotce za w we jutro dzis kiedys osobiscie i po u przy jeszcze znowu ponownie".split(),
        "then_you": (
            *_WHEN,
            "do_ciebie",
            "do_pana",
            "do_pani",
            "do_panstwa",
            "do_was",
            "jak",
            "kiedy",
            "gdy",
            "za",
            "o",
            "w",
            "pozniej",
            "wkrotce",
            "wieczorem",
            "rano",
            "i",
            "po",
        ),
    },
    negators=frozenset("nie nigdy bez zaden zadnych zadnego".split()),
    unneeded=frozenset("musisz musi musza trzeba potrzeby musicie".split()),
    reversing=frozenset("zapomnij zapomnijcie zapomniec wahaj wahac krepuj".split()),
    asking=frozenset("dlaczego czemu".split()),
    cuts=frozenset("i ale lecz tylko a pamietaj pamietajcie".split()),
    phrases=(
        Phrase("pl_zadzwon", Kind.CALL, STRONG, "<start> zadzwon|zadzwoncie|dzwon|dzwoncie|przedzwon|oddzwon|oddzwoncie <then_when>", Kind.STOP_CALLS),
        Phrase("pl_zadzwon_do_mnie", Kind.CALL, STRONG, "zadzwon|zadzwoncie|dzwon|dzwoncie|przedzwon|oddzwon <any3> do_mnie|do_nas", Kind.STOP_CALLS),
        Phrase("pl_prosze_zadzwonic", Kind.CALL, STRONG, "<can> <any4> zadzwonic|dzwonic|oddzwonic|przedzwonic <then_when>", Kind.STOP_CALLS),
        Phrase("pl_musisz_zadzwonic", Kind.CALL, STRONG, "musisz|musi_pan|musi_pani <me> <any2> zadzwonic|dzwonic|oddzwonic", None),
        Phrase("pl_prosze_o_telefon", Kind.CALL, STRONG, "prosze|prosilbym|prosilabym|prosimy|poprosze|prosba|bede_czekac|czekam o|na? <any2> telefon|kontakt_telefoniczny|rozmowe_telefoniczna|rozmowe|oddzwonienie|rozmowy", Kind.STOP_CALLS),
        Phrase("pl_prosze_telefonicznie", Kind.CALL, STRONG, "prosze <any5> telefonicznie|przez_telefon", Kind.STOP_CALLS),
        Phrase("pl_wole_telefon", Kind.CALL, WEAK, "wole|wolimy|wolalbym|wolalabym|najlepiej|preferuje <any3> telefon|telefonicznie|przez_telefon|dzwonic|rozmowe|kontakt_telefoniczny", None),
        Phrase("pl_napisz_maila", Kind.WRITE, STRONG, "<start> napisz|napiszcie|pisz|piszcie|odpisz|odpiszcie do_mnie|do_nas|mi|nam? <any3> <mail>", Kind.STOP_MAIL),
        Phrase("pl_wyslij_maila", Kind.WRITE, STRONG, "<start> wyslij|wyslijcie|przyslij|przyslijcie|przeslij|przeslijcie|podeslij|podeslijcie|slij|odpowiedz mi|nam|do_mnie|do_nas|to|oferte|wszystko|szczegoly? <any5> <mail>", Kind.STOP_MAIL),
        Phrase("pl_prosze_maila", Kind.WRITE, STRONG, "prosze|prosilbym|prosilabym|prosimy|poprosze o? <any2> maila|email|emaila|kontakt_mailowy|kontakt_emailowy|kontakt_droga_mailowa|wiadomosc_email|wiadomosc_mailowa|odpowiedz_mailem|oferte_mailem|oferte_na_maila", Kind.STOP_MAIL),
        Phrase("pl_prosze_napisac_maila", Kind.WRITE, STRONG, "<can> <any4> napisac|wyslac|przeslac|odpisac|przyslac|podeslac <any5> <mail>", Kind.STOP_MAIL),
        Phrase("pl_prosze_kontaktowac_mailowo", Kind.WRITE, STRONG, "<can> <any4> skontaktowac|kontaktowac|odpowiedziec|odpowiadac sie|mi? <any3> mailem|mailowo|emailem|emailowo|listownie|pisemnie|droga_mailowa", Kind.STOP_MAIL),
        Phrase("pl_niech_wysle", Kind.WRITE, STRONG, "niech_pan|niech_pani|niech_panstwo <any3> wysle|przesle|napisze|przysle <any4> <mail>", Kind.STOP_MAIL),
        Phrase("pl_napisz_do_mnie", Kind.WRITE, WEAK, "<start> napisz|napiszcie|pisz|piszcie|odpisz <me> <then_when>", None),
        Phrase("pl_prosze_napisac", Kind.WRITE, WEAK, "prosze <any2> napisac|pisac <me> <then_when>", None),
        Phrase("pl_wole_maila", Kind.WRITE, WEAK, "wole|wolimy|wolalbym|wolalabym|najlepiej|lepiej|preferuje|preferujemy|raczej <any3> <mail>", None),
        Phrase("pl_na_czacie", Kind.CHAT, STRONG, "<start> napisz|napiszcie|pisz|piszcie|odpisz|pisac|napisac do_mnie|do_nas|mi|nam? <any2> na_czacie|na_czat|przez_czat|na_chacie|na_chat", None),
        Phrase("pl_wole_czat", Kind.CHAT, WEAK, "wole|wolimy|najlepiej|lepiej <any2> czat|czacie|na_czacie|chat", None),
        Phrase("pl_spotkajmy_sie", Kind.MEET, STRONG, "spotkajmy sie <then_meet>", None),
        Phrase("pl_mozemy_sie_spotkac", Kind.MEET, STRONG, "mozemy|moglibysmy|mogli_bysmy|chcialbym|chcialabym sie <any4> spotkac <then_meet>", None),
        Phrase("pl_umowmy_sie", Kind.MEET, STRONG, "<start> umowmy sie na_spotkanie|osobiscie|u_mnie|u_nas|w_biurze", None),
        Phrase("pl_prosze_o_spotkanie", Kind.MEET, STRONG, "prosze o spotkanie", None),
        Phrase("pl_wole_spotkanie", Kind.MEET, WEAK, "wole|wolalbym|wolalabym|najlepiej <any2> spotkanie|spotkac_sie|osobiscie", None),
        Phrase("pl_nie_moge_rozmawiac", Kind.CANNOT_TALK, STRONG, "nie moge|mozemy <now1> rozmawiac|gadac <now1> <end>", fixed=True),
        Phrase("pl_jestem_zajety", Kind.CANNOT_TALK, WEAK, "jestem|jestesmy <now> <any1> zajety|zajeta|zajeci|na_spotkaniu|w_trasie|za_kierownica", None),
        Phrase("pl_teraz_jestem_zajety", Kind.CANNOT_TALK, WEAK, "<now> jestem|jestesmy <any1> zajety|zajeta|zajeci|na_spotkaniu|w_trasie|za_kierownica", None),
        Phrase("pl_teraz_nie_przeszkadzaj", Kind.CANNOT_TALK, STRONG, "<now> mi|nam? nie mi|nam? przeszkadzaj|przeszkadzajcie|przeszkadzac", fixed=True),
        Phrase("pl_nie_teraz", Kind.CANNOT_TALK, STRONG, "nie mi|nam? przeszkadzaj|przeszkadzajcie mi|nam? <now>", fixed=True),
        Phrase("pl_oddzwonie", Kind.CALLBACK_PROMISED, STRONG, "oddzwonie|oddzwonimy", None),
        Phrase("pl_zadzwonie", Kind.CALLBACK_PROMISED, STRONG, "<not_others> zadzwonie|zadzwonimy|przedzwonie <then_you>", None),
        Phrase("pl_na_urlopie", Kind.OUT_OF_OFFICE, STRONG, "jestem|jestesmy|bede|bedziemy|przebywam|przebywamy <any8> na_urlopie|poza_biurem|nieobecny|nieobecna|nieobecni|na_wakacjach|w_delegacji|na_zwolnieniu|niedostepny|niedostepna|w_podrozy_sluzbowej", None),
        Phrase("pl_nie_ma_mnie", Kind.OUT_OF_OFFICE, STRONG, "nie ma|bedzie mnie|nas <any2> w_biurze|w_pracy|w_firmie", fixed=True),
        Phrase("pl_wszyscy_czytaja", Kind.HOUSE_READS_MAIL, STRONG, "u_nas|w_naszej_firmie|w_firmie|w_biurze|tutaj <any3> wszyscy|kazdy|kazda <any3> czytaja|czyta|sprawdzaja|sprawdza|korzystaja|korzysta <any3> email|emaile|emaila|mail|maile|maila|poczte|z_maila", None),
        Phrase("pl_wszyscy_u_nas", Kind.HOUSE_READS_MAIL, STRONG, "wszyscy|kazdy u_nas|w_firmie|w_biurze|tutaj|tu? <any2> czytaja|czyta|sprawdzaja|sprawdza <any3> email|emaile|maile|maila|poczte", None),
        Phrase("pl_nie_dzwon", Kind.STOP_CALLS, STRONG, "nie <not_others> <any1> dzwon|dzwoncie|dzwonic|wydzwaniaj|wydzwaniac|telefonuj|telefonowac <not_elsewhere1>", fixed=True),
        Phrase("pl_nie_dzwon_do_mnie", Kind.STOP_CALLS, STRONG, "nie <any2> dzwon|dzwoncie|dzwonic|wydzwaniaj|wydzwaniac <any1> <me>", fixed=True),
        Phrase("pl_przestan_dzwonic", Kind.STOP_CALLS, STRONG, "przestan|przestancie|przestanie_pan|przestac <any2> dzwonic|wydzwaniac", fixed=True),
        Phrase("pl_zadnych_telefonow", Kind.STOP_CALLS, STRONG, "zadnych <any1> telefonow|polaczen|rozmow", fixed=True),
        Phrase("pl_nie_chce_telefonow", Kind.STOP_CALLS, STRONG, "nie chce|zycze|zyczymy|chcemy <any4> telefonow|polaczen|rozmow|kontaktu_telefonicznego|zeby_pan_dzwonil", fixed=True),
        Phrase("pl_nie_chce_zeby_dzwonili", Kind.STOP_CALLS, STRONG, "nie chce|chcemy|zycze|zyczymy sobie? ,? <any4> dzwonili|dzwonil|dzwonila|dzwoniono|telefonowali", fixed=True),
        Phrase("pl_brak_zgody_na_telefon", Kind.STOP_CALLS, STRONG, "nie wyrazam|wyrazamy|zgadzam|zgadzamy sie|zgody na <any1> kontakt_telefoniczny|telefony|polaczenia|rozmowy", fixed=True),
        Phrase("pl_brak_zgody_na_maile", Kind.STOP_MAIL, STRONG, "nie wyrazam|wyrazamy|zgadzam|zgadzamy sie|zgody na <any2> maile|emaile|maili|emaili|newsletter|newslettera|mailing|ofert|reklam|reklamy|kontakt_mailowy|kontakt_emailowy", fixed=True),
        Phrase("pl_przestan_wysylac", Kind.STOP_MAIL, STRONG, "przestan|przestancie|przestac <any2> wysylac|przysylac|przesylac|slac|pisac|mailowac|spamowac", fixed=True),
        Phrase("pl_zaprzestac_telefonow", Kind.STOP_CALLS, STRONG, "zaprzestac|zaprzestancie|zaprzestanie <any1> telefonow|dzwonienia|polaczen|wydzwaniania", None),
        Phrase("pl_zaprzestac_wysylania", Kind.STOP_MAIL, STRONG, "zaprzestac|zaprzestancie|zaprzestanie <any1> wysylania|przesylania|wysylki|przysylania", None),
        Phrase("pl_wypisanie", Kind.STOP_MAIL, STRONG, "wypisanie|wypisania mnie|nas? z", None),
        Phrase("pl_nie_pisz_wiecej", Kind.STOP_MAIL, STRONG, "nie pisz|piszcie|pisac do_mnie|do_nas|mi|nam? wiecej|juz? do_mnie|do_nas? <end>", fixed=True),
        Phrase("pl_wiecej_nie_pisz", Kind.STOP_MAIL, STRONG, "wiecej|juz do_mnie|do_nas|mi? nie pisz|piszcie|pisac <me1> <end>", fixed=True),
        Phrase("pl_nie_wysylaj", Kind.STOP_MAIL, STRONG, "nie wysylaj|wysylajcie|wysylac|przysylaj|przysylajcie|przysylac|slij|slac|przesylac <any6> email|emaili|emaile|emailow|maili|maile|mailem|wiadomosci|ofert|newslettera|newsletterow|reklam|spamu|mailing|mailingu", fixed=True),
        Phrase("pl_nie_wysylac_mi", Kind.STOP_MAIL, STRONG, "nie mi|nam|do_mnie|do_nas? <any1> wysylaj|wysylajcie|wysylac|przysylaj|przysylajcie|przysylac <any1> <end>", fixed=True),
        Phrase("pl_zadnych_maili", Kind.STOP_MAIL, STRONG, "zadnych <any1> maili|emaili|wiadomosci|newsletterow|reklam|ofert", fixed=True),
        Phrase("pl_nie_chce_maili", Kind.STOP_MAIL, STRONG, "nie chce|zycze|zyczymy|chcemy <any5> maili|emaili|wiadomosci|newslettera|reklam|ofert|spamu", fixed=True),
        Phrase("pl_wypisz", Kind.STOP_MAIL, STRONG, "wypisz|wypiszcie|wypisac mnie|nas|sie|moj_adres|z", None),
        Phrase("pl_mnie_wypisac", Kind.STOP_MAIL, STRONG, "mnie|nas wypisac", None),
        Phrase("pl_rezygnuje_z_newslettera", Kind.STOP_MAIL, STRONG, "rezygnuje|rezygnujemy z newslettera|mailingu|subskrypcji", None),
        Phrase("pl_w_spokoju", Kind.STOP_ALL, STRONG, "zostaw|zostawcie|zostawic mnie|nas <any2> w_spokoju", None),
        Phrase("pl_w_spokoju_prosze", Kind.STOP_ALL, STRONG, "mnie|nas zostawic|zostawcie|zostaw w_spokoju", None),
        Phrase("pl_daj_spokoj", Kind.STOP_ALL, STRONG, "daj|dajcie|dac mi|nam swiety? spokoj", None),
        Phrase("pl_przestan_nekac", Kind.STOP_ALL, STRONG, "przestan|przestancie|przestac mi|mnie|nas|nam przeszkadzac|nekac|nachodzic|niepokoic|meczyc|zawracac_glowe", fixed=True),
        Phrase("pl_nie_przeszkadzaj", Kind.STOP_ALL, STRONG, "<start> nie mi|nam|mnie|nas? przeszkadzaj|przeszkadzajcie|niepokoj|niepokojcie|nekaj|nekajcie mi|nam|mnie|nas? wiecej|juz?", None),
        Phrase("pl_nie_kontaktuj", Kind.STOP_ALL, STRONG, "nie <any5> kontaktuj|kontaktujcie|kontaktowac sie? ze_mna|z_nami? <any1> <end>", fixed=True),
        Phrase("pl_nie_zycze_kontaktu", Kind.STOP_ALL, STRONG, "nie zycze|zyczymy|chce|chcemy <any3> kontaktu|kontaktow|byc_niepokojony|byc_niepokojona <not_by>", fixed=True),
        Phrase("pl_zaprzestac_kontaktu", Kind.STOP_ALL, STRONG, "zaprzestac|zaprzestancie|zaprzestanie <any1> kontaktu|kontaktow|kontaktowania|nekania", None),
        Phrase("pl_niekontaktowanie", Kind.STOP_ALL, STRONG, "niekontaktowanie|niekontaktowania sie", None),
        Phrase("pl_nic_wspolnego", Kind.STOP_ALL, STRONG, "nie chce|chcemy miec <any3> nic_wspolnego", fixed=True),
        Phrase("pl_odczep_sie", Kind.STOP_ALL, STRONG, "odczep|odczepcie|odwal|odwalcie sie", None),
        Phrase("pl_usun_moje_dane", Kind.STOP_ALL, STRONG, "<remove> <any1> moje|moich|nasze|naszych|swoje <any1> dane|danych", None),
        Phrase("pl_usun_dane_osobowe", Kind.STOP_ALL, STRONG, "<remove> <any1> dane|danych|dane_moje|danych_moich osobowe|osobowych|kontaktowe|kontaktowych|moje|moich", None),
        Phrase("pl_usun_moj_numer", Kind.STOP_ALL, STRONG, "<remove> <any1> moj|mojego|nasz|naszego <any1> numer|numeru|nr|adres|adresu|kontakt|telefon|email", None),
        Phrase("pl_usun_mnie", Kind.STOP_ALL, STRONG, "<remove> <any1> mnie|nas <any2>", None),
        Phrase("pl_usun_z_bazy", Kind.STOP_ALL, STRONG, "<remove> <any3> z|ze <any1> bazy|listy|systemu|kartoteki|ewidencji", None),
    ),
)
