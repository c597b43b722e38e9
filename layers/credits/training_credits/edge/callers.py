"""Who calls: the verified token, and nothing else."""

import re
from collections.abc import Mapping
from typing import Any

from training_credits.domain.errors import Forbidden, Reason
from training_credits.domain.model import Caller, Person
from training_credits.domain.program import Program
from training_credits.edge import schemas, wiring
from training_credits.edge.problems import BadInput, NotSignedIn
from training_credits.programs import program_named, program_names

EMAIL = re.compile(schemas.EMAIL)
NAME_MAX = 100
NOBODY = Caller(person=Person(subject="", email="", name=""), program="")


def _claims(event: Mapping[str, Any]) -> Mapping[str, Any]:
    claims = event.get("requestContext", {}).get("authorizer", {}).get("jwt", {}).get("claims")
    return claims or {}


def program_of(event: Mapping[str, Any]) -> Program | None:
    """The program by whose rules the caller is refused; none for a caller without one."""
    name = _claims(event).get("custom:program")
    return program_named(name, wiring.clock()) if name in program_names() else None


def caller_of(event: Mapping[str, Any]) -> Caller:
    """The verified token, and nothing else, says who calls; without one nobody spends (SF-23)."""
    claims = _claims(event)
    if not claims.get("sub") or not claims.get("email"):
        raise NotSignedIn(BadInput.NOT_SIGNED_IN, "Sign in first.")
    if str(claims.get("email_verified")).lower() != "true":
        raise Forbidden(Reason.EMAIL_NOT_VERIFIED, "Verify your e-mail address first.")
    if len(str(claims["email"])) > schemas.EMAIL_MAX or not EMAIL.fullmatch(str(claims["email"])):
        raise Forbidden(Reason.EMAIL_NOT_USABLE, "Sign in with an e-mail address in plain ASCII.")
    if claims.get("custom:program") not in program_names():
        raise Forbidden(Reason.PROGRAM_UNKNOWN, "Your sign-in belongs to no known program.")
    email = str(claims["email"]).lower()
    # API Gateway writes a list as "[a b]": a group's name must have no blank in it.
    groups = str(claims.get("cognito:groups", "")).strip("[]").split()
    return Caller(
        person=Person(
            subject=str(claims["sub"]), email=email, name=_one_line(claims.get("name")) or email
        ),
        program=str(claims["custom:program"]),
        groups=frozenset(groups),
    )


def _one_line(name: object) -> str:
    """A name as it may stand in a mail: what cannot be seen is left out."""
    shown = "".join(c if c.isprintable() else " " for c in str(name or ""))
    return " ".join(shown.split())[:NAME_MAX].strip()
