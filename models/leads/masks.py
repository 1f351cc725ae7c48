"""How a text of a chat, such as an introduction, reads for one reader: as it was written, or masked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.contact_data.masking import MaskedKind, MaskedSpan, masked_text
from rules import Decision, Policy, decide
from rules.chat.chat_view import MASK, Carries, ChatSide, ChatViewFacts, ContactState, chat_view
from rules.visibility import VISIBLE, ViewerKind

_BOTH = (Carries.CONTACT, Carries.LINK)  # the weightier first


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """A text as a reader sees it: `masked` are the places of the words that replace contact data."""

    text: str
    masked: Sequence[MaskedSpan]
    decision: Decision


@dataclass(slots=True)
class Reader:
    """A reader of one chat. `visibility` is the vendor's, read in order with answers.

    Both are decided as of the same time, so a message is never open while the contact data is not.
    """

    kind: ViewerKind
    visibility: Decision
    policy: Policy
    language: str  # of the words that replace contact data
    _decided: dict[tuple[ChatSide, Carries], Decision] = field(default_factory=dict)

    def see(self, text: str, spans: Sequence[MaskedSpan], author: ChatSide) -> Shown:
        """Return the text as the reader sees it; `spans` is the contact data in it."""
        if not spans:
            return Shown(text, (), self._decide(author, Carries.NOTHING))
        carried = [carries for carries in _BOTH if any(carries_of(span) is carries for span in spans)]
        decided = {carries: self._decide(author, carries) for carries in carried}
        hidden = [carries for carries in carried if decided[carries].verdict is MASK]
        if not hidden:
            return Shown(text, (), decided[carried[0]])
        shown, masked = masked_text(
            text, [span for span in spans if carries_of(span) in hidden], self.language
        )
        return Shown(shown, masked, decided[hidden[0]])

    def _decide(self, author: ChatSide, carries: Carries) -> Decision:
        known = self._decided.get((author, carries))
        if known is None:
            facts = view_facts(self.kind, author, self.visibility, carries)
            known = decide(chat_view, self.policy, facts, self.visibility.decided_at)
            self._decided[author, carries] = known
        return known


def carries_of(span: MaskedSpan) -> Carries:
    """Return what a text with this span carries."""
    return Carries.LINK if span.kind is MaskedKind.LINK else Carries.CONTACT


def view_facts(reader: ViewerKind, author: ChatSide, visibility: Decision, carries: Carries) -> ChatViewFacts:
    """Return the facts that decide whether a message is masked.

    `visibility` is the vendor's, read in order with answers. The rules must be asked as of its `decided_at`:
    it is before the reveal while somebody is answering.
    """
    opens = visibility.changes_at
    if visibility.verdict is VISIBLE:
        state = ContactState.OPEN
    elif opens is not None and visibility.changes_to is VISIBLE:
        state = ContactState.WAITING
    else:
        state = ContactState.CLOSED
    return ChatViewFacts(
        reader=reader,
        author=author,
        contact=state,
        opens=opens or visibility.decided_at,
        carries=carries,
    )
