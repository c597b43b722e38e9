"""What of an account can be spoken of, and where it stands."""

from dataclasses import dataclass, field

from tests.proof.simulator.operations import Answer, Op


@dataclass
class Known:
    """What of an account can be spoken of."""

    lots: list[str] = field(default_factory=list)
    bought: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    spent: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    reserved: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    looked_at: set[str] = field(default_factory=set)
    of: dict[str, Op] = field(default_factory=dict)

    def heard(self, op: Op, answer: Answer) -> None:
        """What went well, and what came of it."""
        self.of[op.name] = op
        match op.kind:
            case "grant":
                self.lots.append(op.name)
                self.bought.append(op.name)
            case "redeem" | "book":
                self.requests.append(op.name)
                self._stands(op.name, answer.state or "")
            case "approve" | "deny":
                for name, state in zip(op.requests, answer.each, strict=True):
                    self._stands(name, state)
                self._stands(op.request, answer.state or "")
            case "confirm" | "cancel":
                self._stands(op.request, answer.state or "")
            case "ask":
                self.cases.append(op.name)
                self.open.append(op.name)
            case "answer" if answer.state == "in_review":
                self.looked_at.add(op.case)
            case "answer":
                self.open = [case for case in self.open if case != op.case]
                self.lots += [op.name] * (answer.state == "approved")

    def _stands(self, name: str, state: str) -> None:
        places = {"pending": self.waiting, "reserved": self.reserved, "approved": self.spent}
        if state not in {*places, "denied", "cancelled"}:
            return
        for place in places.values():
            if name in place:
                place.remove(name)
        if state in places:
            places[state].append(name)
