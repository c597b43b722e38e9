"""How a mail looks: what a screen reader, a dark screen and somebody without images are given."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from tests.unit.test_mails import FACTS
from training_credits.mails import KINDS, Written, written
from training_credits.mails.files import table

# Every name a mail of ours uses, whatever the mail.
ANY = FACTS | dict.fromkeys(
    (
        *("company", "product", "buyer_email", "currency", "valid_until", "usable_from"),
        *("usable_by", "code", "expires_on", "attendee", "attended", "note", "requested_on"),
        *("lapses_at", "starts_on", "holder", "hint", "usable_until", "added_by", "role", "email"),
        *("customer", "day", "who", "posted_at"),
    ),
    "<b>&amp;",
)
NUMBERS = {"total_minor": 160_000, "change": -39, "count": 3, "shown": 3, "returned": 300}
LINES = [{"at": "09:06", "kind": "redeem", "change": -39, "title": "<i>", "who": "lee"}]
EVERYTHING = ANY | NUMBERS | {"kind": "redeem"}


def mail_of(kind: str, language: str = "en", **facts: object) -> Written:
    """A mail with every fact it names: those nobody thought of here are a seven."""
    words = table("en")[kind]
    named = re.findall(r"\$(\w+)", str(words) + str(KINDS[kind].link))
    lines = [dict.fromkeys(re.findall(r"\$(\w+)", words.get("each", "")), 7) | LINES[0]]
    known = dict.fromkeys(named, 7) | EVERYTHING | {"lines": lines}
    return written(kind, known | facts, language)


class Seen(HTMLParser):
    """Tags, addresses and words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_is_whole_and_fetches_nothing(kind: str) -> None:
    seen = Seen(mail_of(kind).html)
    assert not seen.open
    known = {"html", "head", "meta", "title", "style", "body", "div", "p", "h1", "a"}
    assert set(seen.tags) <= known | {"table", "tr", "th", "td", "ul", "li"}
    assert all(address.startswith("https://credits.example/") for address in seen.addresses)
    assert not re.search(r"url\(|@import|\bon\w+=", mail_of(kind).html)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_has_one_button_at_most_and_says_why_one_gets_it(kind: str) -> None:
    mail, about = mail_of(kind), KINDS[kind]
    assert mail.html.count('class="button"') == (about.link is not None)
    assert "You get this mail because " in mail.text
    assert ("It cannot be turned off." in mail.text) == about.obliged
    assert mail.text.endswith(": https://credits.example/preferences\n")
    assert 'href="https://credits.example/preferences"' in mail.html


@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_say_the_same(kind: str) -> None:
    mail = mail_of(kind)
    body = mail.html.partition("<h1")[2].partition(">")[2]
    words = unescape(re.sub(r"<[^>]+>", " ", body)).split()
    said = [word for word in mail.text.split() if not word.startswith("http") and word != "--"]
    assert {word.strip(":-") for word in said} - {""} <= {word.strip(":-") for word in words}


def test_names_are_shown_and_never_run() -> None:
    mail = mail_of("RedemptionRequested", learner="<script>alert(1)</script>", title='"&$name')
    assert "<script>" not in mail.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in mail.html
    assert "&quot;&amp;$name" in mail.html
    assert "<script>alert(1)</script> would like" in mail.text


def test_what_a_link_names_cannot_lead_elsewhere() -> None:
    mail = mail_of("RedemptionRequested", redemption='../../@evil.example/?"x')
    link = "https://credits.example/accounts/A1/redemptions/..%2F..%2F%40evil.example%2F%3F%22x"
    assert f'href="{link}"' in mail.html
    assert link in mail.text


def test_a_screen_reader_knows_the_language_and_a_dark_screen_has_colours() -> None:
    html = mail_of("RedemptionRequested").html
    assert '<html lang="en">' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    dark = re.search(r"prefers-color-scheme: dark\) \{(.*)\n\}\n</style>", html, re.DOTALL)
    assert dark is not None
    assert {"page", "card", "text", "soft", "line", "button"} == set(
        re.findall(r"\.(\w+) \{", dark[1])
    )


PAIRS = [
    ("#16191d", "#ffffff"),  # text
    ("#5b6472", "#ffffff"),  # what is said softly
    ("#ffffff", "#0b6e4f"),  # the button
    ("#e6e9ee", "#1a1f27"),  # the same in the dark
    ("#a9b3c1", "#1a1f27"),
    ("#0d1f18", "#5fd3a8"),
]


@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_every_word_can_be_read(ink: str, paper: str) -> None:
    """At least 4.5 to 1, as WCAG 2.2 asks of text."""
    html = mail_of("RedemptionRequested").html
    assert ink in html
    assert paper in html
    lighter, darker = sorted((luminance(ink), luminance(paper)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_details_are_a_table_and_what_is_not_known_is_left_out() -> None:
    mail = mail_of("TransactionPosted", who="", title="Jira")
    assert "Transaction: Redeemed\nFor: Jira\nCredits: -39\n" in mail.text
    assert '<th scope="row"' in mail.html
    assert "Learner" not in mail.html


def test_lines_are_a_list() -> None:
    mail = mail_of("Digest", lines=[*LINES, {**LINES[0], "change": 12, "kind": "return"}])
    assert "\n- 09:06 Redeemed: -39 <i> lee\n- 09:06 Returned: +12 <i> lee\n" in mail.text
    assert mail.html.count("<li ") == 2
    assert "&lt;i&gt;" in mail.html
