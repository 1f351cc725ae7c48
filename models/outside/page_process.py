"""Reader of an HTML page from standard input, in a separate process: what it says about its organisation.

Imports nothing of Leadgate, and always runs with limits. Options: the page's address, and its character set
or an empty text. Writes one JSON object, with texts as the page has them:

    {"language": "de", "languages": [...], "title": "...", "og": {"og:site_name": "..."},
     "icons": [URL, ...], "notices": [URL, ...], "text": "...",
     "organisations": [{"from": "JSON_LD", "name": ["..."], "address": ["..."], ...}, ...]}

A broken or hostile part, such as one script of JSON-LD, is left out and changes nothing about the others.
"""

import json
import resource
import sys
from collections import deque
from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import etree

MEMORY = 384 * 1024 * 1024
CPU_SECONDS = 2
MOST_SCRIPTS, MOST_SCRIPT_CHARS = 50, 500_000  # of JSON-LD, in all
MOST_NODES = 5_000  # of JSON-LD, in all
MOST_ITEMS, MOST_ELEMENTS = 20, 20_000  # of microdata and hCard, in all
MOST_DEPTH = 3  # of items in items
MOST_VALUES = 20
MOST_CHARS = 600
MOST_TEXT = 40_000
MOST_NOTICES, MOST_ICONS = 5, 10

Item = dict[str, list[object]]

NOTICES = (
    "impressum", "imprint", "legal notice", "mentions légales", "mentions legales", "kontakt",
    "dane firmy", "date de contact",
)  # fmt: skip
# Organization and the subtypes of schema.org that companies use.
_NAMES = """
    Organization Corporation LocalBusiness OnlineBusiness OnlineStore NGO GovernmentOrganization
    EducationalOrganization CollegeOrUniversity School MedicalOrganization MedicalBusiness MedicalClinic
    Dentist Physician Hospital Pharmacy Optician VeterinaryCare NewsMediaOrganization PerformingGroup
    TheaterGroup MusicGroup SportsOrganization SportsClub LibrarySystem Library Consortium Cooperative
    FundingScheme AnimalShelter AutomotiveBusiness AutoRepair AutoDealer AutoRental AutoBodyShop
    GasStation ChildCare DryCleaningOrLaundry EmergencyService EmploymentAgency EntertainmentBusiness
    ArtGallery NightClub AmusementPark ComedyClub FinancialService AccountingService BankOrCreditUnion
    InsuranceAgency FoodEstablishment Bakery BarOrPub Brewery CafeOrCoffeeShop FastFoodRestaurant
    IceCreamShop Restaurant Winery Distillery GovernmentOffice HealthAndBeautyBusiness BeautySalon DaySpa
    HairSalon HealthClub NailSalon TattooParlor HomeAndConstructionBusiness Electrician GeneralContractor
    HVACBusiness HousePainter Locksmith MovingCompany Plumber RoofingContractor InternetCafe LegalService
    Attorney Notary LodgingBusiness BedAndBreakfast Campground Hostel Hotel Motel Resort
    ProfessionalService RadioStation RealEstateAgent RecyclingCenter SelfStorage ShoppingCenter
    SportsActivityLocation ExerciseGym GolfCourse StadiumOrArena Store BikeStore BookStore ClothingStore
    ComputerStore ConvenienceStore DepartmentStore ElectronicsStore Florist FurnitureStore GardenStore
    GroceryStore HardwareStore HobbyShop HomeGoodsStore JewelryStore LiquorStore MensClothingStore
    MobilePhoneStore MusicStore OfficeEquipmentStore OutletStore PetStore ShoeStore SportingGoodsStore
    TireShop ToyStore WholesaleStore TelevisionStation TouristInformationCenter TravelAgency MovieTheater
    PerformingArtsTheater EventVenue Museum ArchiveOrganization ResearchOrganization WorkersUnion Airline
"""
ORGANISATIONS = frozenset(_NAMES.split())
# Where an organisation stands within other things.
_WITHIN = ("@graph", "mainEntity", "publisher", "about", "provider", "isPartOf")
_KEPT = (
    "name", "legalName", "description", "url", "@id", "logo", "telephone", "email", "vatID", "taxID",
    "sameAs", "address", "openingHours", "openingHoursSpecification", "foundingDate", "numberOfEmployees",
    "knowsLanguage", "iso6523Code", "identifier",
)  # fmt: skip
_ADDRESS = ("streetAddress", "postalCode", "addressLocality", "addressRegion", "addressCountry")
_CARD = {
    "fn": "name", "p-name": "name", "org": "legalName", "p-org": "legalName", "tel": "telephone",
    "p-tel": "telephone", "adr": "address", "p-adr": "address", "email": "email", "u-email": "email",
    "url": "url", "u-url": "url", "logo": "logo", "u-logo": "logo",
}  # fmt: skip
_ATTRIBUTES = {
    "meta": "content", "a": "href", "area": "href", "link": "href", "img": "src", "source": "src",
    "object": "data", "time": "datetime", "data": "value", "meter": "value",
}  # fmt: skip


def limit_process() -> None:
    """Limit this process, so that the worst page ends it and nothing else."""
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        least = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (least, least))


def known_types(value: object) -> list[object]:
    """Return the names of an item's types that are organisations, without the address of schema.org."""
    given = value[:MOST_VALUES] if isinstance(value, list) else [value]
    names = [one.rstrip("/").rpartition("/")[2] for one in given if isinstance(one, str)]
    return [name for one in names if (name := one.removeprefix("schema:")) in ORGANISATIONS]


def listed(value: object) -> list[object]:
    """Return the values of a property, which may have one or several."""
    return value[:MOST_VALUES] if isinstance(value, list) else [value]


class LinkedData:
    """The organisations in a page's scripts of JSON-LD."""

    def __init__(self) -> None:
        """Start with all limits unused."""
        self._scripts, self._chars, self._nodes = MOST_SCRIPTS, MOST_SCRIPT_CHARS, MOST_NODES

    def organisations(self, root: etree._Element) -> Iterator[Item]:
        """Yield the organisations, the outermost of each script first."""
        for script in root.iter("script"):
            if (script.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
                continue
            text = script.text or ""
            self._scripts -= 1
            self._chars -= len(text)
            if self._scripts < 0 or self._chars < 0:
                return
            try:
                data = json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue
            yield from self._walk(data)

    def _walk(self, data: object) -> Iterator[Item]:
        waiting = deque([data])
        while waiting and self._nodes > 0:
            self._nodes -= 1
            node = waiting.popleft()
            if isinstance(node, list):
                waiting.extend(node[:MOST_NODES])
            elif isinstance(node, dict):
                if types := known_types(node.get("@type")):
                    kept = {name: listed(node[name]) for name in _KEPT if node.get(name)}
                    yield kept | {"types": types}
                waiting.extend(node[name] for name in _WITHIN if name in node)


class Microdata:
    """The organisations in a page's microdata and hCards."""

    def __init__(self) -> None:
        """Start with all limits unused."""
        self._items, self._elements = MOST_ITEMS, MOST_ELEMENTS

    def organisations(self, root: etree._Element) -> Iterator[Item]:
        """Yield the organisations that are described by attributes of microdata."""
        for element in root.iterfind(".//*[@itemscope]"):
            if self._items <= 0:
                return
            if types := known_types((element.get("itemtype") or "").split()):
                self._items -= 1
                found = self._properties(element, 0)
                yield {name: found[name] for name in _KEPT if name in found} | {"types": types}

    def cards(self, root: etree._Element) -> Iterator[Item]:
        """Yield the organisations and people that are described by classes of hCard."""
        for element in root.iterfind(".//*[@class]"):
            if self._items <= 0:
                return
            if not {"vcard", "h-card"}.intersection(element.get("class", "").split()):
                continue
            self._items -= 1
            card: Item = {}
            for inner in self._counted(element):
                for name in (inner.get("class") or "").split():
                    if name in _CARD:
                        values = card.setdefault(_CARD[name], [])
                        if len(values) < MOST_VALUES:
                            values.append(value_of(inner))
            yield card

    def _counted(self, element: etree._Element) -> Iterator[etree._Element]:
        for inner in element.iter(etree.Element):
            self._elements -= 1
            if self._elements < 0:
                return
            yield inner

    def _properties(self, element: etree._Element, depth: int) -> Item:
        found: Item = {}
        waiting = deque(element)
        while waiting and self._elements > 0:
            self._elements -= 1
            inner = waiting.popleft()
            if not isinstance(inner.tag, str):
                continue
            nested = inner.get("itemscope") is not None
            names = (inner.get("itemprop") or "").split()[:MOST_VALUES]
            if names:
                value: object = value_of(inner)
                if nested:
                    value = self._properties(inner, depth + 1) if depth < MOST_DEPTH else ""
                for name in names:
                    values = found.setdefault(name, [])
                    if len(values) < MOST_VALUES:
                        values.append(value)
            if not nested:
                waiting.extendleft(reversed(inner))
        return found


def value_of(element: etree._Element) -> str:
    """Return the value of an element, by the rules of microdata."""
    given = element.get("content") or element.get(_ATTRIBUTES.get(str(element.tag), "content"))
    return text_of(element) if given is None else given[:MOST_CHARS]


def text_of(element: etree._Element, most: int = MOST_CHARS) -> str:
    """Return the text in an element, without that of scripts."""
    parts: list[str] = []
    left = most
    for inner in element.iter():
        tail = inner.tail if inner is not element else None
        hidden = not isinstance(inner.tag, str) or inner.tag in {"script", "style", "template", "noscript"}
        for part in (None if hidden else inner.text, tail):
            if part and left > 0:
                parts.append(part[:left])
                left -= len(parts[-1]) + 1
        if left <= 0:
            break
    return " ".join(" ".join(parts).split())[:most]


def flat(name: str, value: object) -> str:
    """Return a value as text; one that is an item by what names it."""
    if isinstance(value, dict):
        if name == "address":
            parts = [flat(part, first(value.get(part))) for part in _ADDRESS]
            return ", ".join(part for part in parts if part)
        if name == "openingHoursSpecification":
            days = [str(day).rpartition("/")[2] for day in listed(value.get("dayOfWeek")) if day]
            hours = f"{flat('', first(value.get('opens')))}-{flat('', first(value.get('closes')))}"
            return f"{', '.join(days)} {hours}"
        for key in ("url", "contentUrl", "value", "name", "alternateName", "@id", "@value"):
            if value.get(key):
                return flat("", first(value[key]))
        return ""
    if isinstance(value, bool) or value is None:
        return ""
    return str(value)[:MOST_CHARS] if isinstance(value, str | int | float) else ""


def first(value: object) -> object:
    """Return the first of the values of a property, as text or as one item, never as a list."""
    while isinstance(value, list):
        value = value[0] if value else None
    return value


def country_of(item: Item) -> str:
    """Return the country of an item's first address, as the page writes it."""
    address = first(item.get("address"))
    if not isinstance(address, dict):
        return ""
    country = first(address.get("addressCountry"))
    return flat("", first(country.get("name")) if isinstance(country, dict) else country)


def flattened(item: Item, origin: str) -> dict[str, object]:
    """Return an organisation with texts for values."""
    texts: dict[str, object] = {
        name: [text for value in item[name] if (text := flat(name, value)[:MOST_CHARS])] for name in item
    }
    return {**texts, "from": origin, "country": country_of(item)[:MOST_CHARS]}


def read_page(content: bytes, url: str, charset: str | None) -> dict[str, object]:
    """Return what a page says. Raises ValueError for a page that is none."""
    try:
        parser = etree.HTMLParser(encoding=charset, huge_tree=False, no_network=True, remove_pis=True)
    except LookupError:
        parser = etree.HTMLParser(huge_tree=False, no_network=True, remove_pis=True)
    root = etree.fromstring(content, parser)
    if root is None:
        raise ValueError("no element")
    og: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").lower()
        if name.startswith("og:") or name == "description":
            og.setdefault(name, (meta.get("content") or "")[:MOST_CHARS])
        if len(og) > MOST_VALUES:
            break
    icons: list[str] = []
    languages: dict[str, None] = {}
    for link in root.iter("link"):
        kinds, href = set((link.get("rel") or "").lower().split()), link.get("href")
        if href and kinds & {"icon", "apple-touch-icon"} and len(icons) < MOST_ICONS:
            # The larger one first: a touch icon has 180 pixels, an icon often 16.
            icons.insert(0 if "apple-touch-icon" in kinds else len(icons), absolute(url, href))
        if "alternate" in kinds and link.get("hreflang") and len(languages) < MOST_VALUES:
            languages[str(link.get("hreflang"))[:20]] = None
    data, microdata = LinkedData(), Microdata()
    organisations = [
        *(flattened(item, "JSON_LD") for item in data.organisations(root)),
        *(flattened(item, "MICRODATA") for item in microdata.organisations(root)),
        *(flattened(item, "HCARD") for item in microdata.cards(root)),
    ][:MOST_ITEMS]
    title = root.find(".//title")
    return {
        "language": (root.get("lang") or "")[:20],
        "languages": list(languages),
        "title": "" if title is None else text_of(title),
        "og": og,
        "icons": icons,
        "notices": list(dict.fromkeys(notices(root, url)))[:MOST_NOTICES],
        "text": text_of(root, MOST_TEXT),
        "organisations": organisations,
    }


def notices(root: etree._Element, url: str) -> Iterator[str]:
    """Yield the addresses of pages with the legal notice, by the text of their links; the best first."""
    links = [(text_of(link, 80).casefold(), link.get("href")) for link in root.iter("a")][:MOST_ELEMENTS]
    for notice in NOTICES:
        for text, href in links:
            if href and notice in text:
                yield absolute(url, href)


def absolute(url: str, href: str) -> str:
    """Return an address of a page in full, empty if it is none."""
    try:
        return urljoin(url, href.strip()[:2_000]).partition("#")[0]
    except ValueError:
        return ""


def main() -> None:
    """Read and write; the exit code reports a page that cannot be read."""
    limit_process()
    url, charset = sys.argv[1:3]
    try:
        page = read_page(sys.stdin.buffer.read(), url, charset or None)
    except (ValueError, etree.LxmlError, MemoryError, RecursionError):
        raise SystemExit(1) from None
    # JSON of a page can have halves of characters, which no other reader of JSON takes.
    written = json.dumps(page, ensure_ascii=False).encode("utf-8", "replace")
    sys.stdout.buffer.write(written)


if __name__ == "__main__":
    main()
