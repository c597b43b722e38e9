"""What mails are sent with, for every function that sends some."""

from training_credits.edge import settings, wiring
from training_credits.use_cases.mailing import Office


def office() -> Office:
    """The table knows whom, and what was sent; the mail service sends."""
    table, portal_url = wiring.ledger(), settings.text("PORTAL_URL")
    return Office(ledger=table, outbox=table, mailer=wiring.mailer(), portal_url=portal_url)
