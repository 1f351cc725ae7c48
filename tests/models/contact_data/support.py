"""The contact whose identity the tests of public text search for."""

from models.contact_data import ContactData, Phone
from models.contact_data.channel import Channel

ANNA = ContactData(
    full_name="Dr. J\u00fcrgen M\u00fcller-L\u00fcdenscheidt",
    organisation="Acme Garten GmbH",
    email="jm@loriot.museum",
    phone=Phone("+49301234567"),
    preferred_channel=Channel.EMAIL,
    time_zone="Europe/Berlin",
)
