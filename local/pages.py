"""Two pages for a browser: what there is, and the mails. Everything shown is escaped."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any, Final

from local.clock import stamp
from local.http_event import Answer

if TYPE_CHECKING:
    from local.cloud import Cloud

HEADERS: Final = {
    "content-type": "text/html; charset=utf-8",
    # No script at all: what a mail brings with it stays dead.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
STYLE: Final = """
:root { color-scheme: light dark;
  --line: light-dark(#dde1e7, #333a45); --soft: light-dark(#5b6472, #98a2b3);
  --card: light-dark(#fff, #1a1f27); --page: light-dark(#f5f6f8, #11151b);
  --accent: light-dark(#0b6e4f, #5fd3a8) }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 62rem; padding: 2.5rem 1.25rem; background: var(--page);
  font: 16px/1.55 system-ui, sans-serif }
h1 { font-size: 1.6rem; margin: 0 }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; color: var(--soft) }
a { color: var(--accent) }
p { margin: .25rem 0 }
.soft { color: var(--soft) }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; margin-top: 1rem }
table { width: 100%; border-collapse: collapse; background: var(--card);
  border: 1px solid var(--line) }
td { padding: .45rem .8rem; border-top: 1px solid var(--line); overflow-wrap: anywhere }
code, pre { font: .9rem/1.5 ui-monospace, monospace }
article { background: var(--card); border: 1px solid var(--line); border-radius: .6rem;
  margin-top: 1.25rem; padding: 1rem 1.25rem }
article h2 { margin: 0; font-size: 1.1rem; color: inherit }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
iframe { width: 100%; height: 48rem; border: 1px solid var(--line); background: #fff }
"""


def index(cloud: "Cloud") -> Answer:
    mails, events, failures = len(cloud.inbox), len(cloud.events), len(cloud.failures)
    return _page(
        "Training Credits, locally",
        f"""<h1>Training Credits, locally</h1>
<p class="soft">It is <strong>{stamp(cloud.clock.now())}</strong> here. {escape(cloud.engine)}.
Card payments: {escape(cloud.takes_cards)}.</p>
<nav><a href="/_local/inbox/">Inbox ({mails})</a><a href="/_local/events">Events ({events})</a>
<a href="/_local/webhooks">Webhooks ({len(cloud.receiver.received)})</a>
<a href="/_local/failures">Failures ({failures})</a><a href="/_local/clock">Clock</a>
<a href="/.well-known/openid-configuration">Issuer</a></nav>
<h2>Routes</h2>{_table((r.method, r.path, r.function) for r in cloud.routes)}
<h2>On a schedule</h2>{_table((s.expression, s.function) for s in cloud.schedules)}
<h2>On an event</h2>{_table((str(r.pattern), r.function) for r in cloud.rules)}""",
    )


def inbox(cloud: "Cloud") -> Answer:
    """Newest first, because that is the one somebody waits for."""
    mails = "".join(map(_mail, reversed(cloud.inbox)))
    empty = '<p class="soft">No mail has been sent yet.</p>'
    return _page("Inbox", f'<p><a href="/">Back</a></p><h1>Inbox</h1>{mails or empty}')


def _mail(mail: dict[str, Any]) -> str:
    to = escape(", ".join([*mail["to"], *mail["cc"], *mail["bcc"]]))
    text = f"<pre>{escape(mail['text'])}</pre>" if mail["text"] else ""
    html = (
        f'<iframe sandbox title="The mail as HTML" srcdoc="{escape(mail["html"])}"></iframe>'
        if mail["html"]
        else ""
    )
    return f"""<article><h2>{escape(mail["subject"])}</h2>
<p class="soft">{escape(mail["from"])} to <strong>{to}</strong>, {escape(mail["sent_at"])}</p>
{html}{text}</article>"""


def _table(rows: Iterable[tuple[str, ...]]) -> str:
    cells = ("".join(f"<td><code>{escape(one)}</code></td>" for one in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _page(title: str, body: str) -> Answer:
    text = f"""<!doctype html><html lang="en"><meta charset="utf-8">
<title>{escape(title)}</title><meta name="viewport" content="width=device-width">
<style>{STYLE}</style><body>{body}</body></html>"""
    return Answer(status=200, body=text.encode(), headers=HEADERS)
