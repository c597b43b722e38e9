"""Events on the page: which have the same facts, and who reads of them."""

from itertools import groupby

from training_credits.dynamodb.stream.described import EVENTS

# Types of events that have the same facts.
FAMILIES = tuple(
    tuple(family) for _, family in groupby(EVENTS, key=lambda name: tuple(EVENTS[name].facts))
)
WHOM = {
    "_reissuable_lot": "the same",
    "_reissuable": "members who may `decide`, while what is lost can be asked for again",
    "_who_decide_or_buy": "members who may `decide` or `buy`",
    "_who_decide": "members who may `decide`",
    "_who_state": "members who may `state`",
    "_who_are_told": "everybody who may `read`, if not told yet",
    "_deciders": "members who may `decide`, and deputies",
    "_waited_for": "the same; the advisor, where it waits for them; nobody, if it waits no more",
    "_advisor": "the account's advisor; operations, where none is named",
    "_learner": "the learner",
    "_decided_for": "the learner, if somebody else has said yes",
    "_told_why": "the learner, if there is a reason to tell",
    "_attendees": "who takes part, if not told yet",
    "_attendee_of_line": "who takes part in that line, if not told yet",
    "_holder": "who holds it",
    "_buyer": "the buyer; the owners, where the vendor named none",
    "_expecting": "the buyer, where the program says by when credits are usable",
    "_coded": "the buyer, where the program mails the code of a lot",
    "_account_manager": "the vendor's account manager",
    "_operations": "the program's `operations` address",
    "_invited": "who is invited",
    "_other_owners": "the owners, unless it is themselves",
    "_accepting": "operations, unless a card is waited for",
    "_activating": "operations, where activation comes next",
    "prepared_for": "members who may `claim`, if the vendor's staff have drafted it",
    "asked_of": "the program's `operations` address, once it is asked",
    "approved_for": "members who may `claim`, and staff who drafted it, if it is approved",
    "upheld_for": "the same, if it is upheld",
    "rejected_for": "the same, if it is rejected",
    "_withdrawn_for": "the buyer, unless they cancelled it themselves",
}
