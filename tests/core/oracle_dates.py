#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares every day of 1600-2600, month offsets 0..48 and random workdays with Python's datetime.

usage: oracle_dates.py DUMP
DUMP is the program built from dump_dates.c.
"""
import datetime
import random
import subprocess
import sys

EPOCH = datetime.date(1970, 1, 1).toordinal()
FIRST, LAST, MONTHS = 1600, 2600, 48


def run(mode, text=""):
    done = subprocess.run([sys.argv[1], mode], input=text, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{mode}: the program failed with {done.returncode}")
    return done.stdout.splitlines()


def compare(what, actual, expected):
    wrong = [(a, e) for a, e in zip(actual, expected) if a != e]
    if len(actual) != len(expected):
        sys.exit(f"{what}: {len(actual)} lines, not {len(expected)}")
    if wrong:
        sys.exit(f"{what}: {len(wrong)} differ, first {wrong[0][0]!r}, not {wrong[0][1]!r}")
    print(f"{what}: {len(expected)} agree")


def check_days():
    first = datetime.date(FIRST, 1, 1).toordinal()
    last = datetime.date(LAST, 12, 31).toordinal()
    expected = []
    for ordinal in range(first, last + 1):
        day = datetime.date.fromordinal(ordinal)
        year, week, weekday = day.isocalendar()
        expected.append(f"{ordinal - EPOCH} {day.isoformat()} {year} {week} {weekday}")
    compare("days", run("days"), expected)


def check_months():
    """A month's days d go to first + min(d, length) - 1 of the month that is reached."""
    firsts = [datetime.date(y, m, 1).toordinal() - EPOCH
              for y in range(FIRST, LAST + 10) for m in range(1, 13)]
    lengths = [b - a for a, b in zip(firsts, firsts[1:])]
    weighted = {(n, length): sum((min(d, length) - 1) * d for d in range(1, n + 1))
                for n in range(28, 32) for length in range(28, 32)}
    expected = []
    for i in range((LAST - FIRST + 1) * 12):
        n = lengths[i]
        total = sum((firsts[i + k] * (n * (n + 1) // 2) + weighted[n, lengths[i + k]]) * (k + 1)
                    for k in range(MONTHS + 1))
        expected.append(f"{FIRST + i // 12} {i % 12 + 1} {total}")
    compare("months", run("months"), expected)


def check_workdays(seed):
    generator = random.Random(seed)
    low, high = 18000, 22000
    holidays = set(generator.sample(range(low, high), generator.randrange(0, 800)))
    worked = set(generator.sample(range(low, high), generator.randrange(0, 800)))

    def is_workday(day):
        weekday = (day + 3) % 7
        return day not in holidays and (weekday < 5 or day in worked)

    def add(day, n, step):
        if n == 0:
            while not is_workday(day):
                day += step
            return day
        while n > 0:
            day += step
            n -= is_workday(day)
        return day

    lines = [f"h {day}" for day in sorted(holidays)] + [f"w {day}" for day in sorted(worked)]
    expected = []
    for _ in range(1500):
        day = generator.randrange(low - 200, high + 200)
        n = generator.choice([generator.randrange(-6, 7), generator.randrange(-70, 71),
                              generator.randrange(-400, 401)])
        lines.append(f"q {day} {n}")
        step = -1 if n < 0 else 1
        ahead = add(day, abs(n), step)
        expected.append(f"{ahead} {add(day, 0, -1) if n == 0 else ahead}")
    compare(f"workdays, seed {seed}", run("workdays", "\n".join(lines) + "\n"), expected)


check_days()
check_months()
for number in range(6):
    check_workdays(number)
