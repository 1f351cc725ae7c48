"""The list of all evidence checks, with and without those that use the network."""

from collections.abc import Sequence

import httpx

from models.complaints.evidence.business_register import BusinessRegister, business_register
from models.complaints.evidence.consent_proof import ConsentProofs, NothingStored, consent_proof
from models.complaints.evidence.gathering import Check
from models.complaints.evidence.http_register import HttpRegister
from models.complaints.evidence.mail_domain import mail_domain
from models.complaints.evidence.numbering_plan import numbering_plan
from models.complaints.evidence.own_calls import ApplicationCalls, CallRecords, own_calls
from models.complaints.evidence.report import Now
from models.outside.resolver import Resolver, system_resolver


def build_checks(
    now: Now,
    *,
    resolver: Resolver | None = None,
    register: BusinessRegister | None = None,
    calls: Sequence[CallRecords] = (),
    proofs: ConsentProofs | None = None,
) -> tuple[Check, ...]:
    """Return the checks in the order of their findings; DNS is queried only with a `resolver`.

    Without a `register`, only the form of identifiers is checked, not their status. `calls` are records of
    answered calls in addition to those of applications.
    """
    checks = [
        numbering_plan(now),
        own_calls(now, ApplicationCalls()),
        *(own_calls(now, records) for records in calls),
        business_register(now, register),
        consent_proof(now, proofs or NothingStored()),
    ]
    if resolver is not None:
        checks.append(mail_domain(now, resolver))
    return tuple(checks)


def checks_with_network(
    now: Now,
    client: httpx.AsyncClient,
    register_url: str | None,
    *,
    dns: bool = True,
    calls: Sequence[CallRecords] = (),
) -> tuple[Check, ...]:
    """Return all checks, with DNS through this machine's resolver and the register at a URL if configured.

    Raises `ValueError` for an invalid URL.
    """
    register = HttpRegister(client, register_url) if register_url else None
    return build_checks(now, resolver=system_resolver() if dns else None, register=register, calls=calls)
