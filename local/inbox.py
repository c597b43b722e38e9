"""Every mail that was sent, as it would be read."""

import base64
import email
import email.policy
from collections import deque
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from local.clock import stamp

MAILS_KEPT = 10_000


class Inbox:
    """Hears what SES accepts. Newest last."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.mails: deque[dict[str, Any]] = deque(maxlen=MAILS_KEPT)

    def heard(self, request: Any, answer: Any) -> None:  # SendEmail, as JSON
        to = request.get("Destination", {})
        content = request["Content"]
        words = _simple(content["Simple"]) if "Simple" in content else _raw(content["Raw"])
        self.mails.append(
            {
                "id": answer["MessageId"],
                "sent_at": stamp(self._now()),
                "from": request.get("FromEmailAddress", ""),
                "to": to.get("ToAddresses", []),
                "cc": to.get("CcAddresses", []),
                "bcc": to.get("BccAddresses", []),
                "reply_to": request.get("ReplyToAddresses", []),
                **words,
            }
        )


def _simple(content: dict[str, Any]) -> dict[str, str]:
    body = content["Body"]
    return {
        "subject": content["Subject"]["Data"],
        "text": body.get("Text", {}).get("Data", ""),
        "html": body.get("Html", {}).get("Data", ""),
    }


def _raw(content: dict[str, Any]) -> dict[str, str]:
    message = email.message_from_bytes(
        base64.b64decode(content["Data"]), _class=EmailMessage, policy=email.policy.default
    )
    parts = {kind: message.get_body((kind,)) for kind in ("plain", "html")}
    text, html = (part.get_content() if part else "" for part in parts.values())
    return {"subject": str(message["Subject"]), "text": text, "html": html}
