"""Cobalt's year worked out by hand: orders of 15, 60 and 100 credits.

Bought      15 + 60 + 100                       = 175
Redeemed    30 + 10 + 12 + 4 + 22 + 1 + 1       =  80, and 2 that were refuted
Expired     60 less 30, 10, 12, 4 and 1         =   3, all of them reissued
Left        100 less 7, and 3 less 1            =  95
"""

from datetime import UTC, date, datetime, timedelta

from demo.checks import Figures


def by_hand(year: int) -> Figures:
    """365 days are not always a year: a leap day counts (CI-20)."""
    ends_on = date(year, 1, 25) + timedelta(days=365)
    return {
        "terms": {
            "Carl, at his first sign-in": "terms_required",
            "Carl, the terms accepted": "owner",
            "Carl would order himself": "channel_not_offered",
            "Order of 15": "SO-…-15",
            "The 15 are worth": "USD 1,500.00",
            "Order of 60": "SO-…-60",
            "The 60 are worth": "USD 6,000.00",
            "Both end on": ends_on,
            "Days left": 365,
            "Available": 75,
        },
        "hold": {
            "Offerings and sessions": 11,
            "Approval": "manual",
            "Left, order by order": "15: 15, 60: 60",
            "A book": "not_payable",
            "A class without the icon": "not_eligible",
            "With a learning partner": "partners_not_accepted",
            "Dora's class of 30": "pending",
            "Held": 30,
            "Mails to Carl": 1,
            "Available while it waits": 45,
            "Held now": 0,
            "Paid from the 60": 30,
            "Available": 45,
        },
        "reserve": {
            "Before Carl's yes": "pending",
            "After it": "reserved",
            "Held": 4,
            "Emil confirms": "approved",
            "Dora's": "lapsed",
            "Held now": 0,
            "Available": 43,
        },
        "dispute": {
            "The case is": "open",
            "Dora may say so as well": "not_permitted",
            "Cases that wait for Vera": 1,
            "And then": "upheld",
            "Credits that came back": 2,
            "In the books": "-2 and +2",
            "Available": 45,
        },
        "abroad": {
            "Emil asks for Berlin": "referred",
            "Mails to Ben": 1,
            "Carl, before Ben": "not_permitted",
            "Once Ben has cleared it": "pending",
            "Emil's class": "approved",
            "Available": 35,
        },
        "custom": {
            "Dora tries herself": "assisted_only",
            "She is told to ask": "Ben",
            "Ben, without the paper": "statement_of_work_required",
            "With it": "pending",
            "Behind the price": "SOW-7",
            "Available": 23,
        },
        "exam": {
            "The voucher is good until": date(year + 1, 9, 8),
            "The credits, until": ends_on,
            "Available": 19,
        },
        # Business days after a Thursday: Friday is the 1st, Wednesday the 4th, Monday the 7th.
        "tracker": {
            "Booked on a": "Thursday",
            "To be expected from": "Wednesday",
            "To be expected by": "Monday",
            "In days from then": "6 to 11",
            "Late on that Monday": "no",
            "Late on the Tuesday": "yes",
            "The order at last": "activated",
            "Worth": "USD 10,000.00",
            "Days to use them": 365,
            "Available": 119,
        },
        "live": {
            "15 and 7 of the 60": "insufficient_credits",
            "Missing": 3,
            "What could pay instead": "SO-…-100",
            "Available, 22 held": 97,
            "Paid from the 15": 15,
            "Paid from the 100": 7,
            "Cisco Live begins on": date(year + 1, 6, 6),
            "The 15 end on": ends_on,
            "Available": 97,
        },
        "365 days": {
            "Available at midnight": 97,
            "Emil's request": "pending",
            "Available at 00:01": 93,
            "Dora, too late": "credits_expired",
            "May be asked for until": ends_on + timedelta(days=60),
            "Credits written off": 3,
            "Booked for": datetime(ends_on.year, 1, ends_on.day, 8, 1, tzinfo=UTC),
            "Paid from the 60": 1,
            "Available": 93,
        },
        "reissue": {
            "A plan for two of them": "plan_incomplete",
            "Ben's": "draft",
            "Carl's": "submitted",
            "Available meanwhile": 93,
            "The case is": "approved",
            "Credits of it": 3,
            "They end on": date(ends_on.year, 7, ends_on.day + 3),
            "Available again": 96,
            "Paid from the 3": 1,
            "Another time": "reissue_limit",
            "Their number is still": "60",
            "Available": 95,
        },
        "cobalt's months": {
            "January": "0 + 75 = 75",
            "February": "75 - 30 = 45",
            "March": "45 = 45",
            "April": "45 - 2 + 2 = 45",
            "May": "45 - 10 = 35",
            "June": "35 - 12 = 23",
            "July": "23 = 23",
            "August": "23 = 23",
            "September": "23 - 4 = 19",
            "October": "19 + 100 = 119",
            "November": "119 = 119",
            "December": "119 - 22 = 97",
            "January again": "97 - 2 - 3 + 3 = 95",
            "Openings = closing before": 12,
        },
        "cobalt's sums": {
            "Paid in all": "USD 17,500.00",
            "Bought": 175,
            "Redeemed": 80,
            "Reissued": 3,
            "Left": 95,
            "In any other state": 0,
            "Entries in the books": 24,
            "Lots that add up": "4 of 4",
            "Happenings in the history": 14,
            "Calls that failed": 0,
        },
    }
