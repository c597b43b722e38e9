"""Nothing is sent into a network that is not the public one, however its address is written."""

import pytest

from training_credits.domain.addresses import check_addresses, is_public, target_of
from training_credits.domain.errors import Reason, Refused

LONGEST_HOST = "a." * 125 + "com"
LONGEST_PATH = "/" + "a" * 738
LONGEST = f"https://{LONGEST_HOST}{LONGEST_PATH}"
WELCOME = [
    ("https://hooks.example.com", "hooks.example.com", 443, "/", "hooks.example.com"),
    (
        "https://hooks.example.com:443/a?b=c",
        "hooks.example.com",
        443,
        "/a?b=c",
        "hooks.example.com",
    ),
    ("https://HOOKS.example.com:8443/x", "hooks.example.com", 8443, "/x", "hooks.example.com:8443"),
    ("https://xn--bcher-kva.example./", "xn--bcher-kva.example", 443, "/", "xn--bcher-kva.example"),
    ("https://a_b.example.com/%2e%2e", "a_b.example.com", 443, "/%2e%2e", "a_b.example.com"),
    ("https://1.example.com/?", "1.example.com", 443, "/", "1.example.com"),
    ("https://hooks.example.com?b=c", "hooks.example.com", 443, "/?b=c", "hooks.example.com"),
    ("https://a.example.xx./", "a.example.xx", 443, "/", "a.example.xx"),
    (LONGEST, LONGEST_HOST, 443, LONGEST_PATH, LONGEST_HOST),
]
TRICKY = [
    ("http://hooks.example.com/", "not_https"),
    ("ftp://hooks.example.com/", "not_https"),
    ("file:///etc/passwd", "not_https"),
    ("gopher://hooks.example.com/", "not_https"),
    ("//hooks.example.com/", "not_https"),
    ("hooks.example.com", "not_https"),
    ("http://127.0.0.1:8080/", "not_https"),
    ("https://user@hooks.example.com/", "credentials"),
    ("https://user:word@hooks.example.com/", "credentials"),
    ("https://hooks.example.com@169.254.169.254/", "credentials"),
    ("https://hooks.example.com/#@10.0.0.1", "fragment"),
    ("https://hooks.example.com:22/", "port"),
    ("https://hooks.example.com:80/", "port"),
    ("https://hooks.example.com:0/", "port"),
    ("https://hooks.example.com:99999/", "unreadable"),
    ("https://hooks.example.com:x/", "unreadable"),
    ("https://[::1/", "unreadable"),
    ("https://hooks.example.com\\@10.0.0.1/", "unreadable"),
    ("https://hooks.example.com/a b", "unreadable"),
    ("https://hooks.example.com/a\r\nHost: inner", "unreadable"),
    ("https://hooks.example.com/\t", "unreadable"),
    ("https://hooks。example。com/", "unreadable"),
    ("https://①②⑦.0.0.1/", "unreadable"),
    ("https://hooks.example.com/" + "a" * 1_000, "too_long"),
    (f"{LONGEST}a", "too_long"),
    ("https://127.0.0.1/", "no_public_name"),
    ("https://93.184.216.34/", "no_public_name"),
    ("https://2130706433/", "no_public_name"),
    ("https://0x7f000001/", "no_public_name"),
    ("https://0x7f.1/", "no_public_name"),
    ("https://0177.0.0.1/", "no_public_name"),
    ("https://127.1/", "no_public_name"),
    ("https://0/", "no_public_name"),
    ("https://169.254.169.254/latest/meta-data", "no_public_name"),
    ("https://[::1]/", "no_public_name"),
    ("https://[::ffff:127.0.0.1]/", "no_public_name"),
    ("https://[fd00:ec2::254]/", "no_public_name"),
    ("https://localhost/", "no_public_name"),
    ("https://LOCALHOST./", "no_public_name"),
    ("https://a.localhost/", "no_public_name"),
    ("https://intranet/", "no_public_name"),
    ("https://printer.local/", "no_public_name"),
    ("https://ip-10-0-0-1.ec2.internal/", "no_public_name"),
    ("https://metadata.google.internal/", "no_public_name"),
    ("https://1.0.0.127.in-addr.arpa/", "no_public_name"),
    ("https:///path", "no_public_name"),
    ("https://./", "no_public_name"),
    ("https://a..example.com/", "no_public_name"),
    ("https://-a.example.com/", "no_public_name"),
    ("https://%31%32%37.0.0.1/", "no_public_name"),
    ("https://1.0xa/", "no_public_name"),
    (f"https://a{LONGEST_HOST}/", "no_public_name"),
]
PRIVATE = [
    "0.0.0.0",  # noqa: S104 - nobody listens
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.170",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:93.184.216.34",
    "64:ff9b::7f00:1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:a9fe:a9fe::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:2800:220:1::1%eth0",
    "fec0::1",
    "ff02::1",
    "localhost",
    "0x7f.1",
    "",
]


@pytest.mark.parametrize(("url", "host", "port", "path", "authority"), WELCOME)
def test_a_public_name_over_tls_is_welcome(
    url: str, host: str, port: int, path: str, authority: str
) -> None:
    target = target_of(url)
    assert (target.host, target.port, target.path) == (host, port, path)
    assert target.authority == authority
    assert not target.local


@pytest.mark.parametrize(("url", "why"), TRICKY)
def test_anything_else_is_refused_with_a_word_for_why(url: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        target_of(url)
    assert refused.value.reason is Reason.WEBHOOK_URL_REFUSED
    assert refused.value.facts == {"why": why}


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_on_the_public_network_is_none_of_our_business(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(Refused) as refused:
        check_addresses(("93.184.216.34", address))
    assert refused.value.facts == {"why": "address_not_public"}


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1"]
)
def test_a_public_address_is_one(address: str) -> None:
    assert is_public(address)
    check_addresses((address,))


def test_a_name_without_an_address_leads_nowhere() -> None:
    with pytest.raises(Refused) as refused:
        check_addresses(())
    assert refused.value.facts == {"why": "name_not_found"}


def test_a_receiver_on_this_machine_is_welcome_on_a_laptop_only() -> None:
    target = target_of("http://127.0.0.1:9000/in?x=1", local=True)
    assert target.local
    assert (target.port, target.path, target.authority) == (9000, "/in?x=1", "127.0.0.1:9000")
    assert target_of("http://127.0.0.1", local=True).port == 80


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.2/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "https://127.0.0.1/",
        "http://127.0.0.1@example.com/",
        "http://example.com/",
    ],
)
def test_and_only_at_its_one_address(url: str) -> None:
    with pytest.raises(Refused):
        target_of(url, local=True)
