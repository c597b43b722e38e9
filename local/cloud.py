"""The whole cloud as one context manager: what `make local`, the demo and tests start."""

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from local import console, dynamodb_local, emulator, logs, stack
from local.bus import EVENTS_KEPT, Bus, Calls
from local.cards import Cards
from local.clock import Clock
from local.dynamodb_local import DynamoDBLocal
from local.emulator import FunctionError
from local.feeds import Feeds
from local.gateway import Gateway, Server
from local.http_event import Answer, Request
from local.inbox import Inbox
from local.provision import Clients, Resources
from local.receiver import Receiver
from local.runtime import (
    Emulators,
    InProcess,
    Runtime,
    Serialised,
    environment_of,
    fresh_imports,
)
from local.services import PUT_EVENTS, SEND_MAIL, Services
from local.starting import (
    FOREIGN,
    IDENTITY,
    CannotStart,
    folder_of_state,
    read_programs,
    runtime_named,
)
from local.template import ROOT, translate
from local.tokens import AUDIENCE, Issuer

STACK = "training-credits"
FLUSH_SECONDS = 60
ENGINES = ("dynamodb-local", "moto")


class Cloud:
    """Between `with` and its end everything runs; afterwards nothing is left.

    In memory, everything is forgotten at the end; else the table, the clock and the keys are kept
    under `.local`. Port 0 takes any free one. `engine` and `runtime` choose themselves.
    """

    def __init__(  # each has a default
        self,
        *,
        port: int = 8080,
        in_memory: bool = False,
        engine: str | None = None,
        runtime: str | None = None,
        template: Path = ROOT / "template.yaml",
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._port, self._path = port, template
        self._engine = engine or ("moto" if dynamodb_local.missing() else "dynamodb-local")
        # A clock and a place in the stream would outlive the table they belong to.
        self._in_memory = in_memory or self._engine == "moto"
        self._emulated = runtime_named(runtime or os.environ.get("RUNTIME", "")) == "emulator"
        self._progress = progress
        self.issuer: Issuer
        self.receiver: Receiver
        self.failures: deque[dict[str, Any]] = deque(maxlen=EVENTS_KEPT)

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as leave:
            self._start(leave)
            self._leave = leave.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._leave.close()

    @property
    def inbox(self) -> Sequence[dict[str, Any]]:
        return self._inbox.mails

    @property
    def events(self) -> Sequence[dict[str, Any]]:
        return self._bus.events

    @property
    def engine(self) -> str:
        """Where the table lives and what that means, in one line."""
        if self._engine == "moto":
            return "Table in moto: memory only, and one call at a time, since moto is not atomic"
        kept = "in memory" if self._in_memory else "kept in .local/dynamodb"
        return f"Table in DynamoDB Local: atomic, {kept}"

    @property
    def runs_in(self) -> str:
        """Where functions run."""
        return "the Lambda emulator" if self._emulated else "this process"

    @property
    def takes_cards(self) -> str:
        """Who takes the money, in one line."""
        return self._cards.says

    def token(self, *, email: str, name: str, program: str, groups: Sequence[str] = ()) -> str:
        return self.issuer.token(email=email, name=name, program=program, groups=groups)

    def flush(self) -> None:
        """Wait until payments, stream, bus, queues and mails are done. TimeoutError if never."""
        self._cards.settle()
        deadline = time.monotonic() + FLUSH_SECONDS
        before: tuple[int, int] | None = None
        # Until a whole round finds nothing more, also of what other threads deliver meanwhile.
        while before != (now := (self._calls.count, self._feeds.count)):
            before = now
            if not self._calls.drained(deadline - time.monotonic()):
                raise TimeoutError("events are still being delivered")
            self._feeds.drain()

    def _start(self, leave: contextlib.ExitStack) -> None:
        if self._emulated and (lacking := emulator.missing()):
            raise CannotStart(f"{lacking}. `make build` sets up all that is needed.")
        leave.enter_context(environment_of(IDENTITY, without=FOREIGN))
        self.state = folder_of_state(leave, in_memory=self._in_memory)
        self.log = self.state / "functions.log"
        leave.enter_context(logs.kept_in(self.log))
        server = self._listen(leave)
        self.url = server.url
        self.issuer = Issuer(self.url, self.state / "issuer.pem")
        self._provision(leave)
        self._run_functions(leave)
        self._connect(leave)
        self._gateway = Gateway(self.routes, self.runtime, self.issuer)
        leave.callback(server.close)
        server.start()

    def _listen(self, leave: contextlib.ExitStack) -> Server:
        try:
            server = Server(self._port, self._reply)
        except OSError as error:
            raise CannotStart(
                f"Port {self._port} is taken ({error.strerror}). Try PORT={self._port + 1}."
            ) from None
        leave.callback(server.server_close)
        return server

    def _provision(self, leave: contextlib.ExitStack) -> None:
        """Java and localstripe start while we do: each takes about a second."""
        with ThreadPoolExecutor(2) as beside:
            engine = beside.submit(self._start_engine, leave)
            cards = beside.submit(self._start_cards, leave)
            self._progress("Starting the services")
            self._services = leave.enter_context(Services())
            self._progress(f"Starting {self._engine} and localstripe")
            cards.result()
            table = engine.result() or self._services.url
        self._table_url = table
        self._progress("Reading template.yaml")
        parameters = {"Issuer": self.url, "Audience": AUDIENCE, "PortalUrl": self.url}
        self.template = translate(self._path, {**parameters, **self._cards.parameters})
        self._progress("Making table, bus, queues and secrets")
        clients = Clients(table=table, services=self._services.url)
        self._cards.connect(clients["secretsmanager"], self.url)
        self.resources = Resources(self.template, stack=STACK, clients=clients, state=self.state)
        self.not_made = self.resources.make_all()
        self.functions = stack.functions(self.resources)
        for function in self.functions.values():
            if sender := function.environment.get("MAIL_FROM"):
                # The template leaves the identity to the deployer.
                clients["ses"].verify_email_identity(EmailAddress=sender)

    def _start_engine(self, leave: contextlib.ExitStack) -> str | None:
        if self._engine == "moto":
            return None
        made = DynamoDBLocal.start(
            in_memory=self._in_memory, directory=self.state, log=self.state / "dynamodb.log"
        )
        return leave.enter_context(made).endpoint_url

    def _start_cards(self, leave: contextlib.ExitStack) -> None:
        self._cards = leave.enter_context(Cards.start(self.state / "localstripe.log"))

    def _run_functions(self, leave: contextlib.ExitStack) -> None:
        layers = [
            ROOT / one["Content"]["S3Key"]
            for one in self.resources.of_type("AWS::Lambda::LayerVersion").values()
        ]
        with fresh_imports(layers):
            read_programs()
        environment = {
            **IDENTITY,
            "AWS_ENDPOINT_URL": self._services.url,
            "AWS_ENDPOINT_URL_DYNAMODB": self._table_url,
            **self._cards.environment,
        }
        self.runtime: Runtime
        if self._emulated:
            log = self.state / "emulators.log"
            self.runtime = Emulators(self.functions, layers, environment, log)
            if self._engine == "moto":
                self.runtime = Serialised(self.runtime)
        else:
            self.runtime = InProcess(self.functions, layers, environment)
        leave.callback(self.runtime.close)

    def _connect(self, leave: contextlib.ExitStack) -> None:
        """Schedules, stream, bus and mail, each to the functions the template names."""
        self.routes = stack.routes(self.resources)
        self.schedules, self.rules = stack.schedules(self.resources), stack.rules(self.resources)
        self._calls = Calls(self.runtime, self.functions, self._failed)
        kept = self.state / "clock"
        self._services.now = self._now
        self._feeds = Feeds(self.resources, self.runtime, self.state, self._now, self._failed)
        calls, shows_next = self._calls.now, self._feeds.shows_next
        self.clock = Clock(self.runtime, self.schedules, kept, calls, self.flush, shows_next)
        self._bus = Bus(self.rules, self._calls, self.clock.now)
        self._inbox, self.receiver = Inbox(self.clock.now), Receiver(self.clock.now)
        self._services.listeners.update({PUT_EVENTS: self._bus.heard, SEND_MAIL: self._inbox.heard})
        for running in (self._calls, self._feeds, self.clock):
            leave.callback(running.close)
            running.start()

    def _now(self) -> datetime:
        return self.clock.now()

    def _failed(self, function: str, event: Any, error: FunctionError) -> None:
        failed = {"function": function, "error": error.payload, "event": event}
        self.failures.append({"at": datetime.now(UTC).isoformat(), **failed})

    def _reply(self, request: Request) -> Answer:
        reply = console.answer(self, request) or self._gateway.answer(request)
        self._cards.heard(request)
        self.receiver.heard(request, reply)
        if request.method != "GET":
            self._feeds.wake()
        return reply
