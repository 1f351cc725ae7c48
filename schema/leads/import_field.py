"""The enum of the fields of a file of leads."""

from models.leads.file.fields import LeadField
from schema.graphql.enums import describe

describe(
    LeadField,
    "A field of a lead that a column of a file can have. More may be added.",
    {
        "EXTERNAL_ID": "The lead's id in the system that exported the file.",
        "FIRST_NAME": "The person's first name.",
        "LAST_NAME": "The person's last name.",
        "FULL_NAME": "The person's full name.",
        "ORGANISATION": "The person's organisation.",
        "PHONE": "The phone number.",
        "OTHER_PHONE": "Further phone numbers.",
        "EMAIL": "The email address.",
        "OTHER_EMAIL": "Further email addresses.",
        "LINKEDIN_URL": "The LinkedIn profile.",
        "REGISTRATION_NUMBER": "The organisation's registration number.",
        "PREFERRED_CHANNEL": "How the person prefers to be contacted.",
        "TIME_ZONE": "The person's time zone.",
        "SOURCE": "Where the lead comes from.",
        "TITLE": "The title, which vendors see.",
        "BRIEF": "What the person needs, which vendors see.",
        "CATEGORY": "The category.",
        "CITY": "The city.",
        "COUNTRY": "The country.",
        "REGION": "The region.",
        "BUDGET_MIN": "The lowest budget.",
        "BUDGET_MAX": "The highest budget.",
        "CURRENCY": "The currency of the budget.",
        "FEE": "The fee for applying, in points.",
    },
    name="LeadImportField",
)
