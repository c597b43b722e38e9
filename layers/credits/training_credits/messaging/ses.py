"""Mail through SES; header fields are structured, so nothing can be injected into them."""

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionClosedError, ReadTimeoutError

from training_credits.messaging.tries import tries
from training_credits.ports import InDoubt, Mail

PAUSE = 0.5
TOO_FAST = frozenset({"TooManyRequestsException", "ThrottlingException", "Throttling"})


class Ses:
    """Implements `ports.Mailer`."""

    def __init__(self, sender: str) -> None:
        self._sender = sender
        # A mail that may have been taken is not sent again, as botocore's own tries would.
        self._client = boto3.client("sesv2", config=Config(retries={"total_max_attempts": 1}))

    def send(self, mail: Mail) -> None:
        """One mail to one person; whatever they read it with shows text, or HTML.

        Where SES only wants it slower, it is tried again here; all else is its caller's to repeat.
        """
        for left in tries(PAUSE):
            try:
                self._send(mail)
            except (ReadTimeoutError, ConnectionClosedError) as error:
                raise InDoubt("SES") from error
            except ClientError as error:
                if not left or error.response["Error"]["Code"] not in TOO_FAST:
                    raise
            else:
                return

    def _send(self, mail: Mail) -> None:
        self._client.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [mail.to]},
            Content={
                "Simple": {
                    "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
                    "Body": {
                        "Text": {"Data": mail.text, "Charset": "UTF-8"},
                        "Html": {"Data": mail.html, "Charset": "UTF-8"},
                    },
                    # So that nobody's out-of-office note answers a machine.
                    "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}],
                }
            },
        )
