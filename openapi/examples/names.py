"""Who and what the examples are about: one company's March at a program that does not exist."""

from datetime import UTC, date, datetime

PROGRAM, PRODUCT, CURRENCY, POLICY = "northwind", "TC", "USD", "2026-01-01"
ACCOUNT = "7Q2M9XK4T8RB0CDE"
LOT = "3FZ8H1WJ6N5PVAYG"
QUOTED = "9C4RT6XQ1M0VDB7K"
SOLD = "K2J8W5NP3Y7HGAZE"
CODE = "B6T1VX9MQ4R8DKNC"
TEAM, SPARE = "T4HX8C2MQ9RB5KDW", "W7P3N6ZJ1V0YGAE8"
VOUCHER = "M3B8ZK1QX6T9RD4W"
CASE, DISPUTE = "R5C1XJ8PN4T7KWQE", "D6Q9VB2HM0Y3ZKTA"
WEBHOOK, DELIVERY = "H6V0ZQ3MT8RX5KDB", "J1W9PB4YN7C2GTSE"
RECEIVER = "https://platform.northwind.example/training-credits"
REQUEST = f"{ACCOUNT}-5D9KT2MX7RQ4HB8C"
OWNER, SECOND, LEARNER = "ann@acme.example", "bob@acme.example", "lee@acme.example"
OPERATOR, ADVISOR = "olga@northwind.example", "kim@northwind.example"
OFFERING = "ADM-201"
SESSION = "ADM-201-MUC-7"
LATER = "ADM-201-MUC-8"
REFERENCE = "STORE-4711"
TITLE = "Administration, part 1"

BOUGHT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAID = datetime(2026, 3, 2, 9, 34, tzinfo=UTC)
ASKED = datetime(2026, 3, 10, 14, 5, tzinfo=UTC)
DECIDED = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
LAPSES = datetime(2026, 5, 9, 14, 5, tzinfo=UTC)
LAST_DAY = date(2027, 3, 2)
END = datetime(2027, 3, 3, tzinfo=UTC)
