"""How numbers are spelled out in English, German, Polish and Romanian, with and without accents.

All lower case.
"""


def _table(text: str) -> dict[str, int]:
    """Read "word/other-spelling ..." lines: the first word means the first number, and so on."""
    first, *rest = text.split()
    step, start = (int(part) for part in first.split("x"))
    return {word: start + step * index for index, words in enumerate(rest) for word in words.split("/")}


UNITS = (
    _table("1x0 zero/oh one two three four five six seven eight nine")
    | _table("1x0 null eins/ein/eine zwei/zwo drei vier fünf/fuenf/funf sechs sieben acht neun")
    | _table("1x0 zero jeden/jedna dwa/dwie trzy cztery pięć/piec sześć/szesc siedem osiem dziewięć/dziewiec")
    | _table(  # Polish forms for counting people and naming digits
        "1x0 zera/nought/naught jednego/jedynka dwóch/dwoch/dwójka/dwojka trzech/trójka/trojka"
        " czterech/czwórka/czworka pięciu/pieciu/piątka/piatka sześciu/szesciu/szóstka/szostka"
        " siedmiu/siódemka/siodemka ośmiu/osmiu/ósemka/osemka dziewięciu/dziewieciu/dziewiątka/dziewiatka"
    )
    | _table("1x0 zero unu/una doi/două/doua trei patru cinci șase/şase/sase șapte/şapte/sapte opt nouă/noua")
)
TEENS = (
    _table(
        "1x10 ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    )
    | _table(
        "1x10 zehn elf zwölf/zwoelf/zwolf dreizehn vierzehn fünfzehn/fuenfzehn/funfzehn sechzehn siebzehn"
        " achtzehn neunzehn"
    )
    | _table(
        "1x10 dziesięć/dziesiec jedenaście/jedenascie dwanaście/dwanascie"
        " trzynaście/trzynascie czternaście/czternascie piętnaście/pietnascie"
        " szesnaście/szesnascie siedemnaście/siedemnascie osiemnaście/osiemnascie"
        " dziewiętnaście/dziewietnascie"
    )
    | _table(
        "1x10 zece unsprezece doisprezece/douăsprezece/douasprezece treisprezece paisprezece cincisprezece"
        " șaisprezece/şaisprezece/saisprezece șaptesprezece/şaptesprezece/saptesprezece"
        " optsprezece nouăsprezece/nouasprezece"
    )
    | _table(
        "1x11 unșpe/unşpe/unspe doișpe/doişpe/doispe treișpe/treişpe/treispe paișpe/paişpe/paispe"
        " cinșpe/cinşpe/cinspe șaișpe/şaişpe/saispe șaptișpe/şaptişpe/saptispe optișpe/optişpe/optispe"
        " nouășpe/nouăşpe/nouaspe"
    )
)
TENS = (
    _table("10x20 twenty thirty forty/fourty fifty sixty seventy eighty ninety")
    | _table(
        "10x20 zwanzig dreißig/dreissig vierzig fünfzig/fuenfzig/funfzig sechzig siebzig achtzig neunzig"
    )
    | _table(
        "10x20 dwadzieścia/dwadziescia trzydzieści/trzydziesci czterdzieści/czterdziesci"
        " pięćdziesiąt/piecdziesiat sześćdziesiąt/szescdziesiat"
        " siedemdziesiąt/siedemdziesiat osiemdziesiąt/osiemdziesiat"
        " dziewięćdziesiąt/dziewiecdziesiat"
    )
    | _table(
        "10x20 dwudziestu trzydziestu czterdziestu pięćdziesięciu/piecdziesieciu"
        " sześćdziesięciu/szescdziesieciu siedemdziesięciu/siedemdziesieciu"
        " osiemdziesięciu/osiemdziesieciu dziewięćdziesięciu/dziewiecdziesieciu"
    )
    | _table(
        "10x20 douăzeci/douazeci treizeci patruzeci cincizeci șaizeci/şaizeci/saizeci"
        " șaptezeci/şaptezeci/saptezeci optzeci nouăzeci/nouazeci"
    )
)
HUNDREDS = _table(
    "100x100 sto dwieście/dwiescie trzysta czterysta pięćset/piecset sześćset/szescset"
    " siedemset osiemset dziewięćset/dziewiecset"
) | _table(
    "100x200 dwustu trzystu czterystu pięciuset/pieciuset sześciuset/szesciuset siedmiuset"
    " ośmiuset/osmiuset dziewięciuset/dziewieciuset"
)
HUNDRED = frozenset(("hundred", "hundert", "sută", "suta", "sute"))  # multiplied by the preceding number
# Between groups of three digits.
THOUSANDS = frozenset(
    ("thousand", "million", "tausend", "millionen", "tysiąc", "tysiace", "tysiące", "tysięcy")
)
AGAIN = {"double": 2, "doppel": 2, "doppelt": 2, "triple": 3, "treble": 3, "dreifach": 3}
# Words for the separators between digits.
FILLERS = frozenset(
    ("and", "und", "i", "și", "şi", "si", "dash", "hyphen", "minus", "dot", "point", "space", "strich")
)
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


def _german() -> dict[str, int]:
    """German one-word numbers: 21 to 99, and hundreds with or without a remainder."""
    plain = ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
    tens = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
    units = {word: index + 1 for index, word in enumerate(plain)}
    below = {
        f"{one}und{ten}": 10 * (index + 2) + units[one] for index, ten in enumerate(tens) for one in plain
    }
    teens = ("zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn")
    behind = below | {word: 10 + index for index, word in enumerate((*teens, "achtzehn", "neunzehn"))}
    behind |= {ten: 10 * (index + 2) for index, ten in enumerate(tens)} | units | {"eins": 1, "": 0}
    for one, value in {**units, "": 1}.items():
        below |= {f"{one}hundert{rest}": 100 * value + more for rest, more in behind.items()}
    for word in list(below):
        below[word.replace("ü", "ue").replace("ö", "oe").replace("ß", "ss")] = below[word]
    below.pop("hundert")
    return below


GERMAN = _german()
