"""Pages behind the links in letters: answering an application, and stopping optional messages.

They need no user: the token in the link is the proof. GET and HEAD never change anything, whoever fetches
them. Requests are limited by address and by token before the database is asked.
"""

from collections.abc import Callable
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from models.applications.answer import accept, decline, review
from models.applications.answer_view import AnswerView, answer_view
from models.base.asking import Asking, asking_for
from models.base.database import connection, fetch_one
from models.base.refusal import Refusal
from models.base.role import Role
from models.base.viewer import ANONYMOUS, Viewer
from models.contacting.stop_by_link import stop_by_link
from models.feed.kinds import NotificationGroup
from models.feed.wording.decisions import decision_message
from models.feed.wording.language import Language, language_for
from models.feed.wording.letters import letter_words, page_words
from models.feed.wording.notices import notice
from models.feed.wording.refusals import refusal_message
from models.leads.facts import ApplicationStatus
from models.messages.links import LinkView, StopLink, find_link, read_stop, read_unsubscribe, use_link
from models.messages.preferences import set_preference
from models.messages.tables import LinkPurpose
from rules.messages.dispatch import DispatchChannel
from schema.graphql.languages import preferred_language
from schema.graphql.rate_limit import RateLimit, bucket_of
from schema.graphql.services import Services
from schema.http.forms import read_form
from schema.http.link_limits import LinkLimits, address_of
from schema.http.pages import HEADERS, page

ANSWER, UNSUBSCRIBE = "/answer/{token}", "/unsubscribe/{token}"
PER_TOKEN = 10  # requests a minute
_DEEDS = frozenset({"accept", "decline", "review"})


class Links:
    """The two pages."""

    def __init__(self, services: Callable[[], Services]) -> None:
        """Take a function that returns the services, which exist only after startup."""
        self._services = services
        self._limits = LinkLimits(services, "link", RateLimit(PER_TOKEN, PER_TOKEN))

    async def answer(self, request: Request) -> Response:
        """Show an application to its prospect, or carry out what the prospect chose."""
        if (refused := await self._limited(request)) is not None:
            return refused
        token = request.path_params["token"]
        posted = request.method == "POST"
        with asking_for(Asking(bucket_of(ANONYMOUS, address_of(request)), reading=not posted)):
            link = await find_link(connection(), LinkPurpose.ANSWER, token)
            if link is None or link.prospect_id is None:
                return _unknown(request)
            locale = link.locale or preferred_language(request.headers.get("accept-language"))
            viewer = Viewer(
                user_id=link.user_id,
                prospect_id=link.prospect_id,
                roles=frozenset({Role.PROSPECT}),
                locale=locale,
                time_zone=link.time_zone,
            )
            found = await answer_view(connection(), viewer, link)
            if found is None:
                return _unknown(request)
            if posted and not link.over and found.application.status is ApplicationStatus.PENDING:
                return await self._carry_out(request, link, viewer, found)
            return _shown(found, link, viewer)

    async def unsubscribe(self, request: Request) -> Response:
        """Show what would stop, or stop it (RFC 8058); doing it again has the same answer."""
        if (refused := await self._limited(request)) is not None:
            return refused
        sending, token = self._services().sending, request.path_params["token"]
        found = read_unsubscribe(sending, token)
        if found is None:
            link = read_stop(sending, token)
            return _unknown(request) if link is None else await self._stop_letters(request, link)
        user_id, group = found
        posted = request.method == "POST"
        with asking_for(Asking(bucket_of(ANONYMOUS, address_of(request)), reading=not posted)):
            user = await fetch_one(
                connection(), "SELECT locale FROM users WHERE id = $1 AND disabled_at IS NULL", user_id
            )
            if user is None:
                return _unknown(request)
            language = language_for(user["locale"])
            if posted:
                return await _stop(user_id=user_id, group=group, language=language)
        words = page_words(language)
        text = words.would_stop.format(group=letter_words(language).groups[group])
        return page(
            words.stop,
            language.catalog.language,
            paragraphs=(text, words.required_stay),
            stop=True,
            words=words,
        )

    async def _stop_letters(self, request: Request, link: StopLink) -> Response:
        """Show that optional letters to a person would stop, or stop them."""
        posted = request.method == "POST"
        with asking_for(Asking(bucket_of(ANONYMOUS, address_of(request)), reading=not posted)):
            person = await fetch_one(
                connection(),
                """SELECT (SELECT locale FROM users WHERE users.prospect_id = prospect.id
                           AND disabled_at IS NULL ORDER BY id LIMIT 1) AS locale
                   FROM prospect WHERE id = $1 AND erased_at IS NULL""",
                link.prospect_id,
            )
            if person is None or (posted and not await stop_by_link(self._services().wake, link)):
                return _unknown(request)
        language = language_for(person["locale"]) if person["locale"] else _browser_language(request)
        words = page_words(language)
        if posted:
            return page(words.letters_stopped, language.catalog.language, paragraphs=(words.required_stay,))
        return page(
            words.stop,
            language.catalog.language,
            paragraphs=(words.letters_would_stop, words.required_stay),
            stop=True,
            words=words,
        )

    async def _carry_out(
        self, request: Request, link: LinkView, viewer: Viewer, found: AnswerView
    ) -> Response:
        """Do what the prospect chose, by the same action as the API, and say what is true now."""
        form = await read_form(request)
        if form is None:
            return Response("The form is too long.", 413, headers=HEADERS)
        deed = form.get("deed", "")
        if deed not in _DEEDS:
            return _shown(found, link, viewer)
        wake, words = self._services().wake, page_words(language_for(viewer.locale))
        try:
            if deed == "accept":
                await accept(viewer, wake, link.subject)
            elif deed == "decline":
                await decline(viewer, wake, link.subject, message=form.get("word") or None)
            else:
                await review(viewer, wake, link.subject)
                return _said(found, viewer, words.reviewed)
        except Refusal as refusal:
            now = await answer_view(connection(), viewer, link)
            if now is None:
                return _unknown(request)
            return _shown(now, link, viewer, refusal_message(refusal, viewer.locale, viewer.time_zone))
        await use_link(connection(), link, deed)
        return _said(found, viewer, words.accepted if deed == "accept" else words.declined)

    async def _limited(self, request: Request) -> Response | None:
        """Return the refusal of a request too many."""
        wait = await self._limits.seconds_to_wait(request, request.path_params["token"])
        if not wait:
            return None
        language = _browser_language(request)
        refused = page(page_words(language).too_many, language.catalog.language, status=429)
        refused.headers["Retry-After"] = str(wait)
        return refused


async def _stop(*, user_id: UUID, group: NotificationGroup, language: Language) -> Response:
    words = page_words(language)
    try:
        await set_preference(user_id, group, DispatchChannel.EMAIL, on=False)
    except Refusal:  # these messages have become part of the contract since
        return page(words.required_stay, language.catalog.language, status=409)
    text = words.stopped.format(group=letter_words(language).groups[group])
    return page(text, language.catalog.language, paragraphs=(words.required_stay,))


def _shown(found: AnswerView, link: LinkView, viewer: Viewer, problem: str | None = None) -> Response:
    """Return the page with the buttons, or the state of what can no longer be answered by the link.

    With a `problem`, nothing was done: the page says so before it asks again.
    """
    language = language_for(viewer.locale)
    words = page_words(language)
    application = found.application
    if link.over or application.status is not ApplicationStatus.PENDING or found.notification is None:
        status = 200 if problem is None else 409
        return _said(found, viewer, words.over, _state(found, viewer), status=status)
    text = notice(found.notification, viewer.locale, viewer.time_zone)
    return page(
        text.title,
        language.catalog.language,
        status=200 if problem is None else 409,
        problem=problem,
        paragraphs=(text.body,),
        introduction=application.introduction,
        answer=True,
        words=words,
        labels=letter_words(language),
    )


def _said(found: AnswerView, viewer: Viewer, *paragraphs: str, status: int = 200) -> Response:
    language = language_for(viewer.locale)
    told = found.notification
    title = notice(told, viewer.locale, viewer.time_zone).title if told else "Leadgate"
    return page(title, language.catalog.language, status=status, paragraphs=paragraphs)


def _state(found: AnswerView, viewer: Viewer) -> str:
    words, application = page_words(language_for(viewer.locale)), found.application
    said = {
        ApplicationStatus.ACCEPTED: words.accepted,
        ApplicationStatus.DECLINED: words.declined,
        ApplicationStatus.REVEALED: words.late,
    }
    return said.get(application.status) or decision_message(
        application.visibility, viewer.locale, viewer.time_zone
    )


def _unknown(request: Request) -> Response:
    language = _browser_language(request)
    return page(page_words(language).unknown, language.catalog.language, status=404)


def _browser_language(request: Request) -> Language:
    return language_for(preferred_language(request.headers.get("accept-language")))
