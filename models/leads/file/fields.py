"""The fields of a lead that a column of a file can be mapped to."""

from enum import StrEnum


class LeadField(StrEnum):
    """The fields that a column can be mapped to; the vocabulary of the column mapping."""

    EXTERNAL_ID = "external_id"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    ORGANISATION = "organisation"
    PHONE = "phone"
    OTHER_PHONE = "other_phone"
    EMAIL = "email"
    OTHER_EMAIL = "other_email"
    LINKEDIN_URL = "linkedin_url"
    REGISTRATION_NUMBER = "registration_number"
    PREFERRED_CHANNEL = "preferred_channel"
    TIME_ZONE = "time_zone"
    SOURCE = "source"
    TITLE = "title"
    BRIEF = "brief"
    CATEGORY = "category"
    CITY = "city"
    COUNTRY = "country"
    REGION = "region"
    BUDGET_MIN = "budget_min"
    BUDGET_MAX = "budget_max"
    CURRENCY = "currency"
    FEE = "fee"
