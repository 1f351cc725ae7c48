"""A model of applications from S1 alone, in plain Python; times are in seconds.

It imports nothing from the product, so that the two are independent readings of one specification.
"""

from dataclasses import dataclass, field

HOUR = 3_600
REVEAL_AFTER, REMIND_AFTER, YEAR = 48 * HOUR, 24 * HOUR, 366 * 24 * HOUR
DONE = "done"


@dataclass
class Bid:
    """One application."""

    vendor: str
    fee: int
    received: int
    meeting: int | None
    proposal: tuple[int, str] | None = None
    accepted: int | None = None
    declined: int | None = None
    revealed: int | None = None  # as carried out by an action or a worker
    reminded: bool = False
    word: tuple[str, str] | None = None  # the statement about the meeting, and its author
    fee_is: str = "HELD"
    back: bool = False

    def visible(self, now: int) -> bool:
        """S1.1 to S1.3, by the clock alone: revealed contact data stays visible."""
        until = now if self.declined is None else self.declined
        return self.accepted is not None or until >= self.received + REVEAL_AFTER

    def status(self, now: int) -> str:
        """The application's status, by the clock alone."""
        if self.declined is not None:
            return "DECLINED"
        if self.accepted is not None:
            return "ACCEPTED"
        return "REVEALED" if self.visible(now) else "PENDING"

    def refundable(self) -> bool:
        """S1.9 with its readings: a decline, unless a meeting took place or its time had come."""
        if self.declined is None:
            return False
        if self.word is not None:
            return self.word[0] == "NO_SHOW"
        return self.meeting is None or self.declined < self.meeting


@dataclass
class Model:
    """Bids by lead and vendor, points, and all notifications, as kinds with times."""

    points: int
    now: int = 0
    bids: dict[tuple[int, str], Bid] = field(default_factory=dict)
    bought: dict[str, int] = field(default_factory=dict)
    feeds: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def notify(self, who: str, kind: str, at: int | None = None) -> None:
        """Add an event to a feed."""
        self.feeds.setdefault(who, []).append((kind, self.now if at is None else at))

    def balance(self, vendor: str) -> tuple[int, int]:
        """What a vendor can spend, and what is on hold."""
        mine = [bid for bid in self.bids.values() if bid.vendor == vendor]
        held = sum(bid.fee for bid in mine if bid.fee_is == "HELD")
        taken = sum(bid.fee for bid in mine if bid.fee_is == "TAKEN")
        return self.points + self.bought.get(vendor, 0) - held - taken, held

    def buy(self, vendor: str, points: int) -> str:
        """The operator books points."""
        self.bought[vendor] = self.bought.get(vendor, 0) + points
        self.notify(vendor, "POINTS_PURCHASED")
        return DONE

    def submit(self, lead: int, vendor: str, fee: int, meeting: int | None) -> str:
        """A vendor applies."""
        if (lead, vendor) in self.bids:
            return "CONFLICT"
        if meeting is not None and not self.now < meeting <= self.now + YEAR:
            return "INVALID"
        if self.balance(vendor)[0] < fee:
            return "INSUFFICIENT_POINTS"
        self.bids[lead, vendor] = Bid(vendor, fee, self.now, meeting)
        self.notify("prospect", "APPLICATION_RECEIVED")
        self.notify(vendor, "APPLICATION_SUBMITTED")
        return DONE

    def settle(self, bid: Bid) -> None:
        """Carry out what is due on a bid, each as of its due time."""
        if bid.accepted is not None or bid.declined is not None:
            return
        if self.now >= bid.received + REMIND_AFTER and not bid.reminded:
            bid.reminded = True
            self.notify("prospect", "REVIEW_REMINDER", bid.received + REMIND_AFTER)
        if self.now >= bid.received + REVEAL_AFTER:
            self._open(bid, bid.received + REVEAL_AFTER, "CONTACT_REVEALED")

    def sweep(self) -> None:
        """A worker runs."""
        for bid in self.bids.values():
            self.settle(bid)

    def _open(self, bid: Bid, at: int, kind: str) -> None:
        if bid.revealed is None:
            bid.revealed = at
            bid.fee_is = "TAKEN" if bid.fee_is == "HELD" else bid.fee_is
            self.notify(bid.vendor, kind, at)
            self.notify("prospect", "CONTACT_DISCLOSED", at)

    def accept(self, bid: Bid) -> str:
        """The prospect accepts: revealed immediately; repeating changes nothing; a decline is final."""
        if bid.declined is not None:
            return "REFUSED_BY_RULE"
        self.settle(bid)
        if bid.accepted is None:
            bid.accepted = self.now
            if bid.revealed is None:
                self._open(bid, self.now, "APPLICATION_ACCEPTED")
            else:
                self.notify(bid.vendor, "APPLICATION_ACCEPTED")
        return DONE

    def decline(self, bid: Bid) -> str:
        """The prospect declines, or withdraws; repeating changes nothing."""
        self.settle(bid)
        if bid.declined is None:
            bid.declined = self.now
            self.notify(bid.vendor, "APPLICATION_DECLINED")
            self._pay(bid)
        return DONE

    def _pay(self, bid: Bid) -> None:
        if not bid.back and bid.refundable():
            bid.back, bid.fee_is = True, "BACK"
            self.notify(bid.vendor, "FEE_REFUNDED")
        elif bid.fee_is == "HELD":
            bid.fee_is = "TAKEN"

    def record(self, bid: Bid, side: str, kind: str, at: int | None) -> str:
        """A party records something about the meeting."""
        refused = self._refused(bid, side, kind, at)
        if refused is not None:
            return refused
        self.settle(bid)
        if kind == "RESCHEDULED":
            assert at is not None
            self._move(bid, side, at)
        elif kind == "CANCELLED":
            bid.meeting = bid.proposal = None
            self._tell_both(bid, "MEETING_CANCELLED")
        elif not (bid.word is not None and bid.word[1] == "OPERATOR" and side == "PROSPECT"):
            bid.word = (kind, side)
            self._tell_both(bid, "MEETING_RECORDED")
            if bid.declined is not None:
                self._pay(bid)
        return DONE

    def _move(self, bid: Bid, side: str, at: int) -> None:
        agreed = bid.proposal is not None and bid.proposal[0] == at and bid.proposal[1] != side
        if side == "OPERATOR" or agreed:
            bid.meeting, bid.proposal = at, None
            self._tell_both(bid, "MEETING_AGREED")
        else:
            bid.proposal = (at, side)
            self.notify(bid.vendor if side == "PROSPECT" else "prospect", "MEETING_PROPOSED")

    def _tell_both(self, bid: Bid, kind: str) -> None:
        self.notify(bid.vendor, kind)
        self.notify("prospect", kind)

    def _refused(self, bid: Bid, side: str, kind: str, at: int | None) -> str | None:
        if kind in {"TOOK_PLACE", "NO_SHOW"}:
            if side == "VENDOR":
                return "FORBIDDEN"
            if at is not None and at > self.now:
                return "INVALID"
            early = kind == "NO_SHOW" and bid.meeting is not None and bid.meeting > self.now
            return "CONFLICT" if early else None
        if bid.declined is not None:
            return "CONFLICT"
        if kind == "CANCELLED":
            return "CONFLICT" if bid.meeting is None or bid.meeting <= self.now else None
        return self._refused_time(at)

    def _refused_time(self, at: int | None) -> str | None:
        if at is None:
            return "REQUIRED"
        return None if self.now < at <= self.now + YEAR else "INVALID"
