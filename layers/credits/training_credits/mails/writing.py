"""From an event's facts to a mail: the same words as text and as HTML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from string import Template
from typing import Any, cast
from urllib.parse import quote

from training_credits.mails.facts import shown, visible
from training_credits.mails.files import ENGLISH, language_of, layout, table
from training_credits.mails.kinds import KINDS

PREFERENCES = "/preferences"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A mail in words; the subject is one line whatever the facts hold."""

    subject: str
    text: str
    html: str
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Content:
    """What a mail says, before it is text or HTML."""

    program: str
    subject: str
    paragraphs: tuple[str, ...]
    details: Pairs
    lines: tuple[str, ...]
    button: tuple[str, str] | None
    because: str
    preferences: tuple[str, str]


def written(kind: str, facts: Mapping[str, object], language: str | None = ENGLISH) -> Written:
    """A mail, in the language that is wanted if there are words for it.

    KeyError for a mail nobody wrote, or a fact it names that is not there.
    """
    chosen = language_of(kind, language)
    content = _content(kind, facts, table(chosen))
    return Written(
        subject=content.subject,
        text="\n\n".join(_text(content)) + "\n",
        html=_html(content, chosen),
        language=chosen,
    )


def _content(kind: str, facts: Mapping[str, object], words: Mapping[str, Any]) -> _Content:
    said, about, values = words[kind], KINDS[kind], shown(facts, words)
    frame, portal = words["layout"], str(facts["portal"])
    details = [(label, _filled(value, values)) for label, value in said.get("details", ())]
    why = frame["because"].replace("$why", words["why"][about.why])
    return _Content(
        program=values.get("program_name", ""),
        subject=_filled(said["subject"], values),
        paragraphs=tuple(_filled(part, values) for part in said["text"].strip().split("\n\n")),
        details=[(label, value) for label, value in details if value],
        lines=tuple(_lines(said.get("each"), facts, words)),
        button=(said["button"], portal + _link(about.link, facts)) if about.link else None,
        because=f"{why} {frame['obliged']}" if about.obliged else why,
        preferences=(frame["preferences"], portal + PREFERENCES),
    )


def _filled(words: str, values: Mapping[str, str]) -> str:
    """On one line; a fact is never a template, for what was filled in is not looked at again."""
    return " ".join(Template(" ".join(words.split())).substitute(values).split())


def _lines(
    each: str | None, facts: Mapping[str, object], words: Mapping[str, Any]
) -> Iterator[str]:
    if each is not None:
        for one in cast("Sequence[Mapping[str, object]]", facts["lines"]):
            yield _filled(each, shown(one, words))


def _link(link: str, facts: Mapping[str, object]) -> str:
    """Its facts are parts of a path, whatever they hold."""
    path = Template(link)
    named = {name: quote(visible(str(facts[name])), safe="") for name in path.get_identifiers()}
    return path.substitute(named)


def _text(content: _Content) -> Iterator[str]:
    yield from content.paragraphs
    if content.details:
        yield "\n".join(f"{label}: {value}" for label, value in content.details)
    if content.lines:
        yield "\n".join(f"- {line}" for line in content.lines)
    if content.button:
        yield ": ".join(content.button)
    yield f"-- \n{content.because}\n{': '.join(content.preferences)}"


def _html(content: _Content, language: str) -> str:
    """Everything is escaped as it is filled in; the parts themselves hold no words."""
    body = "".join(_part("paragraph", text=one) for one in content.paragraphs)
    if content.details:
        rows = "".join(_part("detail", label=label, value=v) for label, v in content.details)
        body += layout()["details"].substitute(rows=rows)
    if content.lines:
        rows = "".join(_part("line", text=line) for line in content.lines)
        body += layout()["lines"].substitute(rows=rows)
    if content.button:
        text, url = content.button
        body += _part("button", text=text, url=url)
    name, url = content.preferences
    said = {
        "language": language,
        "program": content.program,
        "subject": content.subject,
        "because": content.because,
        "preferences": name,
        "preferences_url": url,
    }
    escaped = {name: escape(value) for name, value in said.items()}
    return layout()["page"].substitute(escaped, body=body)


def _part(name: str, **said: str) -> str:
    return layout()[name].substitute({key: escape(value) for key, value in said.items()})
