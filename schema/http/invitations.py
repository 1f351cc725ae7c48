"""The page behind the link in an invitation, on which an employee sets the own password.

The token in the link is the proof. GET and HEAD never change anything, whoever fetches them, and the page
names neither the employee nor the address: a link can be forwarded.
"""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from models.accounts.client_network import one_client
from models.accounts.passwords import PasswordsBusy
from models.base.asking import Asking, asking_for
from models.base.database import connection
from models.base.refusal import Refusal, in_language
from models.base.viewer import ANONYMOUS
from models.calls.invitation_words import InvitationWords
from models.calls.invitations import Invitation, accept_invitation, read_invitation
from models.feed.wording.language import Language, language_for
from models.feed.wording.letters import page_words
from models.feed.wording.refusals import refusal_message
from models.process.fair_queue import NoTurn
from schema.graphql.languages import preferred_language
from schema.graphql.rate_limit import RateLimit, bucket_of
from schema.graphql.services import Services
from schema.http.forms import read_form
from schema.http.link_limits import LinkLimits, address_of
from schema.http.pages import HEADERS, page

INVITATION = "/invitation/{token}"
PER_TOKEN = 10  # requests a minute
BUSY_SECONDS = 10


class Invitations:
    """The page."""

    def __init__(self, services: Callable[[], Services]) -> None:
        """Take a function that returns the services, which exist only after startup."""
        self._services = services
        self._limits = LinkLimits(services, "invitation", RateLimit(PER_TOKEN, PER_TOKEN))

    async def show(self, request: Request) -> Response:
        """Ask for a password, or set it."""
        token = request.path_params["token"]
        browser = language_for(preferred_language(request.headers.get("accept-language")))
        if wait := await self._limits.seconds_to_wait(request, token):
            return _later(browser, wait)
        posted = request.method == "POST"
        with asking_for(Asking(bucket_of(ANONYMOUS, address_of(request)), reading=not posted)):
            found = await read_invitation(connection(), self._services().sending, token)
            if found is None:
                return page(page_words(browser).unknown, browser.catalog.language, status=404)
            language = language_for(found.link.locale or "en")
            if found.link.over:
                return _said(language, InvitationWords.OVER)
            if not posted:
                return _form(language)
            return await self._accept(request, found, token, language)

    async def _accept(self, request: Request, found: Invitation, token: str, language: Language) -> Response:
        form = await read_form(request)
        if form is None:
            return Response("The form is too long.", 413, headers=HEADERS)
        password = form.get("password", "")
        if password != form.get("repeated", ""):
            return _form(language, _in(language, InvitationWords.DIFFERENT))
        services = self._services()
        passwords = services.authentication.passwords
        try:
            async with passwords.turns.taken(one_client(address_of(request))):
                done = await accept_invitation(services.sending, passwords, found, token, password)
        except Refusal as refusal:
            return _form(language, refusal_message(refusal, language.catalog.language, found.link.time_zone))
        except (NoTurn, PasswordsBusy):
            return _later(language, BUSY_SECONDS)
        return _said(language, InvitationWords.DONE if done else InvitationWords.OVER)


def _in(language: Language, wording: InvitationWords) -> str:
    return in_language(wording, language.catalog.language)


def _said(language: Language, wording: InvitationWords) -> Response:
    text = _in(language, wording)
    return page(_in(language, InvitationWords.TITLE), language.catalog.language, paragraphs=(text,))


def _form(language: Language, problem: str | None = None) -> Response:
    """Return the page with the form; with a `problem`, nothing was done."""
    return page(
        _in(language, InvitationWords.TITLE),
        language.catalog.language,
        status=200 if problem is None else 409,
        problem=problem,
        paragraphs=(_in(language, InvitationWords.HINT),),
        fields={
            "password": _in(language, InvitationWords.PASSWORD),
            "repeated": _in(language, InvitationWords.REPEATED),
        },
        save=_in(language, InvitationWords.SAVE),
    )


def _later(language: Language, seconds: int) -> Response:
    refused = page(page_words(language).too_many, language.catalog.language, status=429)
    refused.headers["Retry-After"] = str(seconds)
    return refused
