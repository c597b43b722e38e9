"""What `make local` prints: everything somebody needs to begin, in one screen."""

from typing import Final

from rich.console import Console
from rich.table import Table

from local.cloud import Cloud
from local.template import ROOT

PROGRAM: Final = "atlassian"
PEOPLE: Final = (
    ("OWNER", "ann@acme.example", "Ann Owner", ()),
    ("LEARNER", "lee@acme.example", "Lee Learner", ()),
    ("OPERATOR", "ops@vendor.example", "Olga Operator", ("operator",)),
)
COMMANDS: Final = r"""ask() { curl -sS -X "$1" "$API$2" -H "authorization: Bearer $3" \
  -H 'content-type: application/json' ${4:+-d "$4"} \
  -H "idempotency-key: paste-$(echo "$1$2${4-}" | cksum | cut -d' ' -f1)"; echo; }
field() { sed -n '/urn:.*:problem/!s/.*"'"$1"'":"\([^"]*\)".*/\1/p'; }
ACCOUNT=/v1/accounts/$(ask POST /v1/accounts "$OWNER" \
  '{"name": "Acme", "approval": "manual"}' | field account)
ORDER=$ACCOUNT/orders/$(ask POST "$ACCOUNT/orders" "$OWNER" \
  '{"credits": 20000, "billing": {"company": "Acme", "country": "US"}}' | field order)
paid() { ask GET "$ORDER" "$OWNER" | grep '"lot"'; }
paid || { ask POST "$ORDER/payment" "$OWNER" '{"method": "pm_card_visa"}'
  for second in 1 2 3 4 5; do sleep 1; paid && break; done; }
CODE=$(ask POST "$ACCOUNT/codes" "$OWNER" '{}' | field code)
REQUEST=$(ask POST /v1/redemptions "$LEARNER" \
  '{"title": "Jira course", "credits": 300, "code": "'"$CODE"'"}' | field redemption)
ask POST "$ACCOUNT/decisions" "$OWNER" '{"verdict": "approve", "redemptions": ["'"$REQUEST"'"]}'
ask GET "$ACCOUNT" "$OWNER"
curl -sS "$API/_local/clock" -d '{"advance": "P30D"}'"""


def show(console: Console, cloud: Cloud, seconds: float) -> None:
    console.print(f"[bold]Training Credits[/] runs at [bold]{cloud.url}[/] ({seconds:.1f} s)\n")
    console.print(_what_runs_where(cloud))
    console.print("\n[bold]Paste[/] (tokens are good for 12 hours):\n")
    # Plain and unwrapped: what is pasted must be what was meant.
    print(f"export API={cloud.url}")
    for variable, email, name, groups in PEOPLE:
        token = cloud.token(email=email, name=name, program=PROGRAM, groups=groups)
        print(f"export {variable}={token}")
    print(COMMANDS)
    console.print("\nCtrl-C ends it and leaves nothing running.", style="dim")


def _what_runs_where(cloud: Cloud) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_row("Table", cloud.engine.removeprefix("Table in "))
    table.add_row(
        "Functions", f"{len(cloud.functions)}, in {cloud.runs_in}; log in {_short(cloud)}"
    )
    table.add_row("Card payments", cloud.takes_cards)
    table.add_row("Other services", "moto, in memory")
    table.add_row("Clock", f"{cloud.clock.now():%Y-%m-%d %H:%M} UTC; {cloud.url}/_local/clock")
    table.add_row("Mails, events", f"{cloud.url}/_local/inbox/  {cloud.url}/_local/events")
    kinds = sorted({kind.split("::")[1] for kind in cloud.not_made.values()})
    table.add_row("Not made here", f"{', '.join(kinds)}: {len(cloud.not_made)} resources")
    return table


def _short(cloud: Cloud) -> str:
    inside = cloud.log.is_relative_to(ROOT)
    return str(cloud.log.relative_to(ROOT) if inside else cloud.log)
