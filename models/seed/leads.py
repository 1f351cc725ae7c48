"""The demo's leads; their contact data is fake and reaches nobody.

Numbers are reserved for fiction (+1 212 555 01xx, +49 30 23125 xxx, +44 20 7946 0xxx); domains end in
`.example` (RFC 2606).
"""

from dataclasses import replace
from uuid import UUID

from models.base.database import connection, fetch_one
from models.base.viewer import Viewer
from models.contact_data.channel import Channel
from models.leads.publish import ContactInput, LeadInput, publish
from models.leads.tables import LeadSource
from models.seed.advice import ADVICE_LEADS
from models.seed.held_leads import HELD_LEADS
from models.seed.markets import Markets

DEMO_LEADS = (
    LeadInput(
        title="Website relaunch for a bicycle workshop",
        brief="Our site is eight years old and does not work on phones. We want a new one with a booking "
        "calendar for repairs, in German and English, before the season starts.",
        category="Web design",
        country="DE",
        city="Berlin",
        budget_min=8_000,
        budget_max=14_000,
        source=LeadSource.OPPORTUNITY,
        contact=ContactInput(
            full_name="Ines Falkenried",
            organisation="Speichenwerk Demo GmbH",
            email="ines.falkenried@speichenwerk.example",
            phone="+49 30 23125 014",
            linkedin_url="https://www.linkedin.com/in/demo-ines-falkenried",
            preferred_channel=Channel.PHONE,
        ),
    ),
    LeadInput(
        title="Phone answering for a dental practice",
        brief="Two dentists, about sixty calls a day, many of them while we are treating patients. We are "
        "looking for friendly people who book appointments and know when something is urgent.",
        category="Phone answering",
        country="DE",
        city="Hamburg",
        budget_min=400,
        budget_max=900,
        source=LeadSource.CALCULATOR,
        contact=ContactInput(
            full_name="Dr. Tobias Wenninghof",
            organisation="Praxis Wenninghof (demo)",
            email="praxis@wenninghof.example",
            phone="+49 30 23125 027",
            preferred_channel=Channel.EMAIL,
        ),
    ),
    LeadInput(
        title="Online shop for small-batch coffee",
        brief="We roast on Tuesdays and ship on Wednesdays. The shop needs subscriptions, gift cards and "
        "stock tracking in kilograms of green beans.",
        category="E-commerce",
        country="US",
        city="New York",
        budget_min=15_000,
        budget_max=30_000,
        currency="USD",
        source=LeadSource.REGISTRATION,
        contact=ContactInput(
            full_name="Marcus Oyelaran-Demo",
            organisation="Third Kettle Roasters (demo)",
            email="marcus@thirdkettle.example",
            phone="+1 212 555 0142",
            linkedin_url="https://www.linkedin.com/in/demo-marcus-oyelaran",
            meeting_url="https://meet.example/third-kettle",
            preferred_channel=Channel.VIDEO_MEETING,
            time_zone="America/New_York",
        ),
    ),
    LeadInput(
        title="Bookkeeping and payroll for a team of nine",
        brief="A design studio with freelancers in three countries. Month-end closing, payroll, and someone "
        "who answers questions within two days.",
        category="Accounting",
        country="GB",
        city="London",
        budget_min=600,
        budget_max=1_100,
        currency="GBP",
        source=LeadSource.WEBINAR,
        contact=ContactInput(
            full_name="Harriet Colne",
            organisation="Paper Lantern Studio (demo)",
            email="harriet@paperlantern.example",
            phone="+44 20 7946 0321",
            preferred_channel=Channel.EMAIL,
        ),
    ),
    LeadInput(
        title="Search engine optimisation for a hotel",
        brief="Forty rooms by a lake; three quarters of the bookings come through portals. We want more of "
        "them through our own site, and reports that we understand.",
        category="Online marketing",
        country="AT",
        city="Salzburg",
        budget_min=1_500,
        budget_max=3_000,
        source=LeadSource.FREE_MATERIAL,
        contact=ContactInput(
            full_name="Leopold Achenrain",
            organisation="Hotel Seeufer (demo)",
            email="direktion@seeufer.example",
            preferred_channel=Channel.CHAT,
        ),
    ),
    LeadInput(
        title="Mobile app for a chain of climbing gyms",
        brief="Day passes, courses and a friendly way to find a partner to climb with. We have the "
        "designs and an API; we need the app for iOS and Android.",
        category="App development",
        country="PL",
        city="Kraków",
        budget_min=40_000,
        budget_max=70_000,
        source=LeadSource.CONTEST,
        contact=ContactInput(
            full_name="Jadwiga Sosnowiecka",
            organisation="Granit Demo Sp. z o.o.",
            email="jadwiga@granit.example",
            phone="+49 30 23125 068",
            preferred_channel=Channel.PHONE,
            time_zone="Europe/Warsaw",
        ),
    ),
    LeadInput(
        title="Translation of product sheets into Romanian",
        brief="About 220 pages on water pumps, with tables. The terms must be the ones fitters use; there is "
        "a German glossary.",
        category="Translation",
        country="RO",
        city="Cluj-Napoca",
        budget_min=3_000,
        budget_max=4_500,
        source=LeadSource.ORDER,
        contact=ContactInput(
            full_name="Andrei Vulturescu",
            organisation="Pompe Demo SRL",
            email="andrei@pompe.example",
            preferred_channel=Channel.EMAIL,
            time_zone="Europe/Bucharest",
        ),
    ),
    LeadInput(
        title="Photos for a catalogue of handmade lamps",
        brief="Thirty lamps, each on its own and in a room. Two days in our workshop, daylight preferred, "
        "pictures for print and web.",
        category="Photography",
        country="DE",
        city="Leipzig",
        budget_min=2_000,
        budget_max=3_200,
        source=LeadSource.REVIEW,
        contact=ContactInput(
            full_name="Wiebke Thorvald",
            organisation="Lampenhaus Thorvald (demo)",
            email="wiebke@lampenhaus.example",
            phone="+49 30 23125 093",
            preferred_channel=Channel.PHONE,
        ),
    ),
    LeadInput(
        title="Moving a law firm to new computers",
        brief="Twelve workstations, one server in the basement that nobody dares to touch, and files that "
        "must stay in the country.",
        category="IT services",
        country="DE",
        city="Munich",
        budget_min=10_000,
        budget_max=18_000,
        source=LeadSource.NEWSLETTER,
        contact=ContactInput(
            full_name="Konstanze Ebersreuth",
            organisation="Kanzlei Ebersreuth (demo)",
            email="kanzlei@ebersreuth.example",
            phone="+49 30 23125 105",
            linkedin_url="https://www.linkedin.com/in/demo-konstanze-ebersreuth",
            preferred_channel=Channel.EMAIL,
        ),
    ),
    LeadInput(
        title="Newsletter and social media for a theatre",
        brief="Six premieres a year and a small children's stage. We want a plan, copy and pictures, and "
        "someone who comes to rehearsals.",
        category="Online marketing",
        country="US",
        city="New York",
        budget_min=1_200,
        budget_max=2_500,
        currency="USD",
        source=LeadSource.CHAT,
        contact=ContactInput(
            full_name="Delphine Armitage",
            organisation="Ninth Row Theatre (demo)",
            email="delphine@ninthrow.example",
            phone="+1 212 555 0176",
            preferred_channel=Channel.CHAT,
            time_zone="America/New_York",
        ),
    ),
)

CHAT_LEAD = LeadInput(
    title="A new look for three bakeries",
    brief="Signs, bags and price labels for three shops. The name stays, the letters may change. We want to "
    "talk about it before we decide.",
    category="Graphic design",
    country="DE",
    city="Berlin",
    budget_min=5_000,
    budget_max=9_000,
    fee=0,  # the vendors keep their points
    source=LeadSource.CHAT,
    contact=ContactInput(
        full_name="Petra Halloran",
        organisation="Halloran Bakeries (demo)",
        email="petra@halloran.example",
        phone="+49 30 23125 142",
        preferred_channel=Channel.CHAT,
    ),
)

DEFAULT_LEADS = (
    CHAT_LEAD,
    *ADVICE_LEADS,
    LeadInput(
        title="Furniture for a new office of thirty people",
        brief="Height-adjustable desks, quiet corners, and a kitchen where people want to stay. Delivery "
        "in two stages.",
        category="Office furniture",
        country="DE",
        city="Cologne",
        budget_min=45_000,
        budget_max=60_000,
        source=LeadSource.OPPORTUNITY,
        contact=ContactInput(
            full_name="Ruth Ammersbek",
            organisation="Ammersbek Logistik (demo)",
            email="ruth@ammersbek.example",
            phone="+49 30 23125 131",
            preferred_channel=Channel.PHONE,
        ),
    ),
    LeadInput(
        title="Telephone sales training",
        brief="A team of fourteen, half of them new. Two days together, then an hour a month with each "
        "person.",
        category="Training",
        country="GB",
        city="Manchester",
        budget_min=5_000,
        budget_max=8_000,
        currency="GBP",
        source=LeadSource.COUPON,
        contact=ContactInput(
            full_name="Gareth Pennwood",
            organisation="Pennwood Supplies (demo)",
            email="gareth@pennwood.example",
            phone="+44 20 7946 0718",
            preferred_channel=Channel.EMAIL,
        ),
    ),
    *HELD_LEADS,
)


async def publish_leads(operator: Viewer, prospect: Viewer, markets: Markets) -> None:
    """Publish as this prospect each lead that is not open in its market; an operator sets fees."""
    for code, market_id, leads in (
        ("demo", markets.demo, DEMO_LEADS),
        ("default", markets.default, DEFAULT_LEADS),
    ):
        for lead in leads:
            if not await _is_open(prospect, market_id, lead.title):
                publisher = prospect if lead.fee is None else operator
                owner = None if lead.fee is None else prospect.prospect_id
                await publish(publisher, replace(lead, market=code, prospect_id=owner))


async def _is_open(prospect: Viewer, market_id: UUID, title: str) -> bool:
    sql = """SELECT id FROM lead WHERE market_id = $1 AND prospect_id = $2 AND title = $3
                                   AND coalesce(closes_at > leadgate_clock(), true) LIMIT 1"""
    return await fetch_one(connection(), sql, market_id, prospect.prospect_id, title) is not None
