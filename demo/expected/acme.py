"""Acme's year worked out by hand: a first lot of 500, a big one of 20,000, a refill of 1,000.

Bought      500 + 20,000 + 1,000                                                     = 21,500
Redeemed    300 + 1,000 + 4,500 + 1,100 + 2,000 + 3,600 + 4,900 + 600 + 1,000 + 400 + 250 = 19,650
Expired     20,000 less 800, 4,500, 1,100, 2,000, 3,600, 4,900, 600, 1,000 and 400     =  1,100
Left        21,500 - 19,650 - 1,100                                                  =    750
"""

from datetime import UTC, date, datetime

from demo.checks import Figures


def by_hand(year: int) -> Figures:
    """Every figure, scene by scene. No date in them is touched by a leap year."""
    return {
        "opening": {
            "Bob is": "invited",
            "Owners, once he signs in": "Ann and Bob",
            "Approval": "manual",
            "The first card": "payment_declined",
            "The order waits": "accepted, card_declined",
            "With the second card": "activated",
            "Paid for the 500": "USD 500.00",
            "Last day of the 500": date(year + 1, 1, 4),
            "Available": 500,
        },
        "big order": {
            "5 January": "requested",
            "6 January": "quoted",
            "List value of the 20,000": "USD 20,000.00",
            "Volume discount, 20%": "USD 4,000.00",
            "The price stands until": date(year, 2, 5),
            "Mails with the quote": 1,
            "8 January": "accepted",
            "9 January": "invoiced",
            "Available until then": 500,
            "11 January": "activated",
            "Steps to look up": 6,
            "Paid for the 20,000": "USD 16,000.00",
            "Last day of the 20,000": date(year + 1, 1, 11),
            "Available": 20_500,
        },
        "code": {
            "Characters still shown": 4,
            "Bob asks for a second code": "code_exists",
        },
        "by hand": {
            "Sent a second time": "the same, byte for byte",
            "Requests that wait": 1,
            "Mails to owners": 2,
            "Available while it waits": 20_500,
            "Paid from the 500": 300,
            "Mails to Lee": 1,
            "Available": 20_200,
        },
        "no": {
            "Credits that wait": 3_800,
            "Mia's request": "denied",
            "Noah's request": "cancelled",
            "Requests that wait now": 0,
            "Available": 20_200,
        },
        "two lots": {
            "Paid from the 500": 200,
            "Paid from the 20,000": 800,
            "Left of the 500": 0,
            "Left of the 20,000": 19_200,
            "Available": 19_200,
        },
        "together": {
            "Courses in Lee's order": 2,
            "Sum shown before deciding": 4_500,
            "Credits approved together": 4_500,
            "Available": 14_700,
        },
        "automatic": {
            "Noah's request, at once": "approved",
            "Mia's request, made before": "pending",
            "Available": 13_600,
            "Mia's request, a week on": "approved",
            "Available after it": 11_600,
        },
        "summer": {
            "Available after July": 8_000,
            "Available after September": 3_100,
        },
        "refill": {
            "With the card kept": "activated",
            "Paid for the 1,000": "USD 1,000.00",
            "Last day of the 1,000": date(year + 1, 10, 1),
            "Available": 4_100,
            "Next to end": 3_100,
            "They end on": date(year + 1, 1, 11),
            "Days until then": 102,
        },
        "refusal": {
            "Available before": 3_500,
            "Noah asks for 5,000": "insufficient_credits",
            "Missing": 1_500,
            "The 500": "0 left: spent",
            "The 20,000": "2,500 left: not enough",
            "The 1,000": "1,000 left: not enough",
            "Available after": 3_500,
        },
        "beyond": {
            "They ask for": 3_700,
            "Available": 3_500,
            "Both together": "insufficient_credits",
            "Missing": 200,
            "Piet's request": "approved",
            "Available after it": 2_500,
            "Noah's, now": "insufficient_credits",
            "Noah's request": "denied",
        },
        "last second": {
            "Paid from the 20,000": 400,
            "Available": 2_100,
        },
        "end": {
            "Available at the instant": 1_000,
            "Lee asks for 1,200": "insufficient_credits",
            "Missing": 200,
            "Credits written off": 1_100,
            "Booked for": datetime(year + 1, 1, 12, tzinfo=UTC),
            "Times booked": 1,
            "Mails to owners": 2,
        },
        "refill lives": {
            "Paid from the 1,000": 250,
            "Times the expiry is booked": 1,
            "Left of the 1,000": 750,
            "Available": 750,
        },
        "months": {
            "January": "0 + 20,500 = 20,500",
            "February": "20,500 - 300 = 20,200",
            "March": "20,200 = 20,200",
            "April": "20,200 - 1,000 = 19,200",
            "May": "19,200 - 4,500 = 14,700",
            "June": "14,700 - 3,100 = 11,600",
            "July": "11,600 - 3,600 = 8,000",
            "August": "8,000 = 8,000",
            "September": "8,000 - 4,900 = 3,100",
            "October": "3,100 + 1,000 = 4,100",
            "November": "4,100 - 600 = 3,500",
            "December": "3,500 - 1,000 = 2,500",
            "January again": "2,500 - 650 - 1,100 = 750",
            "Openings = closing before": 12,
            "Last balance in the CSV": 750,
        },
        "sums": {
            "Paid in all": "USD 17,500.00",
            "Bought": 21_500,
            "Redeemed": 19_650,
            "Expired": 1_100,
            "Left": 750,
            "In any other state": 0,
            "Entries in the books": 17,
            "Lots that add up": "3 of 3",
            "Happenings in the history": 7,
            "Calls that failed": 0,
        },
    }
