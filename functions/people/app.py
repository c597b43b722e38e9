"""Signing in, terms, and who belongs to an account."""

from datetime import date
from typing import Any

from training_credits.edge import routes, schemas, views, wiring
from training_credits.edge.http import Api, Call
from training_credits.use_cases import people as use_cases
from training_credits.use_cases import preferences as wishes

api = Api()


@api.on(routes.SIGN_IN)
def sign_in(call: Call[schemas.SignIn]) -> schemas.SignInAnswer:
    """Invitations to this verified address are accepted by it."""
    accept = call.body.accept
    return views.signed_in(use_cases.sign_in(wiring.ledger(), wiring.clock, call.caller, accept))


@api.on(routes.ACCEPT_TERMS)
def accept_terms(call: Call[schemas.NewAcceptance]) -> schemas.NewAcceptance:
    """Once for each version."""
    version = call.body.version
    accepted = use_cases.accept_terms(wiring.ledger(), wiring.clock, call.caller, version)
    return schemas.NewAcceptance(version=accepted)


@api.on(routes.READ_PREFERENCES)
def read_preferences(call: Call[None]) -> schemas.PreferencesAnswer:
    """One's own, in this program."""
    return views.preferences(call.program, wishes.preferences(wiring.ledger(), call.caller))


@api.on(routes.SET_PREFERENCES)
def set_preferences(call: Call[schemas.NewPreferences]) -> schemas.PreferencesAnswer:
    """Whole, so that the last word counts."""
    said = call.body
    chosen = wishes.choose(wiring.ledger(), call.caller, said.off, said.transactions, said.language)
    return views.preferences(call.program, chosen)


@api.on(routes.INVITE)
def invite(call: Call[schemas.NewMember]) -> str:
    """They belong to the account once they have signed in."""
    return use_cases.invite(
        wiring.ledger(),
        wiring.clock,
        call.intent(lambda member: views.encoded(views.member(member))),
        call.path["account"],
        call.body.email.lower(),
        call.body.role,
    )


@api.on(routes.REMOVE_MEMBER)
def remove_member(call: Call[None]) -> None:
    """The creator too, but never the last owner."""
    account, email = call.path["account"], call.path["email"].lower()
    use_cases.remove(wiring.ledger(), wiring.clock, call.caller, account, email)


@api.on(routes.NAME_DEPUTY)
def name_deputy(call: Call[schemas.NewDeputy]) -> schemas.MemberAnswer:
    """They decide in an owner's place, for a while."""
    return _named(call, call.body.until)


@api.on(routes.END_DEPUTY)
def end_deputy(call: Call[None]) -> None:
    """Before the day has come."""
    _named(call, None)


def _named(call: Call[Any], until: date | None) -> schemas.MemberAnswer:
    account, email = call.path["account"], call.path["email"].lower()
    return views.member(
        use_cases.name_deputy(wiring.ledger(), wiring.clock, call.caller, account, email, until)
    )


handler = api.handler()
