"""GraphQL enums of smart contact data."""

from models.outside.sources.source import FoundKind, LookUp, OutsideOutcome, OutsideSource
from models.smart_data.confidence import Confidence
from models.smart_data.tables import AddressStatus, MailProviderKind, SearchState
from models.smart_data.targets import SkipReason
from schema.graphql.enums import describe

describe(
    OutsideSource,
    "A public source of contact data.",
    {
        "WEBSITE": "The organisation's own web site.",
        "MAIL_DNS": "DNS, about the mail of a domain.",
        "RDAP": "The registry of a domain.",
        "GRAVATAR": "Profiles at Gravatar. What it gives has to be shown with `attribution`.",
        "OPENPGP": "OpenPGP keys: the directory of an email domain, or keys.openpgp.org.",
        "VIES": "The European Commission's check of VAT numbers.",
        "REGISTER": "Public registers of companies in Poland and Romania.",
    },
)
describe(
    OutsideOutcome,
    "How asking a public source ended.",
    {
        "FOUND": "It answered with something.",
        "NOTHING": "It answered that it has nothing.",
        "UNREACHABLE": "It could not be reached.",
        "TIMED_OUT": "It did not answer in time.",
        "TOO_LARGE": "Its answer was too large to be read.",
        "NOT_ALLOWED_BY_SITE": "The website does not allow programs to read it.",
        "BAD_ANSWER": "Its answer could not be understood.",
        "BUSY": "It, or the marketplace, had too many requests.",
        "SKIPPED": "It was not asked, because there was nothing to ask it by.",
    },
)
describe(
    LookUp,
    "What a found value is about.",
    {"PERSON": "The person.", "ORGANISATION": "The organisation."},
    name="SmartDataSubject",
)
describe(
    FoundKind,
    "What was found. New sources may add values.",
    {
        "NAME": "A name.",
        "LEGAL_NAME": "The name in a register.",
        "DESCRIPTION": "A description, at most 300 characters.",
        "LOGO": "A logo; see `image`.",
        "PICTURE": "A picture of the person; see `image`.",
        "WEBSITE": "A website.",
        "ADDRESS": "A postal address.",
        "COUNTRY": "A country, ISO 3166-1 alpha-2.",
        "PHONE": "A phone number.",
        "EMAIL": "An email address.",
        "OPENING_HOURS": "Opening hours.",
        "LANGUAGES": "Languages.",
        "INDUSTRY": "The industry.",
        "EMPLOYEES": "The number of employees.",
        "FOUNDED_ON": "When it was founded.",
        "VAT_ID": "A VAT number.",
        "REGISTER_NUMBER": "A number in a register.",
        "STATUS_IN_REGISTER": "The status in a register.",
        "PROFILE": "A profile on another website; see `url`.",
        "JOB_TITLE": "The person's job.",
        "LOCATION": "Where the person is.",
        "PRONOUNS": "The person's pronouns.",
        "OPENPGP_KEY": "The fingerprint of an OpenPGP key.",
        "MAIL_PROVIDER": "Who runs the mail of the domain.",
        "MAIL_PROTECTION": "How the domain protects its mail against forgery.",
        "DOMAIN_REGISTERED_ON": "When the domain was registered.",
        "DOMAIN_EXPIRES_ON": "When the registration of the domain expires.",
        "REGISTRAR": "Where the domain is registered.",
    },
)
describe(
    Confidence,
    "How sure a found value is.",
    {
        "HIGH": "Two sources agree, or a register says so.",
        "MEDIUM": "The organisation says so itself.",
        "LOW": "Another source says so, or the source contradicts itself.",
    },
)
describe(
    SearchState,
    "The state of a search.",
    {
        "RUNNING": "Sources are being asked.",
        "DONE": "All sources were asked.",
        "FAILED": "Nothing was stored, and the search cost nothing: it took longer than a minute, or what "
        "was looked up has changed or may no longer be seen.",
    },
)
describe(
    AddressStatus,
    "What is known about the domain of an email address.",
    {
        "TAKES_MAIL": "It accepts mail.",
        "ADDRESS_ONLY": "It has no mail server, but a server that may accept mail.",
        "TAKES_NO_MAIL": "It accepts no mail.",
        "NO_SUCH_DOMAIN": "It does not exist.",
        "DISPOSABLE": "It belongs to a provider of disposable addresses.",
        "MAIL_PROVIDER": "It belongs to a mail provider.",
        "RESERVED": "It is reserved for examples or private networks.",
        "UNKNOWN": "It was not checked, or name servers did not answer.",
    },
)
describe(
    SkipReason,
    "Why a person does not give the domain of an organisation.",
    {
        "MAIL_PROVIDER": "The address is at a mail provider.",
        "DISPOSABLE": "The address is disposable.",
        "NO_ADDRESS": "There is no email address.",
        "CONTACT_CLOSED": "The contact is not visible, or the person must not be contacted.",
        "ERASED": "The person's data was erased.",
        "RESERVED": "The domain is reserved for examples or private networks.",
        "UNDELIVERABLE": "The domain accepts no mail.",
    },
)
describe(
    MailProviderKind,
    "What operators say of a domain.",
    {
        "MAIL_PROVIDER": "A mail provider: its domain says nothing about an organisation.",
        "DISPOSABLE": "A provider of disposable addresses.",
        "NEITHER": "Neither, whatever the public lists say.",
    },
)
