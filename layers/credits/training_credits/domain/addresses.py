"""Where we may send to: public addresses by name, over TLS, and nothing of our own network.

Checked twice: the URL when it is given, and each address its name has when something is sent.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from training_credits.domain.errors import Reason, Refused

URL_MAX = 1_000
PORTS = frozenset({443, 8443})
LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
HOST_MAX = 253
# What ends so is never a public name (RFC 6761, RFC 6762, RFC 8375), or is a cloud's own.
INNER = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion", "arpa")
LOOPBACK = "127.0.0.1"
# Of IPv4: this network, private, shared, loopback, link, protocols, documentation, relays,
# benchmarks, multicast, reserved.
NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
GLOBAL = ipaddress.ip_network("2000::/3")
# Of that: what wraps an IPv4 address (Teredo, 6to4), benchmarks, overlays, documentation, SRv6.
WRAPPED = tuple(
    ipaddress.ip_network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What a URL says, taken apart; `local` is a receiver on this machine, without TLS."""

    host: str
    port: int
    path: str
    local: bool = False

    @property
    def authority(self) -> str:
        """As the Host header says it."""
        standard = not self.local and self.port == 443  # noqa: PLR2004 - that of HTTPS
        return self.host if standard else f"{self.host}:{self.port}"


def target_of(url: str, *, local: bool = False) -> Target:
    """Where a URL leads; Refused, with a word that says why, if we send nothing there.

    With `local`, receivers at http://127.0.0.1 are welcome too: never in the cloud.
    """
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise refused("unreadable")
    if len(url) > URL_MAX:
        raise refused("too_long")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refused("unreadable") from None
    host = (parts.hostname or "").rstrip(".")
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    if "@" in parts.netloc:
        raise refused("credentials")
    if "#" in url:
        raise refused("fragment")
    if local and parts.scheme == "http" and host == LOOPBACK:
        return Target(host=host, port=port or 80, path=path, local=True)
    if parts.scheme != "https":
        raise refused("not_https")
    _check_host(host)
    if port is not None and port not in PORTS:
        raise refused("port")
    return Target(host=host, port=port or 443, path=path)


def _check_host(host: str) -> None:
    """A public name: no address in any spelling, for a certificate has none."""
    labels = host.split(".")
    if len(host) > HOST_MAX or not all(LABEL.fullmatch(label) for label in labels):
        raise refused("no_public_name")
    # 2130706433, 0x7f.1 and 0177.0.0.1 are addresses to many a resolver.
    last = labels[-1]
    if len(labels) == 1 or last.isdecimal() or last.startswith("0x"):
        raise refused("no_public_name")
    if any(f".{host}".endswith(f".{inner}") for inner in INNER):
        raise refused("no_public_name")


def is_public(address: str) -> bool:
    """Whether an address is somebody's on the internet, and surely not ours.

    Of IPv6 only what is global unicast: so no address that stands for one of IPv4.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in NOT_PUBLIC)
    return found.scope_id is None and found in GLOBAL and not any(found in one for one in WRAPPED)


def check_addresses(addresses: tuple[str, ...]) -> None:
    """Every one of them: which of several is used is nobody's to choose."""
    if not addresses:
        raise refused("name_not_found")
    if not all(is_public(address) for address in addresses):
        raise refused("address_not_public")


def refused(why: str) -> Refused:
    """The one code of it; `why` says which of the ways, and nothing of what is there."""
    return Refused(Reason.WEBHOOK_URL_REFUSED, "Nothing is sent to this address.", why=why)
