"""Belonging, in the machine: people are asked in, come, leave, come back, and never all go."""

from enum import StrEnum
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tests.builders import person
from tests.properties.actors import NOT_YOURS, OWNERS, Actors, reason_of
from training_credits.domain.errors import Reason
from training_credits.domain.model import MemberState, Permission, Role
from training_credits.domain.program import Onboarding

NAMES = st.sampled_from(["ann", "bob", "dan", "fay"])
ROLES = st.sampled_from([Role.OWNER, Role.OWNER, Role.FINANCE])
MEANWHILE = st.sampled_from(["nothing", "nothing", "joins", "leaves", "removed"])


class Belongers(Actors):
    """Ann and Bob own the account from the start; Dan and Fay come and go."""

    @rule(who=OWNERS, name=NAMES, role=ROLES, comes=st.booleans())
    def asks_somebody_in(self, who: str, name: str, role: Role, *, comes: bool) -> None:
        self.tick()
        seats = self.ledger.presence(self.program, person(name).email).seats
        elsewhere = any(seat.role is Role.OWNER for seat in seats)
        due: tuple[StrEnum | None, ...] = (None,)
        if not self.may(who, Permission.PEOPLE):
            due = NOT_YOURS
        elif self.world.member(name) or (elsewhere and role is Role.OWNER and self.one_each):
            due = (Reason.ALREADY_MEMBER, Reason.ALREADY_OWNER)
        answer = self.attempt(
            who, "invite", lambda asking: self.world.invite(name, role, asking=asking)
        )
        assert reason_of(answer) in due, f"inviting: {answer}, due {due}"
        if comes:
            self.comes(name)

    @property
    def one_each(self) -> bool:
        return self.policy.members.one_account_each

    @rule(name=NAMES, meanwhile=MEANWHILE)
    def signs_in(self, name: str, meanwhile: str) -> None:
        """In two browsers at once, or while the invitation is taken back."""
        self.tick()
        by = self.an_owner
        self.interrupt(
            meanwhile,
            joins=lambda: self.comes(name),
            removed=lambda: self.goes(name, by),
        )
        self.comes(name)

    def comes(self, name: str) -> None:
        self.tick()
        assert self.try_to(lambda: self.world.sign_in(name)) is None, "joining: refused"
        self.world.accept_terms(name)

    @precondition(lambda self: self.policy.onboarding is Onboarding.SELF_SERVICE)
    @rule(name=st.sampled_from(["dan", "fay"]), comes=st.booleans())
    def opens_an_account_elsewhere(self, name: str, *, comes: bool) -> None:
        """Who owns one account may own no other, whichever came first."""
        here = self.world.account
        if comes:
            self.interrupt("joins", joins=lambda: self.comes(name))

        def opened(asking: Any) -> str:
            try:
                return self.world.open(who=name, asking=asking)
            finally:
                self.world.account = here

        answer = self.attempt(name, "open_account", opened)
        assert reason_of(answer) in (None, Reason.ALREADY_OWNER), f"opening: {answer}"

    @rule(who=OWNERS, name=NAMES, meanwhile=MEANWHILE)
    def takes_somebody_out(self, who: str, name: str, meanwhile: str) -> None:
        """The last owner stays, also when two remove each other, or leave at once."""
        self.tick()
        due = self.due_of_removal(who, name)
        other = next((each for each in ("ann", "bob") if each != name), who)
        raced = self.interrupt(
            meanwhile,
            joins=lambda: self.comes(name),
            leaves=lambda: self.goes(other, other),
            removed=lambda: self.goes(who, name),
        )
        answer = self.goes(name, who)
        assert raced or reason_of(answer) in due, f"removing: {answer}, due {due}"

    def goes(self, name: str, by: str) -> Any:
        self.tick()
        return self.try_to(lambda: self.world.remove(name, by))

    def due_of_removal(self, who: str, name: str) -> tuple[StrEnum | None, ...]:
        member = self.world.member(name)
        if not self.may(who, Permission.READ if who == name else Permission.PEOPLE):
            return NOT_YOURS
        if member is None:
            return (Reason.MEMBER_NOT_FOUND,)
        owns = member.role is Role.OWNER and member.state is MemberState.ACTIVE
        return (Reason.LAST_OWNER,) if owns and len(self.world.book().owners) == 1 else (None,)
