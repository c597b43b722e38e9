"""What of a program lies outside its accounts, in memory: people, numbers, texts of codes."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from tests.fakes.memory_catalogue import Shelf
from tests.fakes.memory_webhooks import Told
from training_credits.domain import change as c
from training_credits.domain.model import Code, MemberState, Opened, Preferences, Presence, Seat

ONLY = ""


@dataclass
class Places:
    """Of one program: who sits where, who is asked in, what was accepted, what opens what."""

    seats: dict[tuple[str, str], Seat] = field(default_factory=dict)
    invitations: dict[tuple[str, str], Seat] = field(default_factory=dict)
    answered: set[tuple[str, str]] = field(default_factory=set)
    preferences: dict[str, Preferences] = field(default_factory=dict)
    terms: dict[tuple[str, str], tuple[str, datetime]] = field(default_factory=dict)
    openers: dict[str, Opened] = field(default_factory=dict)
    numbers: dict[str, tuple[str, str]] = field(default_factory=dict)
    made: Counter[tuple[str, date]] = field(default_factory=Counter)
    shelf: Shelf = field(default_factory=Shelf)
    told: Told = field(default_factory=Told)

    def presence(self, email: str) -> Presence:
        """All that is kept of a person."""
        asked = sorted(self.invitations.items())
        return Presence(
            seats=tuple(seat for (who, _), seat in sorted(self.seats.items()) if who == email),
            invitations=tuple(
                seat for place, seat in asked if place[0] == email and place not in self.answered
            ),
            terms=frozenset(version for who, version in self.terms if who == email),
        )

    def holds(self, account_id: str, write: c.Write) -> bool:
        """Whether the part of its guard that is about these is met."""
        met = self.shelf.holds(write) and self.told.holds(write)
        match write:
            case c.TakeSeat(email=email, only=only):
                met = _seat(account_id, email, only=only) not in self.seats
            case c.LeaveSeat(email=email, only=only):
                seat = self.seats.get(_seat(account_id, email, only=only))
                met = seat is not None and seat.account_id == account_id
            case c.Join(email=email) | c.RemoveMember(email=email, was=MemberState.INVITED):
                met = (email, account_id) in self.invitations
            case c.IssueCode(code=code):
                met = code.digest not in self.openers
            case c.RotateCode(old=old, new=new):
                met = old.digest in self.openers and new.digest not in self.openers
            case c.TakeSalesOrder(number=number):
                met = number not in self.numbers
            case c.FreeSalesOrder(number=number, order_id=order_id):
                met = self.numbers.get(number, ("", ""))[1] == order_id
            case c.CountMade(subject=subject, day=day):
                met = self.made[subject, day] + write.minor < write.below
        return met

    def apply(self, account_id: str, write: c.Write) -> None:
        """Carry that part out."""
        self._apply_to_people(account_id, write)
        self.shelf.apply(write)
        self.told.apply(write)
        match write:
            case c.IssueCode(code=code):
                self.openers[code.digest] = _opened(account_id, code)
            case c.RotateCode(old=old, new=new, old_ends_at=end):
                self.openers[old.digest] = replace(self.openers[old.digest], ends_at=end)
                self.openers[new.digest] = _opened(account_id, new)
            case c.TakeSalesOrder(number=number, order_id=order_id):
                self.numbers[number] = account_id, order_id
            case c.FreeSalesOrder(number=number):
                del self.numbers[number]
            case c.CountMade(subject=subject, day=day):
                self.made[subject, day] += write.minor

    def _apply_to_people(self, account_id: str, write: c.Write) -> None:
        match write:
            case c.TakeSeat(email=email, role=role, only=only):
                place = _seat(account_id, email, only=only)
                self.seats[place] = Seat(account_id=account_id, role=role)
            case c.LeaveSeat(email=email, only=only):
                del self.seats[_seat(account_id, email, only=only)]
            case c.Invite(member=member) if member.state is MemberState.INVITED:
                asked = member.email, account_id
                self.invitations[asked] = Seat(account_id=account_id, role=member.role)
                self.answered.discard(asked)
            case c.Join(email=email) | c.RemoveMember(email=email, was=MemberState.INVITED):
                self.answered.add((email, account_id))
            case c.SetPreferences(email=email, preferences=chosen):
                self.preferences[email] = chosen
            case c.AcceptTerms():
                said = write.subject, write.at
                self.terms.setdefault((write.email, write.version), said)


def _opened(account_id: str, code: Code) -> Opened:
    return Opened(digest=code.digest, account_id=account_id, code_id=code.code_id)


def _seat(account_id: str, email: str, *, only: bool) -> tuple[str, str]:
    return email, ONLY if only else account_id
