"""Every problem the product raises, as it is written in the code."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from openapi.kinds import KINDS
from tests.contract.template_rules import ROOT
from training_credits.domain.errors import Reason
from training_credits.edge.problems import BadInput

NAMES = {kind.__name__ for kind in KINDS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """A code, the kind it is raised as, and the facts that go with it, or that are handed on."""

    code: StrEnum
    kind: str
    facts: frozenset[str]
    handed_on: bool


def raised() -> Iterator[Raised]:
    for file in (ROOT / "layers/credits").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id=kind),
                    args=[ast.Attribute(value=ast.Name(id="Reason" | "BadInput"), attr=name), *_],
                    keywords=keywords,
                ) if kind in NAMES:
                    code = Reason[name] if name in Reason.__members__ else BadInput[name]
                    facts = frozenset(word.arg for word in keywords if word.arg)
                    handed_on = any(word.arg is None for word in keywords)
                    yield Raised(code=code, kind=kind, facts=facts, handed_on=handed_on)
