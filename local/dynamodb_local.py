"""DynamoDB Local: the engine that is atomic under concurrency. Needs Java 17 and its jar."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Self

from local.processes import START_SECONDS, Child, Closing, free_port
from local.template import ROOT

EMULATOR = ROOT / ".dynamodb-local/node_modules/amplify-dynamodb-simulator/emulator"
POLICY = Path(__file__).with_name("loopback.policy")
JAVA_MINIMUM = 17
JAVA_WITHOUT_POLICIES = 24
# It lives for minutes: to compile twice and to collect in threads costs half as much again.
SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def jar() -> Path | None:
    """Where the jar is: DYNAMODB_LOCAL_JAR, else where set-up installs it."""
    path = Path(os.environ.get("DYNAMODB_LOCAL_JAR", EMULATOR / "DynamoDBLocal.jar"))
    return path if path.is_file() else None


def java() -> tuple[str, int] | None:
    """A Java that is new enough, and its version."""
    home = os.environ.get("JAVA_HOME")
    command = shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")
    if not command:
        return None
    answer = subprocess.run([command, "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(\d+)', answer.stderr)
    return (command, int(version[1])) if version and int(version[1]) >= JAVA_MINIMUM else None


def missing() -> str | None:
    """What DynamoDB Local lacks on this machine, in words; None when it can start."""
    if not jar():
        return "DynamoDB Local is not installed"
    return None if java() else f"Java {JAVA_MINIMUM} is not installed"


class DynamoDBLocal(Closing):
    """One engine as a child process. `start`, then `endpoint_url`; a context manager."""

    def __init__(self, child: Child, port: int) -> None:
        self._child = child
        self.endpoint_url = f"http://127.0.0.1:{port}"

    @classmethod
    def start(
        cls, *, in_memory: bool = True, directory: Path = ROOT / ".local", log: Path | None = None
    ) -> Self:
        """Return when it listens. On disk, tables are kept under `directory`."""
        engine, path = java(), jar()
        if not engine or not path:
            raise FileNotFoundError(missing())
        port = free_port()
        tables = None if in_memory else directory / "dynamodb"
        command, version = engine
        child = Child(
            [command, *SHORT_LIVED, *_loopback_only(version), *_arguments(path, port, tables)],
            # A clean environment: it obeys AWS_ENDPOINT_URL, and would call itself.
            environment={"PATH": os.defpath, "DDB_LOCAL_TELEMETRY": "0"},
            log=log or Path(os.devnull),
        )
        child.wait_for_port(port, seconds=START_SECONDS)
        return cls(child, port)

    def close(self) -> None:
        self._child.close()


def _loopback_only(version: int) -> list[str]:
    """It listens on every address and has no option against it; Java 24 has lost this one too."""
    if version >= JAVA_WITHOUT_POLICIES:
        return []
    return ["-Djava.security.manager", f"-Djava.security.policy=={POLICY}"]


def _arguments(path: Path, port: int, tables: Path | None) -> list[str]:
    if tables:
        tables.mkdir(parents=True, exist_ok=True)
    return [
        f"-Djava.library.path={path.parent / 'DynamoDBLocal_lib'}",
        *("-jar", str(path), "-port", str(port), "-sharedDb", "-disableTelemetry"),
        *(("-dbPath", str(tables)) if tables else ("-inMemory",)),
    ]
