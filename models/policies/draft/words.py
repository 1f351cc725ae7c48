"""What is wrong with a draft, in four languages; the English templates stand beside the checks in `rules`."""

# ruff: noqa: E501 - a sentence stays whole, so that it can be found and compared

from models.base.refusal import ParameterName, Sentence, Value, Wording, Words
from rules.engine.errors import RulesetFaultKind
from rules.parameter_problems import ParameterProblem, ProblemKind


class ProblemWords(Wording):
    """The problems of parameters and what is expected, by the name of their kind."""

    UNKNOWN_AREA = Words(
        en=ProblemKind.UNKNOWN_AREA.value,
        de="Diesen Bereich gibt es nicht; es gibt {known}.",
        pl="Nie ma takiego obszaru; dostępne są: {known}.",
        ro="Acest domeniu nu există; există {known}.",
    )
    NOT_AN_OBJECT = Words(
        en=ProblemKind.NOT_AN_OBJECT.value,
        de="Der Bereich muss ein Objekt mit Parametern sein.",
        pl="Obszar musi być obiektem z parametrami.",
        ro="Domeniul trebuie să fie un obiect cu parametri.",
    )
    UNKNOWN = Words(
        en=ProblemKind.UNKNOWN.value,
        de="Diesen Parameter gibt es nicht; in {area} gibt es {known}.",
        pl="Nie ma takiego parametru; w obszarze {area} są: {known}.",
        ro="Acest parametru nu există; în {area} există {known}.",
    )
    MISSING = Words(
        en=ProblemKind.MISSING.value,
        de="Der Parameter fehlt; erwartet wird {wanted}.",
        pl="Brakuje parametru; oczekiwana wartość: {wanted}.",
        ro="Parametrul lipsește; se așteaptă {wanted}.",
    )
    WRONG = Words(
        en=ProblemKind.WRONG.value,
        de="{value} ist nicht zulässig; erwartet wird {wanted}.",
        pl="Wartość {value} jest niedozwolona; oczekiwana wartość: {wanted}.",
        ro="Valoarea {value} nu este permisă; se așteaptă {wanted}.",
    )
    REMINDER_TOO_LATE = Words(
        en=ProblemKind.REMINDER_TOO_LATE.value,
        de="{value} muss kleiner sein als „{other}“ ({limit}); die Erinnerung muss vor der Freigabe kommen.",
        pl="Wartość {value} musi być mniejsza niż „{other}” ({limit}); przypomnienie musi poprzedzać ujawnienie.",
        ro="Valoarea {value} trebuie să fie mai mică decât „{other}” ({limit}); mementoul trebuie să vină înaintea dezvăluirii.",
    )
    NOT_LESS = Words(
        en=ProblemKind.NOT_LESS.value,
        de="{value} muss kleiner sein als „{other}“ ({limit}).",
        pl="Wartość {value} musi być mniejsza niż „{other}” ({limit}).",
        ro="Valoarea {value} trebuie să fie mai mică decât „{other}” ({limit}).",
    )
    HOLIDAYS_UNKNOWN = Words(
        en=ProblemKind.HOLIDAYS_UNKNOWN.value,
        de="Die Feiertage von {value} sind nicht bekannt; geben Sie nur das Land an, oder schalten Sie „{other}“ aus.",
        pl="Święta w {value} nie są znane; należy podać tylko kraj albo wyłączyć „{other}”.",
        ro="Sărbătorile din {value} nu sunt cunoscute; indicați doar țara sau dezactivați „{other}”.",
    )
    SWITCH = Words(
        en=ProblemKind.SWITCH.value, de="true oder false", pl="true lub false", ro="true sau false"
    )
    ZONE = Words(
        en=ProblemKind.ZONE.value,
        de="eine IANA-Zeitzone wie Europe/Berlin",
        pl="strefa czasowa IANA, np. Europe/Berlin",
        ro="un fus orar IANA, de exemplu Europe/Berlin",
    )
    HOURS_TABLE = Words(
        en=ProblemKind.HOURS_TABLE.value,
        de="eine Tabelle der Anrufzeiten ({known})",
        pl="tabela godzin dzwonienia ({known})",
        ro="un tabel al orelor de apel ({known})",
    )
    PLACE = Words(
        en=ProblemKind.PLACE.value,
        de="ein Land oder ein Landesteil (ISO 3166) wie DE oder DE-BE",
        pl="kraj lub jego część (ISO 3166), np. DE lub DE-BE",
        ro="o țară sau o parte a ei (ISO 3166), de exemplu DE sau DE-BE",
    )
    NUMBER = Words(
        en=ProblemKind.NUMBER.value,
        de="eine ganze Zahl von {low} bis {high} ({unit})",
        pl="liczba całkowita od {low} do {high} ({unit})",
        ro="un număr întreg de la {low} la {high} ({unit})",
    )


class UnitWords(Wording):
    """What numbers of parameters count."""

    SECONDS = Words(en="seconds", de="Sekunden", pl="sekundy", ro="secunde")
    DAYS = Words(en="days", de="Tage", pl="dni", ro="zile")
    TIME_OF_DAY = Words(
        en="time of day",
        de="Minuten seit Mitternacht",
        pl="minuty od północy",
        ro="minute de la miezul nopții",
    )
    POINTS = Words(en="points", de="Punkte", pl="punkty", ro="puncte")
    CENTS = Words(en="cents", de="Cent", pl="centy", ro="cenți")
    PERCENT = Words(en="percent", de="Prozent", pl="procent", ro="procente")
    ATTEMPTS = Words(en="attempts", de="Versuche", pl="próby", ro="încercări")
    BOUNCES = Words(en="bounces", de="unzustellbare Nachrichten", pl="odbicia", ro="respingeri")
    CALLS = Words(en="calls", de="Anrufe", pl="połączenia", ro="apeluri")
    DEPUTIES = Words(en="deputies", de="Vertretungen", pl="zastępcy", ro="înlocuitori")
    PARTS = Words(en="parts", de="Teile", pl="części", ro="părți")
    SEARCHES = Words(en="searches", de="Suchen", pl="wyszukiwania", ro="căutări")


class RulesetWords(Wording):
    """Why a ruleset does not hold, by the name of the kind. OTHER: what its author wrote is at fault."""

    GAP = Words(
        en=RulesetFaultKind.GAP.value,
        de="{ruleset}: Keine Regel greift bei: {facts}.",
        pl="{ruleset}: żadna reguła nie ma zastosowania, gdy: {facts}.",
        ro="{ruleset}: nicio regulă nu se aplică pentru: {facts}.",
    )
    CONFLICT = Words(
        en=RulesetFaultKind.CONFLICT.value,
        de="{ruleset}: Die Regeln {first} ({first_verdict}) und {rule} ({rule_verdict}) greifen beide bei: {facts}.",
        pl="{ruleset}: reguły {first} ({first_verdict}) i {rule} ({rule_verdict}) mają obie zastosowanie, gdy: {facts}.",
        ro="{ruleset}: regulile {first} ({first_verdict}) și {rule} ({rule_verdict}) se aplică amândouă pentru: {facts}.",
    )
    CONTRADICTION = Words(
        en=RulesetFaultKind.CONTRADICTION.value,
        de="{ruleset}: Die Regel {rule} kann nie greifen, denn ihre Bedingung widerspricht sich: {condition}.",
        pl="{ruleset}: reguła {rule} nigdy nie może mieć zastosowania, bo jej warunek jest sprzeczny: {condition}.",
        ro="{ruleset}: regula {rule} nu se poate aplica niciodată, deoarece condiția ei se contrazice: {condition}.",
    )
    SHADOWED = Words(
        en=RulesetFaultKind.SHADOWED.value,
        de="{ruleset}: Die Regel {rule} entscheidet nie, denn die Regel {first} kommt ihr zuvor bei: {facts}.",
        pl="{ruleset}: reguła {rule} nigdy nie rozstrzyga, bo wyprzedza ją reguła {first}, gdy: {facts}.",
        ro="{ruleset}: regula {rule} nu decide niciodată, deoarece regula {first} are prioritate pentru: {facts}.",
    )
    MISMATCH = Words(
        en=RulesetFaultKind.MISMATCH.value,
        de="{ruleset}: Die beiden Auswertungen kommen zu verschiedenen Regeln ({engine} und {oracle}) bei: {facts}.",
        pl="{ruleset}: oba mechanizmy wskazują różne reguły ({engine} i {oracle}), gdy: {facts}.",
        ro="{ruleset}: cele două evaluări ajung la reguli diferite ({engine} și {oracle}) pentru: {facts}.",
    )
    OTHER = Words(
        en="The rules cannot be read: {text}",
        de="Die Regeln lassen sich nicht lesen: {text}",
        pl="Nie można odczytać reguł: {text}",
        ro="Regulile nu pot fi citite: {text}",
    )


def problem_sentence(problem: ParameterProblem) -> Sentence[ProblemWords]:
    """Return a problem of a parameter as a sentence with its values."""
    values = {name: _value(name, value) for name, value in problem.values.items()}
    return ProblemWords[problem.kind.name].sentence(**values)


def _value(name: str, value: str | int | ParameterProblem) -> Value:
    if isinstance(value, ParameterProblem):
        return problem_sentence(value)
    if name == "unit":
        return UnitWords[str(value).upper().replace(" ", "_")].sentence()
    if name == "other":
        area, _, field = str(value).partition(".")
        return ParameterName(area, field)
    return value
