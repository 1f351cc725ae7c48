"""The profile that a person has published at Gravatar, by the SHA-256 of the address.

Automattic learns the hash, from which the address can be guessed. Without a key 100 questions an hour are
answered, with GRAVATAR_API_KEY 1,000.
"""

import hashlib
from collections.abc import Mapping, Sequence

import httpx

from models.outside.answers import items, json_object, text
from models.outside.door import Door
from models.outside.fetching import IMAGE, JSON
from models.outside.plain import plain_url
from models.outside.sources.source import Found, FoundKind, LookUp, OutsideOutcome, Question
from models.outside.unanswered import Unanswered

PROFILES = "https://api.gravatar.com/v3/profiles/"
_PICTURES = "gravatar.com"  # pictures are at this domain
_PROFILE = {
    "display_name": (FoundKind.NAME, LookUp.PERSON),
    "job_title": (FoundKind.JOB_TITLE, LookUp.PERSON),
    "company": (FoundKind.NAME, LookUp.ORGANISATION),
    "location": (FoundKind.LOCATION, LookUp.PERSON),
    "pronouns": (FoundKind.PRONOUNS, LookUp.PERSON),
}


async def ask(question: Question, _: Sequence[Found], door: Door) -> list[Found]:
    """Return the profile and its picture; NOTHING if the person has none."""
    if question.email is None:
        raise Unanswered(OutsideOutcome.SKIPPED, "no address")
    digest = hashlib.sha256(question.email.strip().lower().encode()).hexdigest()
    headers = {"Authorization": f"Bearer {door.gravatar_key}"} if door.gravatar_key else None
    url = door.service(PROFILES)
    document = await door.fetcher.fetch(url.copy_with(path=f"{url.path}{digest}"), JSON, headers=headers)
    profile = json_object(document.body)
    found = read(profile)
    if (picture := await _picture(profile, found, door)) is not None:
        found.append(picture)
    return found


def read(profile: Mapping[str, object]) -> list[Found]:
    """Return the texts and links of a profile."""
    source_url = plain_url(text(profile, "profile_url") or "")
    found = [
        Found(kind, about, value, source_url)
        for name, (kind, about) in _PROFILE.items()
        if (value := text(profile, name))
    ]
    for account in items(profile, "verified_accounts"):
        url, label = plain_url(text(account, "url") or ""), text(account, "service_label")
        if url and label and account.get("is_hidden") is not True:
            found.append(Found(FoundKind.PROFILE, LookUp.PERSON, label, source_url, url))
    return found


async def _picture(profile: Mapping[str, object], found: Sequence[Found], door: Door) -> Found | None:
    """Return the picture as it is shown beside a profile; none if it cannot be had."""
    url = plain_url(text(profile, "avatar_url") or "")
    host = httpx.URL(url).host.removesuffix(".example" if door.services_in_world else "") if url else ""
    if url is None or not f".{host}".endswith(f".{_PICTURES}"):
        return None
    try:
        document = await door.fetcher.fetch(httpx.URL(url).copy_merge_params({"s": "256", "d": "404"}), IMAGE)
    except Unanswered:
        return None
    image = await door.reader.image(document.body)
    source_url = found[0].source_url if found else None
    return Found(FoundKind.PICTURE, LookUp.PERSON, url[:300], source_url, url, image=image) if image else None
