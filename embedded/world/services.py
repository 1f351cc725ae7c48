"""Look-alikes of the public services, at their names with `.example` after them."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache

from pysequoia import Tsk
from starlette.requests import Request
from starlette.responses import Response

from embedded.world.answering import Host, as_json, moved, not_found, silence
from embedded.world.images import logo
from embedded.world.sites import (
    AUSTRIAN_VAT,
    GERMAN_VAT,
    KRS,
    POLISH_NIP,
    ROMANIAN_CUI,
    VAT_OF_NINTH_ROW,
)

PETRA, DELPHINE, INES = (
    "petra@halloran.example",
    "delphine@ninthrow.example",
    "ines.falkenried@speichenwerk.example",
)
_REGISTERED = {
    "speichenwerk.example": "2011-04-05T09:00:00Z",
    "granit.example": "2004-02-29T00:00:00Z",
}
_REGISTRAR = ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Demo Registrar Ltd"]]]
_REGISTRANT = ["vcard", [["fn", {}, "text", "A person who is never shown"]]]
_VAT = {
    GERMAN_VAT: ("---", "---"),
    AUSTRIAN_VAT: ("Hotel Seeufer Demo GmbH", "Uferpromenade 1\nAT-5020 Salzburg"),
    VAT_OF_NINTH_ROW: ("Ninth Row Theatre Demo GmbH", "Bühnengasse 11\nAT-1010 Wien"),
    f"PL{POLISH_NIP}": ("GRANIT DEMO SPÓŁKA Z O.O.", "UL. PRZYKŁADOWA 5, 30-001 KRAKÓW"),
}
_AWAY = "RO"  # a state whose service does not answer


@cache
def public_key(name: str, address: str) -> bytes:
    """Return a new key of the demo, without its secret part."""
    return bytes(Tsk.generate(f"{name} <{address}>").extract_certificate())


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()


_PROFILES: Mapping[str, Mapping[str, object]] = {
    _digest(PETRA): {
        "display_name": "Petra Halloran",
        "profile_url": "https://gravatar.com/petrahallorandemo",
        "location": "Berlin",
        "job_title": "Master baker",
        "company": "Halloran Bakeries",
        "pronouns": "she/her",
        "verified_accounts": [
            {"service_label": "Mastodon", "url": "https://social.example.org/@petra", "is_hidden": False},
            {"service_label": "Hidden", "url": "https://hidden.example.org/", "is_hidden": True},
        ],
    },
    _digest(DELPHINE): {
        "display_name": "Delphine Armitage",
        "profile_url": "https://gravatar.com/delphinearmitagedemo",
        "job_title": "Artistic director",
        "company": "Ninth Row Theatre",
    },
}


async def _gravatar(request: Request) -> Response:
    kind, _, digest = request.url.path.rpartition("/")
    profile = _PROFILES.get(digest)
    if profile is not None and kind == "/avatar":
        return Response(logo(230, 180, 40), media_type="image/png")
    if profile is None or kind != "/v3/profiles":
        return as_json({"error": "Profile not found"}, 404)
    avatar = f"https://0.gravatar.com.example/avatar/{digest}"
    return as_json({"hash": digest, "avatar_url": avatar, **profile})


async def _key_server(request: Request) -> Response:
    if request.url.path != f"/vks/v1/by-email/{INES}":
        return not_found()
    return Response(public_key("Ines Falkenried", INES), media_type="application/pgp-keys")


async def _keys_of_ninth_row(request: Request) -> Response:
    """Answer as a web key directory, with a key of somebody else beside that of Delphine."""
    if request.query_params.get("l") != DELPHINE.partition("@")[0]:
        return not_found()
    keys = public_key("Somebody Else", "else@ninthrow.example") + public_key("Delphine Armitage", DELPHINE)
    return Response(keys, media_type="application/octet-stream")


async def _registry(request: Request) -> Response:
    domain = request.url.path.removeprefix("/domain/")
    if domain == "ninthrow.example":
        return await silence(request)
    if domain == "pennwood.example":
        return Response("", 429, headers={"Retry-After": "5"})
    if domain == "granit.example" and request.headers["host"] == "rdap.nic.example":
        return moved(f"https://rdap2.nic.example/domain/{domain}")
    if domain not in _REGISTERED:
        return as_json({"errorCode": 404}, 404)
    return as_json(
        {
            "objectClassName": "domain",
            "ldhName": domain.upper(),
            "events": [
                {"eventAction": "registration", "eventDate": _REGISTERED[domain]},
                {"eventAction": "expiration", "eventDate": "2031-01-31T00:00:00Z"},
            ],
            "entities": [
                {"roles": ["registrant"], "vcardArray": _REGISTRANT},
                {"roles": ["registrar"], "vcardArray": _REGISTRAR},
            ],
            "notices": [{"title": "Terms", "description": ["For the operation of networks only."]}],
        }
    )


async def _vies(request: Request) -> Response:
    asked = json.loads(await request.body())
    number = f"{asked['countryCode']}{asked['vatNumber']}"
    if asked["countryCode"] == _AWAY:
        return as_json({"valid": False, "userError": "MS_UNAVAILABLE"})
    name, address = _VAT.get(number, ("---", "---"))
    valid = number in _VAT
    return as_json(
        {"valid": valid, "userError": "VALID" if valid else "INVALID", "name": name, "address": address}
    )


async def _krs(request: Request) -> Response:
    if request.url.path != f"/api/krs/OdpisAktualny/{KRS}":
        return Response(status_code=204)
    address = {"ulica": "UL. PRZYKŁADOWA", "nrDomu": "5", "kodPocztowy": "30-001", "miejscowosc": "KRAKÓW"}
    return as_json(
        {
            "odpis": {
                "naglowekA": {"numerKRS": KRS},
                "dane": {
                    "dzial1": {
                        "danePodmiotu": {"nazwa": "GRANIT DEMO SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ"},
                        "siedzibaIAdres": {"adres": address},
                    }
                },
            }
        }
    )


async def _vat_payers(request: Request) -> Response:
    if request.url.path != f"/api/search/nip/{POLISH_NIP}":
        return as_json({"result": {"subject": None}})
    subject = {
        "nip": POLISH_NIP,
        "name": "GRANIT DEMO SPÓŁKA Z O.O.",
        "statusVat": "Czynny",
        "krs": KRS,
        "workingAddress": "UL. PRZYKŁADOWA 5, 30-001 KRAKÓW",
        "representatives": [{"firstName": "A person", "lastName": "who is never shown"}],
    }
    return as_json({"result": {"subject": subject}})


async def _anaf(request: Request) -> Response:
    asked = json.loads(await request.body())
    if asked[0]["cui"] != int(ROMANIAN_CUI):
        return as_json({"found": [], "notFound": [asked[0]["cui"]]})
    general = {
        "cui": int(ROMANIAN_CUI),
        "denumire": "POMPE DEMO S.R.L.",
        "adresa": "STR. EXEMPLULUI 8, CLUJ-NAPOCA",
        "nrRegCom": "J12/2345/2006",
        "stare_inregistrare": "INREGISTRAT din data 03.04.2006",
    }
    return as_json({"found": [{"date_generale": general}]})


SERVICES: Mapping[str, Host] = {
    "api.gravatar.com.example": _gravatar,
    "0.gravatar.com.example": _gravatar,
    "keys.openpgp.org.example": _key_server,
    "openpgpkey.ninthrow.example": _keys_of_ninth_row,
    "rdap.nic.example": _registry,
    "rdap2.nic.example": _registry,
    "ec.europa.eu.example": _vies,
    "api-krs.ms.gov.pl.example": _krs,
    "wl-api.mf.gov.pl.example": _vat_payers,
    "webservicesp.anaf.ro.example": _anaf,
}
