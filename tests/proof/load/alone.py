"""One function in a process of its own, as Lambda has it: `alone.py FUNCTION EVENT FOLDER`.

Says what it answered, the most memory it ever had, and what it has read; documents go to a folder.
"""

import hashlib
import importlib
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from botocore.client import BaseClient

from tests.http.wire import CALL
from training_credits.edge import wiring
from training_credits.ports import Kept


@dataclass
class Context:
    """What the handlers and Powertools ask of it."""

    function_name: str
    memory_limit_in_mb: int = 1_024
    aws_request_id: str = "alone"
    invoked_function_arn: str = "arn:aws:lambda:::function:alone"

    def get_remaining_time_in_millis(self) -> int:
        return 600_000


@dataclass
class Folder:
    """Implements `ports.Documents`."""

    path: Path

    def put_once(self, key: str, body: bytes, kind: str) -> bool:
        del kind
        self._of(key).write_bytes(body)
        return True

    def get(self, key: str) -> bytes | None:
        return self._of(key).read_bytes() if self._of(key).exists() else None

    def find(self, key: str) -> Kept | None:
        body = self.get(key)
        if body is None:
            return None
        return Kept(size=len(body), sha256=hashlib.sha256(body).hexdigest())

    def link(self, key: str, name: str, seconds: int) -> str:
        del name, seconds
        return str(self._of(key))

    def _of(self, key: str) -> Path:
        return self.path / hashlib.sha256(key.encode()).hexdigest()


def counted() -> Counter[str]:
    """From now on: pages of queries, and items of each kind in them."""
    read = Counter[str]()
    original: Any = getattr(BaseClient, CALL)

    def call(client: Any, operation: str, parameters: Any) -> Any:
        answer = original(client, operation, parameters)
        if operation == "Query":
            read["pages"] += 1
            read.update(item["kind"]["S"] for item in answer["Items"])
        return answer

    setattr(BaseClient, CALL, call)
    return read


def most_memory() -> int:
    """In MB, of this program alone: what ran before it in this process is not counted."""
    (line,) = (
        each
        for each in Path("/proc/self/status").read_text("ascii").splitlines()
        if each.startswith("VmHWM")
    )
    return int(line.split()[1]) // 1_024


def main(function: str, event: str, folder: str) -> None:
    read = counted()
    shelf = Folder(Path(folder))
    setattr(wiring, "documents", lambda: shelf)  # noqa: B010 - it has another type
    handler = importlib.import_module(f"functions.{function}.app").handler
    answer = handler(json.loads(Path(event).read_text("utf-8")), Context(function))
    said = {"status": answer["statusCode"], "body": answer["body"], "read": read}
    (Path(folder) / "said.json").write_text(json.dumps(said | {"memory": most_memory()}), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
