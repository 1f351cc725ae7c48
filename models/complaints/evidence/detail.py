"""Codes for what checks find: read by operators, translated by clients. They contain no contact data."""

from enum import StrEnum


class Detail(StrEnum):
    """A finding, as a code."""

    # The numbering plan.
    NO_NUMBER = "no_number"  # the contact was delivered without a phone number
    UNREADABLE_NUMBER = "unreadable_number"
    UNKNOWN_COUNTRY_CODE = "unknown_country_code"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    LENGTH_NOT_IN_USE = "length_not_in_use"
    AREA_CODE_MISSING = "area_code_missing"
    POSSIBLE_NOT_VALID = "possible_not_valid"
    VALID_NOT_ASSIGNED = "valid_not_assigned"  # in the plan; it is unknown whether it is assigned
    OTHER_COUNTRY = "other_country"  # a number in a country other than the lead's
    TYPE_TOLL_FREE = "type_toll_free"
    TYPE_PREMIUM_RATE = "type_premium_rate"
    TYPE_SHARED_COST = "type_shared_cost"
    TYPE_PAGER = "type_pager"
    TYPE_COMPANY_NUMBER = "type_company_number"
    TYPE_VOICEMAIL = "type_voicemail"

    # The mail domain.
    DOMAIN_DOES_NOT_EXIST = "domain_does_not_exist"
    NULL_MX = "null_mx"  # the domain declares that it accepts no mail (RFC 7505)
    NO_MAIL_EXCHANGER = "no_mail_exchanger"  # neither MX nor an address (RFC 5321, 5.1)
    MAIL_EXCHANGER = "mail_exchanger"  # accepts mail; it is unknown whether the mailbox exists
    ADDRESS_ONLY = "address_only"  # no MX, so its address accepts the mail
    RESERVED_DOMAIN = "reserved_domain"  # reserved for examples and tests: DNS says nothing about it

    # The business register.
    UNREADABLE_IDENTIFIER = "unreadable_identifier"
    IDENTIFIER_MALFORMED = "identifier_malformed"  # wrong length, check digit or court
    REGISTER_ACTIVE = "register_active"
    REGISTER_CLOSED = "register_closed"
    REGISTER_UNKNOWN = "register_unknown"

    # Calls and consent.
    ANSWERED_BEFORE_DELIVERY = "answered_before_delivery"  # or at a time that was not recorded
    ANSWERED_AFTER_DELIVERY = "answered_after_delivery"
    NO_CONSENT_PROOF = "no_consent_proof"
    CONSENT_PROOF = "consent_proof"
