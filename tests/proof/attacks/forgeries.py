"""What somebody would put on the bus, on a queue or into a function, who may not."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
Change = Callable[[Json], object]
GONE = object()


def put(*path: str, value: Any) -> Change:
    """A part of an envelope is something else, or GONE."""

    def change(envelope: Json) -> None:
        *way, last = path
        for name in way:
            envelope = envelope[name]
        if value is GONE:
            del envelope[last]
        else:
            envelope[last] = value

    return change


# What no function takes for an event, whatever else is in it.
SHAPES: dict[str, Change] = {
    "no source": put("source", value=GONE),
    "a source of AWS": put("source", value="aws.events"),
    "our name in capitals": put("source", value="TRAINING-CREDITS"),
    "our name and more": put("source", value="training-credits.x"),
    "a list of sources": put("source", value=["training-credits"]),
    "no detail": put("detail", value=GONE),
    "a detail as text": put("detail", value="{}"),
    "a list of details": put("detail", value=[{}]),
    "no version": put("detail", "version", value=GONE),
    "a version to come": put("detail", "version", value=2),
    "a version as text": put("detail", "version", value="1"),
    "no type": put("detail-type", value=GONE),
    "no id": put("detail", "id", value=GONE),
    "no program": put("detail", "program", value=GONE),
    "no account": put("detail", "account", value=GONE),
    "no instant": put("detail", "at", value=GONE),
    "an instant that is none": put("detail", "at", value="yesterday"),
    "an instant as a number": put("detail", "at", value=1_791_806_400),
    "no facts": put("detail", "facts", value=GONE),
    "facts that are none": put("detail", "facts", value="order"),
}
# What has the shape of one, and speaks of what is not there.
CONTENTS: dict[str, Change] = {
    "a type that is none": put("detail-type", value="OrderGiven"),
    "no program of ours": put("detail", "program", value="northwind"),
    "another program": put("detail", "program", value="cisco"),
    "a key in a program": put("detail", "program", value="atlassian#ACCOUNT#X"),
    "nothing for a program": put("detail", "program", value=None),
    "nobody's account": put("detail", "account", value="0" * 16),
    "a key in an account": put("detail", "account", value="X#MEMBER#ann@acme.example"),
    "a list for an account": put("detail", "account", value=["0" * 16]),
}
ERRANDS: dict[str, str] = {
    "no JSON": "{",
    "nothing": "",
    "a list": "[]",
    "a text": '"atlassian"',
    "nothing named": "{}",
    "numbers for names": json.dumps({"program": 1, "account": 2, "webhook": 3, "delivery": 4}),
    "no program of ours": json.dumps(
        dict.fromkeys(("account", "webhook", "delivery"), "0" * 16) | {"program": "northwind"}
    ),
    "nobody's": json.dumps(
        dict.fromkeys(("account", "webhook", "delivery"), "0" * 16) | {"program": "atlassian"}
    ),
    "keys for names": json.dumps(
        dict.fromkeys(("program", "account", "webhook", "delivery"), "atlassian#ACCOUNT#X")
    ),
}


def forged(envelope: Json, changes: dict[str, Change]) -> Iterator[tuple[str, Json]]:
    """Each change alone, of an envelope that is good."""
    for says, change in changes.items():
        made = copy.deepcopy(envelope)
        change(made)
        yield says, made


def messages(body: str) -> Json:
    """As a queue hands one over."""
    record = {
        "messageId": "forged-1",
        "receiptHandle": "forged",
        "body": body,
        "attributes": {"ApproximateReceiveCount": "1"},
    }
    return {"Records": [record]}


def envelopes(genuine: Json) -> dict[str, Json]:
    """What a function behind the API may be called with by somebody else than the API."""
    claims = genuine["requestContext"]["authorizer"]["jwt"]["claims"]
    bare: Json = {"http": genuine["requestContext"]["http"], "stage": "$default"}
    changed: dict[str, Json] = {
        "nothing": {},
        "a schedule": {"source": "aws.scheduler", "detail-type": "Scheduled Event", "detail": {}},
        "an event of the bus": {"source": "training-credits", "detail": {"version": 1}},
        "a message": messages("{}"),
        "no context": {**genuine, "requestContext": {}},
        "no authorizer": {**genuine, "requestContext": bare},
        "no claims": {**genuine, "requestContext": bare | {"authorizer": {"jwt": {}}}},
        "claims of REST": {**genuine, "requestContext": bare | {"authorizer": {"claims": claims}}},
        "claims of a Lambda": {
            **genuine,
            "requestContext": bare | {"authorizer": {"lambda": claims}},
        },
        "claims of IAM": {**genuine, "requestContext": bare | {"authorizer": {"iam": claims}}},
        "claims in a header": {
            **genuine,
            "requestContext": bare,
            "headers": genuine["headers"] | {"x-claims": json.dumps(claims), **claims},
        },
        "claims in the body": {**genuine, "requestContext": bare, "body": json.dumps(claims)},
        "no subject": _claiming(genuine, bare, claims | {"sub": ""}),
        "no address": _claiming(genuine, bare, claims | {"email": ""}),
        "an address nobody has proven": _claiming(
            genuine, bare, claims | {"email_verified": "false"}
        ),
        "a key in a program": _claiming(
            genuine, bare, claims | {"custom:program": "atlassian#ACCOUNT"}
        ),
    }
    return changed


def _claiming(genuine: Json, bare: Json, claims: Json) -> Json:
    return {**genuine, "requestContext": bare | {"authorizer": {"jwt": {"claims": claims}}}}
