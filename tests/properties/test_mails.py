"""Whatever people are called, a mail's header is one line and its HTML runs nothing."""

import email.policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber
from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.test_mail_layout import mail_of
from training_credits.mails import KINDS, facts
from training_credits.mails.facts import visible
from training_credits.messaging.ses import Ses
from training_credits.ports import Mail

pytestmark = pytest.mark.proves("G10")

EVIL = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "Lee\r\nBcc: x@evil.example",
            "Lee\nSubject: other\n\nbody",
            "\u2028\u2029\x85\x0b\x0c",
            "$name ${portal} $$ {0} %s",
            "<script>alert(1)</script>",
            '"><img src=x onerror=alert(1)>',
            "</style><a href=javascript:alert(1)>",
            "&lt;b&gt;",
            "\u202eeil",
        ]
    ),
    st.text(alphabet="\r\n\t <>\"'&$:\u2028Bc", max_size=20),
)
NAMES = ("learner", "title", "attendees", "company", "buyer", "holder", "note", "email", "customer")
KIND = st.sampled_from(sorted(KINDS))
LANGUAGE = st.sampled_from(["en", "de"])


class Tags(HTMLParser):
    """The tags of a page and their attributes, without the words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


def outline(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return Tags(html).found


@pytest.mark.proves("T15")
@given(kind=KIND, language=LANGUAGE, said=st.fixed_dictionaries(dict.fromkeys(NAMES, EVIL)))
@example(kind="TransactionPosted", language="en", said=dict.fromkeys(NAMES, "\u200b"))
def test_no_name_reaches_a_header_a_line_or_a_tag(
    kind: str, language: str, said: dict[str, str]
) -> None:
    # What shows nothing has no line of its own.
    usual = mail_of(
        kind, language, **{name: visible(text) and "Lee" for name, text in said.items()}
    )
    mail = mail_of(kind, language, **said)
    assert mail.subject.isprintable()
    assert len(mail.subject.splitlines()) <= 1
    assert outline(mail.html) == outline(usual.html)
    assert len(mail.text.splitlines()) == len(usual.text.splitlines())
    Mail(to="lee@acme.example", subject=mail.subject, text=mail.text, html=mail.html)


@pytest.mark.proves("T15")
@given(name=EVIL)
def test_what_a_header_would_be_made_of_is_refused_before_it_is_sent(name: str) -> None:
    """Should words ever come to a mail without having been shown on one line."""
    if name.isprintable():
        assert Mail(to="a@b.example", subject=name, text="", html="").subject == name
        return
    for to, subject in (("a@b.example", name), (name, "Hello")):
        with pytest.raises(ValueError, match="one line"):
            Mail(to=to, subject=subject, text="", html="")


@pytest.mark.proves("T15")
@given(said=EVIL)
def test_a_mail_as_a_server_would_write_it_has_no_header_more(said: str) -> None:
    """The message that is sent, made the strict way and read again."""
    mail = mail_of("RedemptionRequested", learner=said, title=said)
    message = EmailMessage(policy=email.policy.SMTP)
    message["To"], message["Subject"] = "ann@acme.example", mail.subject
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    head, _, _ = message.as_bytes().partition(b"\r\n\r\n")
    names = {line.partition(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"}
    assert names == {b"To", b"Subject", b"MIME-Version", b"Content-Type"}


def test_a_planted_bug_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were names put in as they are, the first property would see it."""
    monkeypatch.setattr(facts, "visible", lambda text: text)
    monkeypatch.setattr("training_credits.mails.writing._filled", _as_it_is)
    said = dict.fromkeys(NAMES, "<b>Lee</b>\r\nBcc: x@evil.example")
    with pytest.raises(AssertionError):
        test_no_name_reaches_a_header_a_line_or_a_tag.hypothesis.inner_test(
            kind="RedemptionRequested", language="en", said=said
        )


def _as_it_is(words: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        words = words.replace(f"${name}", value)
    return words


def test_ses_is_given_text_and_html_and_says_that_no_person_wrote_it() -> None:
    ses = object.__new__(Ses)
    client: Any = boto3.client("sesv2", region_name="us-east-1")
    vars(ses).update(_sender="credits@vendor.example", _client=client)
    mail = Mail(to="ann@acme.example", subject="S", text="T\n", html="<p>T</p>\n")
    asked = {
        "FromEmailAddress": "credits@vendor.example",
        "Destination": {"ToAddresses": ["ann@acme.example"]},
        "Content": {
            "Simple": {
                "Subject": {"Data": "S", "Charset": "UTF-8"},
                "Body": {
                    "Text": {"Data": "T\n", "Charset": "UTF-8"},
                    "Html": {"Data": "<p>T</p>\n", "Charset": "UTF-8"},
                },
                "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}],
            }
        },
    }
    with Stubber(client) as stub:
        stub.add_response("send_email", {"MessageId": "1"}, asked)
        ses.send(mail)
