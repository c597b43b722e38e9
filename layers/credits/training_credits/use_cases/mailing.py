"""How a mail goes out: written in its reader's language, and handed over at most once."""

from dataclasses import dataclass

from training_credits.domain.model import Preferences
from training_credits.domain.program import Program
from training_credits.mails import written
from training_credits.ports import InDoubt, Ledger, Mail, Mailer, Outbox

NOTHING_CHOSEN = Preferences()


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """What mails are sent with."""

    ledger: Ledger
    outbox: Outbox
    mailer: Mailer
    portal_url: str


def frame(office: Office, program: Program, account_id: str) -> dict[str, object]:
    """What every mail says, and where its links lead."""
    return {"account": account_id, "portal": office.portal_url, "program_name": program.name}


def mail_of(address: str, kind: str, facts: dict[str, object], language: str | None) -> Mail:
    """A mail in the language somebody reads, if there is one."""
    words = written(kind, facts, language)
    return Mail(to=address, subject=words.subject, text=words.text, html=words.html)


def send_once(office: Office, program: str, message_id: str, mail: Mail) -> bool:
    """A mail that could not be handed over may be tried again; one that may have been, not."""
    if not office.outbox.claim(program, message_id):
        return False
    try:
        office.mailer.send(mail)
    except InDoubt:
        raise
    except Exception:
        office.outbox.release(program, message_id)
        raise
    return True
