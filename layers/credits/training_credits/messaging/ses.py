"""Mail through SES; header fields are structured, so nothing can be injected into them."""

import boto3
from botocore.config import Config

from training_credits.ports import Mail


class Ses:
    """Implements `ports.Mailer`."""

    def __init__(self, sender: str) -> None:
        self._sender = sender
        self._client = boto3.client("sesv2", config=Config(retries={"mode": "standard"}))

    def send(self, mail: Mail) -> None:
        """One plain text mail to one person."""
        self._client.send_email(
            FromEmailAddress=self._sender,
            Destination={"ToAddresses": [mail.to]},
            Content={
                "Simple": {
                    "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
                    "Body": {"Text": {"Data": mail.text, "Charset": "UTF-8"}},
                }
            },
        )
