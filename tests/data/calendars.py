#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The built-in calendars against the rules that they follow.

usage: calendars.py SOURCE_ROOT
"""
import datetime
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv[1])
DAY = datetime.timedelta(days=1)
# By the lunar calendar and the sun: the first day of the year, Qingming, Dragon Boat, Mid-Autumn.
LUNAR = {2025: ("01-29", "04-04", "05-31", "10-06"), 2026: ("02-17", "04-05", "06-19", "09-25"),
    2027: ("02-06", "04-05", "06-09", "09-15")}
ANNOUNCED = (2025, 2026)  # the years whose days off and make-up workdays are published
STATUTORY = 13  # days a year since 2025


def days(name, key):
    text = (ROOT / f"data/calendars/{name}.yaml").read_text(encoding="utf-8")
    part = re.search(rf"^{key}:\n((?:  .*\n)+)", text, re.M)[1]
    return [datetime.date.fromisoformat(d) for d in re.findall(r"^  - (\S+)$", part, re.M)]


def statutory(year):
    """The days that the law of mainland China names."""
    new_year, qingming, dragon, autumn = (datetime.date.fromisoformat(f"{year}-{d}") for d in LUNAR[year])
    fixed = [datetime.date(year, m, d) for m, d in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))]
    return set(fixed) | {new_year - DAY, new_year, new_year + DAY, new_year + 2 * DAY, qingming,
        dragon, autumn}


def nth(year, month, weekday, n):
    """The n-th weekday of a month; -1 the last."""
    found = [d for d in (datetime.date(year, month, 1) + i * DAY for i in range(31))
        if d.month == month and d.weekday() == weekday]
    return found[n - 1 if n > 0 else n]


def observed(day):
    return day - DAY if day.weekday() == 5 else day + DAY if day.weekday() == 6 else day


def federal(year):
    fixed = [datetime.date(y, m, d) for y, m, d in ((year, 1, 1), (year, 6, 19), (year, 7, 4),
        (year, 11, 11), (year, 12, 25), (year + 1, 1, 1))]
    floating = [nth(year, 1, 0, 3), nth(year, 2, 0, 3), nth(year, 5, 0, -1), nth(year, 9, 0, 1),
        nth(year, 10, 0, 2), nth(year, 11, 3, 4)]
    return {observed(d) for d in fixed} | set(floating)


class Calendars(unittest.TestCase):
    def test_the_days_are_in_order_and_stand_once(self):
        for name, key in (("cn", "holidays"), ("cn", "workdays"), ("us", "holidays")):
            found = days(name, key)
            self.assertEqual(found, sorted(set(found)), f"{name} {key}")

    def test_the_days_of_the_law_are_off(self):
        off = set(days("cn", "holidays"))
        for year in LUNAR:
            self.assertEqual(len(statutory(year)), STATUTORY)
            self.assertEqual(statutory(year) - off, set())

    def test_days_that_are_moved_balance(self):
        """Weekdays off less weekend days worked are the days of the law, as each year's notice has it."""
        for year in ANNOUNCED:
            off = [d for d in days("cn", "holidays") if d.year == year and d.weekday() < 5]
            worked = [d for d in days("cn", "workdays") if d.year == year]
            self.assertEqual(len(off) - len(worked), STATUTORY, year)
            self.assertTrue(worked and all(d.weekday() >= 5 for d in worked), year)
        self.assertEqual(set(days("cn", "workdays")) & set(days("cn", "holidays")), set())

    def test_the_year_that_is_not_announced_has_only_the_days_of_the_law(self):
        for year in set(LUNAR) - set(ANNOUNCED):
            self.assertEqual({d for d in days("cn", "holidays") if d.year == year}, statutory(year))
            self.assertEqual([d for d in days("cn", "workdays") if d.year == year], [])

    def test_the_federal_holidays_are_those_of_the_rule(self):
        wanted = set().union(*(federal(year) for year in LUNAR))
        self.assertEqual(set(days("us", "holidays")), {d for d in wanted if d.year in LUNAR})


if __name__ == "__main__":
    result = unittest.TextTestRunner().run(unittest.defaultTestLoader.loadTestsFromTestCase(Calendars))
    sys.exit(not result.wasSuccessful())
