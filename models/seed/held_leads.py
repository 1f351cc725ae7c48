"""The demo's leads whose contacts both vendors have, to see when and how each may be contacted.

Their numbers are reserved for fiction as well: +33 1 99 00 xx xx, and +1 800 555 01xx, which says nothing
about where in North America its owner is.
"""

from models.contact_data.channel import Channel
from models.leads.publish import ContactInput, LeadInput
from models.leads.tables import LeadSource

HELD_LEADS = (
    LeadInput(
        title="Catering for a conference in Berlin",
        brief="Two hundred guests on two days, one of them without meat. Coffee from eight o'clock.",
        category="Catering",
        country="DE",
        city="Berlin",
        budget_min=9_000,
        budget_max=12_000,
        source=LeadSource.OPPORTUNITY,
        contact=ContactInput(
            full_name="Bettina Oderbruch",
            organisation="Oderbruch Kongresse (demo)",
            email="bettina@oderbruch.example",
            phone="+49 30 23125 150",
            preferred_channel=Channel.PHONE,
        ),
    ),
    LeadInput(
        title="Window cleaning for a New York bookshop",
        brief="Two floors, old sash windows, every other week before we open.",
        category="Cleaning",
        country="US",
        city="New York",
        budget_min=300,
        budget_max=600,
        currency="USD",
        source=LeadSource.OPPORTUNITY,
        contact=ContactInput(
            full_name="Naomi Fairbank-Demo",
            organisation="Fairbank Books (demo)",
            email="naomi@fairbankbooks.example",
            phone="+1 212 555 0177",
            preferred_channel=Channel.PHONE,
            time_zone="America/New_York",
        ),
    ),
    LeadInput(
        title="Signs for a chain of florists in Paris",
        brief="Seven shops, one design, and a permit for each of the quarters.",
        category="Signs",
        country="FR",
        city="Paris",
        budget_min=6_000,
        budget_max=10_000,
        source=LeadSource.OPPORTUNITY,
        contact=ContactInput(
            full_name="Aurélie Champcourt",
            organisation="Fleurs Champcourt (demo)",
            email="aurelie@champcourt.example",
            phone="+33 1 99 00 01 50",
            preferred_channel=Channel.PHONE,
        ),
    ),
    LeadInput(
        title="Packaging for a mail-order tea merchant",
        brief="Tins and refill bags for forty teas; the first batch in spring.",
        category="Packaging",
        country="US",
        budget_min=4_000,
        budget_max=7_000,
        currency="USD",
        source=LeadSource.OPPORTUNITY,
        contact=ContactInput(
            full_name="Wendell Ashcombe-Demo",
            organisation="Ashcombe Teas (demo)",
            email="orders@ashcombeteas.example",
            phone="+1 800 555 0199",
            preferred_channel=Channel.PHONE,
        ),
    ),
)
