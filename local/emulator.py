"""One function in the real Lambda runtime interface emulator, as AWS would start it."""

import http.client
import importlib.util
import json
import os
import platform
import sys
import sysconfig
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from local.processes import START_SECONDS, Child, Closing, NotStarted, free_port

# Longer than any time-out in the template; the emulator itself ends a function that is late.
ANSWER_SECONDS = 330
INVOKE = "/2015-03-31/functions/function/invocations"


class FunctionError(RuntimeError):
    """The function raised, timed out or left. `payload` is what Lambda answers then."""

    def __init__(self, payload: Any) -> None:  # any JSON
        super().__init__(json.dumps(payload))
        self.payload = payload


def binary() -> Path | None:
    """The emulator: LAMBDA_RIE, else the one inside aws-sam-cli beside this Python."""
    machine = "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"
    bundled = Path(sysconfig.get_path("purelib")) / f"samcli/local/rapid/aws-lambda-rie-{machine}"
    path = Path(os.environ.get("LAMBDA_RIE", bundled))
    return path if path.is_file() and sys.platform == "linux" else None


def missing() -> str | None:
    """What this machine lacks to emulate, in words; None when it can."""
    if not binary():
        return "The emulator is not here: it is part of aws-sam-cli, on Linux (or set LAMBDA_RIE)"
    client = importlib.util.find_spec("awslambdaric")
    return None if client else "awslambdaric is not installed"


class Emulator(Closing):
    """Started at the first call, and again when it died. Calls wait for one another."""

    def __init__(
        self,
        code: Path,
        handler: str,
        path: list[Path],
        environment: dict[str, str],
        *,
        log: Path = Path(os.devnull),
    ) -> None:
        self._code, self._handler, self._path = code, handler, path
        self._environment, self._log = environment, log
        self._child: Child | None = None
        self._port = 0
        # A second call at the same time crashes the emulator.
        self._one_at_a_time = threading.Lock()

    def invoke(self, event: Any, headers: Mapping[str, str] | None = None) -> Any:  # any JSON
        """The function's answer. FunctionError when it failed; the emulator is new after that."""
        with self._one_at_a_time:
            try:
                answer = self._ask(json.dumps(event).encode(), headers or {})
            except (OSError, NotStarted, http.client.HTTPException) as error:
                self._end()
                payload = {"errorType": "Runtime.ExitError", "errorMessage": str(error)}
                raise FunctionError(payload) from error
            if isinstance(answer, dict) and "errorType" in answer:
                raise FunctionError(answer)
            return answer

    def close(self) -> None:
        with self._one_at_a_time:
            self._end()

    def _ask(self, body: bytes, headers: Mapping[str, str]) -> Any:
        if not self._child or not self._child.alive:
            self._start()
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_SECONDS)
        try:
            connection.request("POST", INVOKE, body, dict(headers))
            text = connection.getresponse().read()
        finally:
            connection.close()
        try:
            return json.loads(text)
        except ValueError:
            # "Task timed out …", in plain text; Lambda would say it as JSON.
            self._end()
            message = text.decode(errors="replace")
            raise FunctionError({"errorType": "Runtime", "errorMessage": message}) from None

    def _start(self) -> None:
        emulator = binary()
        if not emulator:
            raise FileNotFoundError(missing())
        self._end()
        self._port = free_port()
        self._child = Child(
            [
                str(emulator),
                *("--runtime-interface-emulator-address", f"127.0.0.1:{self._port}"),
                *("--runtime-api-address", f"127.0.0.1:{free_port()}"),
                *(sys.executable, "-m", "awslambdaric", self._handler),
            ],
            environment=self._variables(),
            log=self._log,
        )
        self._child.wait_for_port(self._port, seconds=START_SECONDS)

    def _variables(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": os.devnull,
            "AWS_LAMBDA_FUNCTION_NAME": self._code.name,
            "AWS_LAMBDA_FUNCTION_TIMEOUT": "10",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "LAMBDA_TASK_ROOT": str(self._code),
            **self._environment,
            "PYTHONPATH": os.pathsep.join(map(str, [self._code, *self._path])),
        }

    def _end(self) -> None:
        if self._child:
            self._child.close()
            self._child = None
