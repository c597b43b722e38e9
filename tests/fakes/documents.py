"""Documents in memory."""

import hashlib

from training_credits.ports import LINK_SECONDS_MAX, Kept


class MemoryDocuments:
    """Implements `ports.Documents`; `links` are the names and seconds of every link."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, str]] = {}
        self.links: list[tuple[str, str, int]] = []

    def put_once(self, key: str, body: bytes, kind: str) -> bool:
        if key in self.kept:
            return False
        self.kept[key] = (body, kind)
        return True

    def get(self, key: str) -> bytes | None:
        return self.kept[key][0] if key in self.kept else None

    def find(self, key: str) -> Kept | None:
        body = self.get(key)
        if body is None:
            return None
        return Kept(size=len(body), sha256=hashlib.sha256(body).hexdigest())

    def link(self, key: str, name: str, seconds: int) -> str:
        if not 0 < seconds <= LINK_SECONDS_MAX:
            raise ValueError(seconds)
        self.links.append((key, name, seconds))
        return f"https://documents.example/{key}?number={len(self.links)}"
