"""Ordinary words that are also names of people or companies, in four languages. All are in lower case.

A person called Baker or Koch is recognised by first name, initial, title or greeting, not by the last name
alone: a brief may mention a baker.
"""

SMALL_WORDS = frozenset(
    """
    a an and at by cu das de del dem den der des di die din do du e et for from fur für i im in la
    le na o of on or si the to u un und van vom von w with y z za şi și
    """.split()  # noqa: SIM905
)
# Given names that are also words of prose, so that they identify nobody when they are alone.
GIVEN_NAMES_IN_PROSE = frozenset(
    """
    amber angel april archer august autumn baron bill brook carter chase chip christian cliff cooper
    crystal daisy dale dawn dean drew duke earl ernst faith frank gaja gene glen grace grant heather
    heide holly hope hunter iris jade jagoda jewel june kalina lance linde lily lucky major malina
    marin mark mason miles norm olive pearl penny pola prince reiner rich rosa rose roza ruby rusty sandy
    skip star stella sterling stern summer sunny viola will wolf
    """.split()  # noqa: SIM905
)
ORDINARY_WORDS = frozenset(
    """
    able acker adler agency ahead alb albert albu alexander alexandru alfred allen alt alter anders
    andrei angel anna anton apple april archer arnold art ash aufbau august auto autor bach back
    baker balan ball band bank bar baran barbu bartender bass bauer baum bay beach bean bear beck
    becker bell bender benjamin berg berger berlin best beyer bialy biały bird bishop black blank
    blau blum boden bogdan bond book born bowman brand brandt bratu braun bread brook brooks brown
    brunn brück buch bucur bunea burger burgess burn burns bush business butcher butler büro bălan
    cable camera camp care carpenter carter case cash castle center centre chamber chambers chance
    charles chase church cieśla ciobanu city clay clean clear close cloud coach coffee cole color
    colour constantin cook cooper corn cotton court craft crane croitoru cross crown czarny dachs
    dan data david day dean deep delivery denis design diamond digital dobry dorf dorn dragomir
    drake draper driver duke eagle early east easy eck edge edward eisen electric energy engel
    engineer ernst esser event events express fair falk farm farmer fast feld felix fenster fiedler
    field fields film finance finch fink fire fischer fish fisher fleischer flood florea flower
    flowers food ford forest forester foster fox francis frank franz free freeman freitag french
    freund friday friend fritz frost fuchs fuhrmann full future gabriel gaertner gajda galle game
    garage garden gardener gardner garten gates gay geiger general george gerber german glass gold
    golden good gora gordon gołąb graf grand grant graphic gray green grey groch gross group groß
    grund grün guide gut gärtner góra haas hahn hair hall hammer hand handel hart hase haupt haus
    hause hawk hay head health heart heath held henry herb herbert herbst hermann herr herrmann herz
    high hill hills hirsch hirt hoch hof holiday holland holz home honig hood hope horn hotel house
    hund hunt hunter hut ice insurance ion jakob james january jasny jean jelen jeleń jewel johann
    john jordan joseph jung junge junker jäger kaczor kaiser kamień kamp karl kaufmann keller kern
    kind king klein klinik knecht knight koch kohl kohler konig kopf kopp korn kot koziol kozioł
    kraft kraus krause krawiec krebs kreis kreuz krieg krol kron krone krug kruk król kucharski kuhn
    kunst kupfer kurz köhler kölln könig kühn labor lake lamb lamm land lane lang lange large las
    laser law lawrence lazar leader lee lehrer leon leopold lewis licht lieb light lind linde linden
    line lis little logistics london long lord lorenz love low ludwig luft lukas lungu lupu lutz
    maas mai main maj major maler maly mann march mare maria marin marine mark market marketing
    martin mason master matei matthias mauer maurer max may mayor mazur mały media meer mehl meier
    meister mercer merchant metzger mic michael michel mihai miles mill miller mills mint mohr
    moldovan moldoveanu mond monday moon moore morar morgan moss mroz mróz mueller muller mund
    munich munteanu music müller münz młynarz nagel negru neu neuer neumann newman nicolae noble
    nord north nowak nowy oak olaru olive oliver olteanu one orange orzeł ost ott otto page pages
    paint palmer paper paris park parker parks partner pass patrick paul peace peck pepper perry
    pescaru peter peters petre pfeffer pfeiffer pflug philipp photo pia piatek piekarz piper piątek
    platz plumber point polak pole pool pop popa pope porter post potter power preda present price
    prime prince print pro production project prosty proud ptak quick rabe rain rak ralph rat ray
    reader real red reed reeves reich reiner reiter rene rhodes rice rich richard richter ritter
    river rivers road robert roberts robin rock roman rome root rosa rose rosen ross rosu rot rotaru
    roth royal roșu ruf rush russ rybak sailer sales salomon salz sand sander sands sauer sava schaf
    schafer schenk scherer schiller schilling schlosser schmied schneider scholz schon schreiber
    schreiner schuh schumacher schuster schwab schwan schwarz schäfer schön schütz schütze scott sea
    seeland seiler self senior serban service services sharp shepherd ship shop short sikora silver
    simon singer sky slater small smart smith snow sobota software sokol sokół solar solutions
    sommer sonne sonntag south sowa spear spice spring stadt stahl stan stanciu star stark stary
    stein steiner stern stock stolarz stoll stolz stone storm story strand strauss street strom
    strong studio sturm style summer sun support sutter swan swift system systems szewc tag tailor
    tal tanner taylor team tech teich temple theater theatre thomas three tischler tower town trade
    traveler tree turcu turner two unger ungureanu unternehmen urban ursu valley vater video vlad
    vogel voigt volk voll văcaru wade wagen wald walker wall walter ward warm water way weaver web
    weber weg wehr wein weinberg weise weiss weiß wells welt werner west weston wheeler white wide
    wiese wild wilhelm wilk william willow wind winkel winkler winter winters wirt wise wolf wood
    woods work workman world wright wrobel wróbel wójt yard year yellow york young zahn zajac zając
    ziegler zima zimmer zimmermann zink zoll łoś ślusarz żak
    """.split()  # noqa: SIM905
)
