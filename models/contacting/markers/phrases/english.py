"""English phrases."""

# ruff: noqa: E501, SIM905 - one line per phrase, to find and compare it
# fmt: off

from models.contacting.markers.kinds import StatementKind as Kind
from models.contacting.markers.kinds import Strength
from models.contacting.markers.phrases.phrase import Phrase, PhraseTable

STRONG, WEAK = Strength.STRONG, Strength.WEAK

_LATER = (
    "back again later now soon today tomorrow tonight anytime any sometime this next right asap immediately "
    "directly anymore any_more ever at on up in by for to about when if as once after before whenever either "
    "morning between until regarding with because via and or so should only but then please instead during "
    "monday tuesday wednesday thursday friday saturday sunday over through first"
).split()
_NOW = "now right_now at_the_moment at_present today just_now this_moment currently".split()
_HOW_BUSY = (
    "very really quite pretty rather so too a_little a_bit a_little_bit kind_of fairly extremely".split()
)
_TO_ME = ("me", "us", "to_me", "to_us")

ENGLISH = PhraseTable(
    language="en",
    joiners=("please", "pls", "and", "or", "but", "then", "so", "just", "kindly"),
    openers=(
        "please pls kindly just and or but so then also simply always definitely maybe perhaps rather instead "
        "ok okay yes no well thanks hi hello better could_you can_you would_you will_you you_can you_could "
        "you_may you_need_to you_must you_should feel_free_to do_not_hesitate_to don't_hesitate_to "
        "not_hesitate_to be_sure_to make_sure_to make_sure_you remember_to do_not_forget_to don't_forget_to "
        "don't do_not dont never don't_ever don't_you_ever you_don't_need_to you_do_not_need_to "
        "you_don't_have_to you_do_not_have_to no_need_to there_is_no_need_to i_would_like_you_to "
        "i'd_like_you_to i_want_you_to i_need_you_to i'd_prefer_you_to it_would_be_better_to it's_better_to "
        "it_is_better_to it's_best_to it_is_best_to you'd_better would_you_mind ever if_so if_possible "
        "if_necessary in_that_case next_time from_now_on in_future in_the_future to again only why_don't_you"
    ).split(),
    slots={
        "then_later": _LATER,
        "now": _NOW,
        "busy": _HOW_BUSY,
        "to_me": _TO_ME,
        "then_now": (*_NOW, "and", "but", "so", "because", "i'm", "i", "sorry"),
        "then_meet": (
            "again at for on in up today tomorrow tonight soon next this and before after outside inside there "
            "here over around sometime face personally during instead when if somewhere then monday tuesday "
            "wednesday thursday friday saturday sunday"
        ).split(),
    },
    negators=frozenset("don't dont not never no nobody cannot can't won't wouldn't without stop".split()),
    unneeded=frozenset("need have necessary required".split()),
    reversing=frozenset("hesitate forget why mind".split()),
    asking=frozenset({"why"}),
    cuts=frozenset("and but instead".split()),
    phrases=(
        Phrase("en_call_me", Kind.CALL, STRONG, "<start> call|phone|ring|telephone me|us <then_later>", Kind.STOP_CALLS),
        Phrase("en_call_or_email_me", Kind.CALL, STRONG, "<start> call|phone|ring or|and email|mail|write|text me|us", Kind.STOP_CALLS),
        Phrase("en_call_back", Kind.CALL, STRONG, "<start> call|ring|phone back <end>", Kind.STOP_CALLS),
        Phrase("en_be_called", Kind.CALL, WEAK, "prefer|rather|like|happy be called|phoned", Kind.STOP_CALLS),
        Phrase("en_give_a_call", Kind.CALL, STRONG, "<start> give me|us a|another? quick|short? call|ring|buzz", Kind.STOP_CALLS),
        Phrase("en_do_so_by_phone", Kind.CALL, STRONG, "do so|that by phone|telephone", Kind.STOP_CALLS),
        Phrase("en_reach_by_phone", Kind.CALL, STRONG, "<start> reach|contact me|us by|on|via phone|telephone|my_phone|my_mobile|my_cell", Kind.STOP_CALLS),
        Phrase("en_prefer_calls", Kind.CALL, WEAK, "prefer a|to|the? phone|telephone? call|calls|talk|speak|phone", Kind.STOP_CALLS),
        Phrase("en_talk_by_phone", Kind.CALL, WEAK, "rather|let's|better|easier to? talk|speak|discuss <any3> by|on|over phone|the_phone|telephone", None),
        Phrase("en_expect_call", Kind.CALL, WEAK, "look|looking forward to your call", None),
        Phrase("en_email_me", Kind.WRITE, STRONG, "<start> email|mail me|us <then_later>", Kind.STOP_MAIL),
        Phrase("en_email_me_what", Kind.WRITE, STRONG, "<start> email|mail me|us a|an|the|your|it|this|that|all|more|everything|some|details|details_of|information", Kind.STOP_MAIL),
        Phrase("en_send_email", Kind.WRITE, STRONG, "<start> send|drop|shoot|write me|us back? a|an|your|the|another|more|any? email|emails|mail|mails", Kind.STOP_MAIL),
        Phrase("en_send_by_email", Kind.WRITE, STRONG, "<start> send|answer|reply|respond|put|write <any5> by|via|per|in|through email|mail|writing", Kind.STOP_MAIL),
        Phrase("en_contact_in_writing", Kind.WRITE, STRONG, "<start> contact|reach|answer me|us only? by|via|through|in|per email|mail|letter|writing", Kind.STOP_MAIL),
        Phrase("en_send_letter", Kind.WRITE, WEAK, "<start> send|drop|write me|us back? a|an|another? quick|short? letter|line|note|message|reply|few_lines", None),
        Phrase("en_write_me", Kind.WRITE, WEAK, "<start> write <to_me> <then_later>", None),
        Phrase("en_prefer_email", Kind.WRITE, WEAK, "prefer|like to? <any2> email|emails|mail|writing", Kind.STOP_MAIL),
        Phrase("en_email_is_better", Kind.WRITE, WEAK, "email is|would_be|works much|always? better|best|easier|fine|preferred", None),
        Phrase("en_by_email_please", Kind.WRITE, WEAK, "by|via|per email please|only|if_possible", None),
        Phrase("en_chat", Kind.CHAT, STRONG, "<start> write|message|answer|contact <to_me> <any2> in|on|via|by|through chat|the_chat", None),
        Phrase("en_use_chat", Kind.CHAT, STRONG, "<start> use the chat <end>", None),
        Phrase("en_prefer_chat", Kind.CHAT, WEAK, "prefer to? the? chat|chatting", None),
        Phrase("en_lets_meet", Kind.MEET, STRONG, "<start> let's|let_us meet <then_meet>", None),
        Phrase("en_meet_me", Kind.MEET, STRONG, "<start> meet me|us <then_meet>", None),
        Phrase("en_shall_we_meet", Kind.MEET, STRONG, "can|could|shall|should we meet <then_meet>", None),
        Phrase("en_come_see_me", Kind.MEET, STRONG, "<start> come and? see|visit|meet me|us", None),
        Phrase("en_prefer_meeting", Kind.MEET, WEAK, "prefer|rather|like to? meet|meeting|a_meeting <then_meet>", None),
        Phrase("en_cannot_talk", Kind.CANNOT_TALK, STRONG, "i|we can't|cannot|can_not talk|speak <now1> <then_now>", fixed=True),
        Phrase("en_bad_time", Kind.CANNOT_TALK, STRONG, "not a good time|moment <then_now>", fixed=True),
        Phrase("en_busy_now", Kind.CANNOT_TALK, WEAK, "i_am|i'm|we_are|we're <busy1> busy <now>", None),
        Phrase("en_in_meeting", Kind.CANNOT_TALK, WEAK, "i_am|i'm|we_are|we're <now1> in_a_meeting|driving|at_the_wheel|in_the_car", None),
        Phrase("en_not_now", Kind.CANNOT_TALK, STRONG, "<start> bother|disturb me|us <now>", Kind.CANNOT_TALK),
        Phrase("en_call_you_back", Kind.CALLBACK_PROMISED, STRONG, "i'll|i_will|we'll|we_will|let_me|can_i|and_will|i_can just|try_to? call|ring|phone you|back", None),
        Phrase("en_give_you_a_call", Kind.CALLBACK_PROMISED, STRONG, "i'll|i_will|we'll|we_will|let_me|and_will give you a call|ring|buzz", None),
        Phrase("en_out_of_office", Kind.OUT_OF_OFFICE, STRONG, "i_am|i'm|i_will_be|i'll_be|we_are|we're|we_will_be|we'll_be currently|now|away|out? out_of_the_office|out_of_office|on_vacation|on_holiday|on_holidays|on_leave|on_annual_leave|on_parental_leave|out_of_town", None),
        Phrase("en_house_reads", Kind.HOUSE_READS_MAIL, STRONG, "everybody|everyone|we_all|all_of_us <any4> read|reads|check|checks|use|uses|answers|answer <any2> email|emails|mail|mails", None),
        Phrase("en_stop_calling", Kind.STOP_CALLS, STRONG, "stop|quit|cease calling|phoning|ringing me|us <then_later>", fixed=True),
        Phrase("en_stop_calling_here", Kind.STOP_CALLS, STRONG, "<start> stop|quit|cease calling|phoning|ringing <end>", fixed=True),
        Phrase("en_no_calls", Kind.STOP_CALLS, STRONG, "<start> no more|further|phone|sales|cold|marketing? phone|sales? calls at_all|here|any_more|anymore|ever|from_you? please|pls|thanks|thank_you? <end>", fixed=True),
        Phrase("en_not_by_phone", Kind.STOP_CALLS, STRONG, "<start> not by phone", fixed=True),
        Phrase("en_want_no_calls", Kind.STOP_CALLS, STRONG, "don't|not|no|never want|wish|like|interested <any3> calls|called|phoned|phone_calls", fixed=True),
        Phrase("en_dont_call", Kind.STOP_CALLS, STRONG, "don't|dont|do_not|never call|phone|ring again|here|anymore|any_more|this_number|back <any3> <end>", fixed=True),
        Phrase("en_just_dont_call", Kind.STOP_CALLS, STRONG, "<start> don't|dont|do_not|never call|phone|ring <end>", fixed=True),
        Phrase("en_not_to_call", Kind.STOP_CALLS, STRONG, "not to call|phone|ring|telephone me|us <then_later>", fixed=True),
        Phrase("en_you_not_to_call", Kind.STOP_CALLS, STRONG, "you|everybody|everyone|people not to call|phone|ring again|here|anymore|any_more|this_number? <end>", fixed=True),
        Phrase("en_refrain_from_calling", Kind.STOP_CALLS, STRONG, "refrain|abstain|desist from calling|phoning|ringing|telephoning", None),
        Phrase("en_stop_the_calls", Kind.STOP_CALLS, STRONG, "<start> stop|quit|cease with? the|these|your|all|any calls|phone_calls|calling", fixed=True),
        Phrase("en_make_no_calls", Kind.STOP_CALLS, STRONG, "make|want|need|accept|receive|like|appreciate no more|further? phone|sales|cold? calls", fixed=True),
        Phrase("en_not_accept_calls", Kind.STOP_CALLS, STRONG, "don't|not|never accept|appreciate|welcome <any2> calls|phone_calls", fixed=True),
        Phrase("en_no_longer_calls", Kind.STOP_CALLS, STRONG, "no longer want|wish|like <any3> calls|called|phoned|phone_calls", fixed=True),
        Phrase("en_stop_writing", Kind.STOP_MAIL, STRONG, "stop|quit|cease emailing|mailing|writing|messaging|spamming <to_me>", fixed=True),
        Phrase("en_stop_sending", Kind.STOP_MAIL, STRONG, "stop|quit|cease sending <any4> emails|email|mails|mail|newsletters|newsletter|messages|spam|offers|ads", fixed=True),
        Phrase("en_dont_write_again", Kind.STOP_MAIL, STRONG, "don't|dont|do_not|never write|email|mail|message <to_me> <any1> again|anymore|any_more|ever", fixed=True),
        Phrase("en_dont_write", Kind.STOP_MAIL, STRONG, "don't|dont|do_not|never write <to_me> <end>", fixed=True),
        Phrase("en_dont_send", Kind.STOP_MAIL, STRONG, "don't|dont|do_not|never send <any5> emails|email|mails|newsletters|newsletter|offers|ads", fixed=True),
        Phrase("en_no_emails", Kind.STOP_MAIL, STRONG, "<start> no more|further? emails|mails|newsletters|newsletter|spam at_all|here|any_more|anymore|ever|from_you? please|pls|thanks|thank_you? <end>", fixed=True),
        Phrase("en_want_no_emails", Kind.STOP_MAIL, STRONG, "don't|not want|wish <any4> emails|email|mails|newsletters|newsletter|messages", fixed=True),
        Phrase("en_refrain_from_writing", Kind.STOP_MAIL, STRONG, "refrain|abstain|desist from emailing|mailing|writing|sending|messaging", None),
        Phrase("en_off_the_newsletter", Kind.STOP_MAIL, STRONG, "take|remove|delete|strike|get me|us off|from <any3> newsletter|newsletters|mailing|mailings", None),
        Phrase("en_stop_the_newsletter", Kind.STOP_MAIL, STRONG, "<start> stop|quit|cease|cancel <any2> newsletter|newsletters|mailings|spam|spamming", fixed=True),
        Phrase("en_no_longer_emails", Kind.STOP_MAIL, STRONG, "no longer want|wish|like <any4> emails|email|mails|newsletters|newsletter|mailings|messages|offers", fixed=True),
        Phrase("en_unsubscribe", Kind.STOP_MAIL, STRONG, "<start> unsubscribe me|us?", None),
        Phrase("en_unsubscribe_me", Kind.STOP_MAIL, STRONG, "want|wish|like to unsubscribe", None),
        Phrase("en_leave_alone", Kind.STOP_ALL, STRONG, "<start> leave me|us alone", None),
        Phrase("en_be_left_alone", Kind.STOP_ALL, STRONG, "want|wish|like|prefer to? be left alone", None),
        Phrase("en_stop_bothering", Kind.STOP_ALL, STRONG, "stop|quit|cease bothering|harassing|contacting|disturbing|pestering|hassling me|us", fixed=True),
        Phrase("en_refrain_from_contacting", Kind.STOP_ALL, STRONG, "refrain|abstain|desist from contacting|bothering|disturbing|harassing", None),
        Phrase("en_no_contact", Kind.STOP_ALL, STRONG, "<start> no more|further contact please|pls|at_all|anymore|any_more|ever? <end>", fixed=True),
        Phrase("en_want_no_contact", Kind.STOP_ALL, STRONG, "don't|not|never want|wish|like any|more|further|your? contact <any2> <end>", fixed=True),
        Phrase("en_cease_contact", Kind.STOP_ALL, STRONG, "<start> stop|quit|cease all|any|further|your? contact|communication|communications <any3> <end>", fixed=True),
        Phrase("en_no_longer_contacted", Kind.STOP_ALL, STRONG, "no longer want|wish|like <any2> contacted|hear_from_you", fixed=True),
        Phrase("en_dont_bother", Kind.STOP_ALL, STRONG, "don't|dont|do_not|never ever? bother|disturb|contact|harass me|us <end>", fixed=True),
        Phrase("en_dont_contact_again", Kind.STOP_ALL, STRONG, "don't|dont|do_not|never contact|bother|disturb me|us again|anymore|any_more|ever|any_further|in_any_way|at_all|by_any_means", fixed=True),
        Phrase("en_not_contacted", Kind.STOP_ALL, STRONG, "don't|not|never want|wish <any2> contacted", fixed=True),
        Phrase("en_not_hear", Kind.STOP_ALL, STRONG, "don't|not|never want|wish to hear from you", fixed=True),
        Phrase("en_off_list", Kind.STOP_ALL, STRONG, "take|remove|delete|strike|get me|us|my_number|my_name|my_address|my_details off|from <any3> list|lists|database|records|system", None),
        Phrase("en_be_removed", Kind.STOP_ALL, STRONG, "want|wish|like|ask to? be removed|deleted|taken off|from <any3> list|lists|database|records|system", None),
        Phrase("en_never_contact_company", Kind.STOP_ALL, STRONG, "don't|dont|do_not|never contact this|our|my company|business|office|number|household|address <any1> <end>", fixed=True),
        Phrase("en_delete_data", Kind.STOP_ALL, STRONG, "<start> delete|erase|remove|lose all? of? my|our number|phone_number|data|details|contact_details|personal_data|address", None),
    ),
)
