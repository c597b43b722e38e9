"""File names that a browser, a header and a file system all take as they are."""

import unicodedata
from urllib.parse import quote

LENGTH_MAX = 120
RESERVED = frozenset('<>:"/\\|?*;%')


def disposition(name: str) -> str:
    """The header that makes a browser save a file of this name (RFC 6266).

    Whatever the name holds, the header is visible ASCII and cannot be broken out of: quotes,
    slashes and line breaks have gone before it is written.
    """
    kept = file_name(name)
    plain = unicodedata.normalize("NFKD", kept).encode("ascii", "ignore").decode().strip(" .-")
    return (
        f"attachment; filename=\"{plain or 'document'}\"; filename*=UTF-8''{quote(kept, safe='')}"
    )


def file_name(name: str) -> str:
    """The name without what cannot be seen or means something to a system, and not too long."""
    shown = "".join(c if c.isprintable() and c not in RESERVED else " " for c in name)
    one = " ".join(unicodedata.normalize("NFC", shown).split()).strip(" .")
    stem, dot, ending = one.rpartition(".")
    if len(one) <= LENGTH_MAX or not dot:
        return one[:LENGTH_MAX] or "document"
    return stem[: LENGTH_MAX - len(ending) - 1] + dot + ending
