"""Bluebird's year worked out by hand: 30,000 LC and 6,000 VLC.

LC    30,000 - 3,375 - 3,375 + 3,375 - 4,000 - 4,500 = 18,125, which expire
VLC    6,000 - 2,500                                 =  3,500, which expire
Administration costs 4,500, with Premier 75% of it: 3,375. Development: 75% of 3,333 is 2,499.75.
"""

from datetime import date

from demo.checks import Figures


def by_hand(year: int) -> Figures:
    """No date in them is touched by a leap year."""
    return {
        "case": {
            "Sara tries a card": "channel_not_offered",
            "Shipped to Finland": "country_not_saleable",
            "By case": "requested",
            "Codes in Sara's mail": 2,
            "Available of LC": 30_000,
            "Last day of LC": date(year + 1, 1, 14),
            "Available of VLC": 6_000,
            "Last day of VLC": date(year + 1, 1, 15),
        },
        "catalogue": {
            "Rows that were tried": 10,
            "Wrong among them": "row 10: ends_on",
            "Written": 10,
            "For administrators": "Administration",
            "Its price in credits": 4_500,
            "Its sessions": 5,
        },
        "premier": {
            "Administration, list": 4_500,
            "Taken off, percent": 25,
            "To be paid": 3_375,
            "Of 3,333, rounded up": 2_500,
            "Terms not ticked": "terms_not_ticked",
            "Both, terms ticked": "approved, 5,875",
            "Mails to Tom": 1,
            "Available of LC": 26_625,
            "Available of VLC": 3_500,
        },
        "country": {
            "Toronto": "delivery_country",
            "These credits pay in": "US",
            "Chicago, virtual credits": "wrong_product",
            "Chicago, with both codes": "too_many_instruments",
            "Chicago, with the first": "approved",
            "Available of LC": 23_250,
            "Available of VLC": 3_500,
        },
        "vouchers": {
            "Sara tries herself": "assisted_only",
            "She is told to ask": "Ed",
            "Ed, from a lot": "approved, 4,000",
            "Vouchers": 20,
            "Good until": date(year + 1, 1, 14),
            "Sara exports": 20,
            "And Ed after her": "vouchers_exported",
            "Tom's, for Uma as well": "voucher_taken",
            "After the exam it is": "used",
            "Available of LC": 19_250,
            "Available of VLC": 3_500,
        },
        "plans change": {
            "Tom's second class": "AUTUMN",
            "Moved so far": 1,
            "Uma's class": "returned",
            "Credits that came back": 3_375,
            "Available of LC": 22_625,
            "Available of VLC": 3_500,
        },
        "too late": {
            "Tom would give it back": "not_returnable",
            "The vendor's own text": "cancellation",
            "Tom's classes": "delivered, booked",
            "Credits delivered": 3_375,
        },
        "signature": {
            "Online, without a code": "approved",
            "What it cost": 0,
            "Off the list price": "100%",
            "In a classroom it costs": 4_500,
            "Available of LC": 22_625,
            "Available of VLC": 3_500,
        },
        "deadline": {
            "11 to 15 January": "deadline_missed",
            "It must": "complete",
            "By": date(year + 1, 1, 14),
            "The latest start": date(year + 1, 1, 10),
            "A case about it is": "code=deadline_missed&rule=SF-18",
            "10 to 14 January": "approved, 4,500",
            "Available of LC": 18_125,
            "Available of VLC": 3_500,
        },
        "both end": {
            "Left of the first": 0,
            "Left of the second": 3_500,
            "The first code": "credits_expired",
            "The second code": "credits_expired",
            "Credits written off": "18,125 + 3,500",
            "Available": 0,
        },
        "bluebird's months": {
            "January": "0 + 30,000 = 30,000",
            "February": "30,000 = 30,000",
            "March": "30,000 - 6,750 = 23,250",
            "April": "23,250 = 23,250",
            "May": "23,250 - 4,000 = 19,250",
            "June": "19,250 = 19,250",
            "July": "19,250 + 3,375 = 22,625",
            "August": "22,625 = 22,625",
            "September": "22,625 = 22,625",
            "October": "22,625 = 22,625",
            "November": "22,625 = 22,625",
            "December": "22,625 - 4,500 = 18,125",
            "January again": "18,125 - 18,125 = 0",
            "Openings = closing before": 12,
        },
        "bluebird's sums": {
            "Paid in all": "USD 36,000.00",
            "Bought": 36_000,
            "Redeemed": 11_000,
            "Delivered": 3_375,
            "Expired": 21_625,
            "Left": 0,
            "In any other state": 0,
            "Entries in the books": 10,
            "Lots that add up": "2 of 2",
            "Happenings in the history": 9,
            "Calls that failed": 0,
        },
    }
