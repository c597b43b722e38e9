"""Runs functions: in this process, where a break-point works, or each in the real emulator."""

import contextlib
import importlib.util
import json
import os
import queue
import sys
import threading
import time
import traceback
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from local.emulator import Emulator, FunctionError
from local.intrinsics import ACCOUNT
from local.logs import inside_a_function
from local.stack import Function
from local.template import REGION

OFFSET = "CLOCK_OFFSET_SECONDS"
EMULATORS_EACH = 3


class Runtime(Protocol):
    """Whoever can call a function. FunctionError when the function failed."""

    # How often one move of the clock may call functions before it takes longer than a person waits.
    firings_max: int

    def invoke(self, name: str, event: Any) -> Any: ...  # any JSON

    def clock_moved(self, offset_seconds: float) -> None: ...

    def close(self) -> None: ...


@dataclass(kw_only=True, slots=True)
class Context:
    """What Lambda tells a function about its call."""

    function_name: str
    memory_limit_in_mb: int
    deadline: float
    function_version: str = "$LATEST"
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    log_group_name: str = "local"
    log_stream_name: str = "local"
    identity: None = None
    client_context: None = None

    @property
    def invoked_function_arn(self) -> str:
        return f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int((self.deadline - time.monotonic()) * 1000))


class InProcess:
    """One call at a time: a Lambda environment never sees two, and Powertools relies on it."""

    firings_max = 24

    def __init__(
        self, functions: Mapping[str, Function], layers: list[Path], environment: Mapping[str, str]
    ) -> None:
        self._functions = functions
        self._handlers: dict[str, Callable[[Any, Context], Any]] = {}
        self._one_at_a_time = threading.Lock()
        self._leave = contextlib.ExitStack()
        self._leave.enter_context(environment_of(_agreed(functions, environment)))
        self._leave.enter_context(fresh_imports(layers))

    def invoke(self, name: str, event: Any) -> Any:
        function = self._functions[name]
        text = json.dumps(event)
        with self._one_at_a_time, inside_a_function():
            context = Context(
                function_name=name,
                memory_limit_in_mb=function.memory_mib,
                deadline=time.monotonic() + function.timeout_seconds,
            )
            try:
                answer = json.dumps(self._handler(function)(json.loads(text), context))
            except (Exception, SystemExit) as error:
                # To where functions log, as Lambda does.
                print(traceback.format_exc())
                raise FunctionError(
                    {"errorType": type(error).__name__, "errorMessage": str(error)}
                ) from error
        return json.loads(answer)

    def clock_moved(self, offset_seconds: float) -> None:
        os.environ[OFFSET] = repr(offset_seconds)

    def close(self) -> None:
        self._leave.close()

    def _handler(self, function: Function) -> Callable[[Any, Context], Any]:
        if function.name not in self._handlers:
            file, _, name = function.handler.rpartition(".")
            module = _module(function.folder / f"{file}.py")
            self._handlers[function.name] = getattr(module, name)
        return self._handlers[function.name]


class Emulators:
    """A few emulators for each function, started when calls come at the same time."""

    # Each move of the clock starts them anew.
    firings_max = 4

    def __init__(
        self,
        functions: Mapping[str, Function],
        layers: list[Path],
        environment: Mapping[str, str],
        log: Path,
    ) -> None:
        self._variables = {
            name: {
                **environment,
                **function.environment,
                "AWS_LAMBDA_FUNCTION_NAME": name,
                "AWS_LAMBDA_FUNCTION_TIMEOUT": str(function.timeout_seconds),
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mib),
            }
            for name, function in functions.items()
        }
        self._all = {
            name: [
                Emulator(one.folder, one.handler, layers, self._variables[name], log=log)
                for _ in range(EMULATORS_EACH)
            ]
            for name, one in functions.items()
        }
        # Last in, first out: a warm one is used again before another is started.
        self._idle: dict[str, queue.LifoQueue[Emulator]] = {}
        for name, emulators in self._all.items():
            self._idle[name] = queue.LifoQueue()
            for emulator in emulators:
                self._idle[name].put(emulator)

    def invoke(self, name: str, event: Any) -> Any:
        emulator = self._idle[name].get()
        try:
            return emulator.invoke(event)
        finally:
            self._idle[name].put(emulator)

    def clock_moved(self, offset_seconds: float) -> None:
        """End them: a function reads its environment once, when it starts."""
        for variables in self._variables.values():
            variables[OFFSET] = repr(offset_seconds)
        self.close()

    def close(self) -> None:
        for emulators in self._all.values():
            for emulator in emulators:
                emulator.close()


class Serialised:
    """One call at a time of all: moto is not atomic across threads."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._one_at_a_time = threading.Lock()
        self.firings_max = runtime.firings_max
        self.clock_moved, self.close = runtime.clock_moved, runtime.close

    def invoke(self, name: str, event: Any) -> Any:
        with self._one_at_a_time:
            return self._runtime.invoke(name, event)


def _agreed(functions: Mapping[str, Function], environment: Mapping[str, str]) -> dict[str, str]:
    """One environment for all, which is only right while no two functions contradict each other."""
    agreed = dict(environment)
    for function in functions.values():
        for name, value in function.environment.items():
            if agreed.setdefault(name, value) != value:
                raise ValueError(f"functions disagree on {name}; use RUNTIME=emulator")
    return agreed


@contextlib.contextmanager
def environment_of(variables: Mapping[str, str], without: Sequence[str] = ()) -> Iterator[None]:
    """Our own environment for as long as this lasts."""
    former = dict(os.environ)
    os.environ.update(variables)
    for name in without:
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(former)


@contextlib.contextmanager
def fresh_imports(layers: list[Path]) -> Iterator[None]:
    """As in a new Lambda environment: nobody's cached client or setting is found again."""
    names = {path.name for layer in layers for path in layer.iterdir() if path.is_dir()}
    former = _forget(names)
    path = sys.path[:]
    sys.path[:0] = [str(layer) for layer in layers]
    try:
        yield
    finally:
        _forget(names)
        sys.modules.update(former)
        sys.path[:] = path


def _forget(names: set[str]) -> dict[str, ModuleType]:
    ours = [name for name in sys.modules if name.partition(".")[0] in names]
    return {name: sys.modules.pop(name) for name in ours}


def _module(path: Path) -> ModuleType:
    """By path and under a name of its own, because every function calls its file app.py."""
    name = f"functions.{path.parent.name}.{path.stem}"
    spec = importlib.util.spec_from_file_location(f"local_{name}", path)
    if not spec or not spec.loader:
        raise ImportError(f"cannot import {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
