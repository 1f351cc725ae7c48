"""The routes of a call (S4.13, S4.15, S4.18, S4.22 and readings)."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from models.base.ids import new_id
from models.calls.caller_id import WITHHELD_CALLER, CallerIdForm, read_caller_id
from models.calls.facts import told
from models.calls.presence import EmployeeTimes
from models.calls.recognition import VipTreatment, VipView, effective, standing
from models.calls.routes import Candidate, Routes, SoFar, find_routes
from rules.calls.call_route import AnswerSoFar, CallerStanding, TransferWish
from tests.models.calls.support import candidate, company, entry, local
from tests.rules.support import make_policy

AT = local("2026-10-05 10:00")
NUMBER = "+493090182017"
CALLER = read_caller_id(NUMBER, CallerIdForm.E164, "DE")
VIP = TransferWish.VIP_ONLY


def vip(
    number: str = NUMBER,
    employee: Candidate | None = None,
    *,
    block: bool = False,
    treatment: VipTreatment = VipTreatment.PREFERRED,
    name: str = "Jo Doe",
) -> VipView:
    employee_id = employee.id if employee else None
    return VipView(new_id(), 1, UUID(int=1), employee_id, number, block, name, "", treatment, ())


def away(wish: TransferWish = TransferWish.ALL) -> Candidate:
    return candidate(wish, entry(local("2026-10-01 00:00"), local("2026-10-18 00:00"), "im Urlaub"))


def said(routes: Routes) -> list[tuple[str, str]]:
    return [(route.action.value, route.decision.rule_id) for route in routes.routes]


def test_a_call_is_put_through_and_a_message_is_always_possible() -> None:
    routes = find_routes(company(), CALLER, [candidate()], [], AT)
    assert said(routes) == [("TRANSFER", "takes_all"), ("TAKE_MESSAGE", "tried_before")]
    assert routes.routes[0].number == "+493023125101"
    assert [route.number for route in routes.routes[1:]] == [None]
    assert routes.skipped == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "callback"), ("de", "Rückruf"), ("pl", "oddzwoni"), ("ro", "sunăm")],
)
def test_without_transfers_the_caller_is_offered_a_callback(language: str, words: str) -> None:
    """S4.5: nobody can be reached in person, in the company's language, whomever the caller wants."""
    plan = replace(company(plan=False), language=language)
    for chain in ([candidate(said=told(None, language, transfer_included=False))], []):
        (route,) = find_routes(plan, CALLER, chain, [], AT).routes
        assert (route.action, route.decision.rule_id) == ("TAKE_MESSAGE", "plan_without_transfer")
        assert route.number is None
        assert words in (route.said or "")


def test_the_deputy_of_an_absent_employee_gets_the_call() -> None:
    """S4.13: and the caller is told of the absence, with its end."""
    gone, deputy = away(), candidate()
    routes = find_routes(company(), CALLER, [gone, deputy], [], AT)
    assert said(routes) == [("TRANSFER", "deputy_takes_all"), ("TAKE_MESSAGE", "appointment")]
    assert [route.employee_id for route in routes.routes] == [deputy.id, gone.id]
    assert [(one.employee_id, one.said) for one in routes.skipped] == [(gone.id, "im Urlaub")]
    assert routes.changes_at == local("2026-10-18 00:00")


def test_absent_deputies_are_skipped_and_count_as_a_hop() -> None:
    chain = [away(), away(), candidate()]
    assert said(find_routes(company(), CALLER, chain, [], AT)) == [("TAKE_MESSAGE", "appointment")]
    further = company(make_policy("further", call={"deputy_hops": 2}))
    assert said(find_routes(further, CALLER, chain, [], AT))[0] == ("TRANSFER", "deputy_takes_all")


def test_who_was_tried_is_not_tried_again_and_the_deputy_is() -> None:
    first, deputy = candidate(), candidate()
    tried = SoFar({first.id})
    routes = find_routes(company(), CALLER, [first, deputy], [], AT, so_far=tried)
    assert said(routes) == [("TRANSFER", "deputy_takes_all"), ("TAKE_MESSAGE", "tried_before")]


def test_a_message_for_the_caller_ends_the_transfer_for_good() -> None:
    chain = [candidate(), candidate()]
    left = SoFar({chain[0].id}, AnswerSoFar.LEFT_MESSAGE)
    assert said(find_routes(company(), CALLER, chain, [], AT, so_far=left)) == [
        ("TAKE_MESSAGE", "message_for_caller")
    ]


def test_an_employees_own_entry_beats_the_companys() -> None:
    one = candidate(VIP)
    entries = [vip(treatment=VipTreatment.UNWANTED), vip(employee=one)]
    assert standing(CALLER, entries, one.id) is CallerStanding.VIP_OF_EMPLOYEE
    assert standing(CALLER, entries, None) is CallerStanding.UNWANTED


def test_an_exact_entry_beats_a_block_and_a_long_block_a_short_one() -> None:
    exact, long, short = vip(), vip(NUMBER[:-2], block=True), vip(NUMBER[:-4], block=True)
    assert effective([short, long, exact], None) is exact
    assert effective([short, long], None) is long


def test_a_note_alone_makes_no_vip_and_is_still_shown() -> None:
    entries = [vip(treatment=VipTreatment.NOTE_ONLY)]
    routes = find_routes(company(), CALLER, [candidate(VIP)], entries, AT)
    assert said(routes) == [("TAKE_MESSAGE", "vips_only")]
    assert routes.vip is entries[0]


def test_a_vip_of_the_wanted_employee_is_one_for_the_deputy_too() -> None:
    gone, deputy = away(), candidate(VIP)
    routes = find_routes(company(), CALLER, [gone, deputy], [vip(employee=gone)], AT)
    assert said(routes)[0] == ("TRANSFER", "deputy_takes_vips")
    assert "Jo Doe" in str(routes.routes[0].announcement)


def test_unwanted_by_the_deputy_beats_being_a_vip_of_the_wanted_employee() -> None:
    gone, deputy = away(), candidate()
    entries = [vip(employee=gone), vip(employee=deputy, treatment=VipTreatment.UNWANTED)]
    routes = find_routes(company(), CALLER, [gone, deputy], entries, AT)
    assert [one.decision.rule_id for one in routes.skipped] == ["appointment", "unwanted_caller"]


def test_a_withheld_number_is_no_vip_and_gets_through_to_who_takes_all() -> None:
    entries = [vip()]
    routes = find_routes(company(), WITHHELD_CALLER, [candidate()], entries, AT)
    assert (routes.standing, said(routes)[0]) == (CallerStanding.WITHHELD, ("TRANSFER", "takes_all"))
    assert said(find_routes(company(), WITHHELD_CALLER, [candidate(VIP)], entries, AT)) == [
        ("TAKE_MESSAGE", "vips_only")
    ]


def test_without_a_wanted_employee_a_message_is_taken_for_the_fallback() -> None:
    fallback = new_id()
    routes = find_routes(company(), CALLER, [], [], AT, fallback_id=fallback)
    assert [(one.employee_id, one.action.value) for one in routes.routes] == [(fallback, "TAKE_MESSAGE")]
    unplanned = find_routes(company(plan=False), CALLER, [], [], AT)
    assert said(unplanned) == [("TAKE_MESSAGE", "plan_without_transfer")]
    assert "Rückruf" in str(unplanned.routes[0].said)


def test_a_holiday_of_the_company_stops_everybody() -> None:
    holidays = frozenset({date(2026, 10, 5)})
    routes = find_routes(company(holidays=holidays), CALLER, [candidate(), candidate()], [], AT)
    assert said(routes) == [("TAKE_MESSAGE", "holiday")]
    assert routes.changes_at == local("2026-10-06 00:00")


def test_no_text_form_of_a_candidate_or_an_entry_shows_a_number() -> None:
    shown = repr([candidate(), vip(), CALLER, EmployeeTimes((), (), None)])
    assert "4930" not in shown
