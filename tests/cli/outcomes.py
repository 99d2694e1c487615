#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What tend says that outcomes have come to, against the same counted here from the points and values that went in.

usage: outcomes.py TEND
"""
import datetime
import math
import pathlib
import random
import sys
import tempfile

from people import TODAY, Book, day, same

SEED = 17
COUNTERS, GAUGES = ["logins"], ["seats", "load"]  # nobody describes load: it may be a counter or not
SOON = (TODAY + datetime.timedelta(5)).isoformat()


def signal(points, metric, reading):
    known = sorted((d, v) for m, d, v in points if m == metric and d <= TODAY.isoformat())
    if not known:
        return None
    reading = reading or ("sum" if metric in COUNTERS else "latest")
    if reading == "latest":
        return known[-1][1]
    window = [v for d, v in known if d > day(30)]
    if metric not in COUNTERS and metric != "load" and not window:
        return None
    # a day of a counter without a point is zero, as of what nobody describes
    return sum(window) if reading == "sum" else sum(window) / (len(window) if metric == "seats" else 30)


def expected(o, points):
    now = signal(points, o["metric"], o["reading"]) if o["metric"] else None
    if now is None and o["value"] is not None and (o["as_of"] is None or o["as_of"] <= TODAY.isoformat()):
        now = o["value"]
    known = None not in (now, o["baseline"], o["target"]) and o["baseline"] != o["target"]
    progress = (now - o["baseline"]) / (o["target"] - o["baseline"]) if known else None
    result = {"achieved": True, "missed": False, "dropped": False}.get(
        o["state"], None if progress is None else progress >= 1)
    felt = None if o["experience"] is None else o["experience"] >= 4
    success = False if False in (result, felt) else None if None in (result, felt) else True
    return now, progress, success


def near(a, b):
    return a is b if None in (a, b) else math.isclose(a, b, rel_tol=1e-5, abs_tol=1e-4)


def main(tend):
    r = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        book = Book(tend, pathlib.Path(folder))
        customers = [f"c{i}" for i in range(20)]
        book.take("customers", [{"key": c, "name": c, "started": day(300)} for c in customers])
        points = {c: [] for c in customers}
        for c in customers:
            for metric in COUNTERS + GAUGES:
                days = r.sample(range(-3, 100), r.choice([0, 3, 20]))
                points[c] += [(metric, day(n), r.randrange(-5, 60)) for n in days if r.random() < 0.9]
        book.take("usage", [{"customer": c, "metric": m, "date": d, "value": v} for c in customers for m, d, v in points[c]])
        pick = lambda *words: r.choice(words)
        outcomes = [{"key": f"o{i}", "customer": pick(*customers), "title": f"t{i}",
                     "metric": pick(None, *COUNTERS, *GAUGES, *COUNTERS), "reading": pick(None, None, "latest", "sum", "average"),
                     "baseline": pick(None, 10, 20, 400), "target": pick(None, 100, 20, 3, 3), "value": pick(None, 15, 90),
                     "as_of": pick(None, day(9), SOON), "state": pick("open", "open", "achieved", "missed", "dropped"),
                     "experience": pick(None, 1, 3, 4, 5)} for i in range(300)]
        book.take("outcomes", [{k: "" if v is None else v for k, v in o.items()} for o in outcomes])
        rows = {o["key"]: o for o in book.read("outcome", "list")}
        for o in outcomes:
            now, progress, success = expected(o, points[o["customer"]])
            row = rows[o["key"]]
            if not near(row["now"], now) or not near(row["progress"], progress) or row["success"] is not success:
                sys.exit(f"{o}: {row['now']} {row['progress']} {row['success']}, not {now} {progress} {success}")
        for o in outcomes[:20]:
            trace = book.read("explain", "outcome", o["key"])
            value = {t["expression"].split(" = ")[0]: t["value"] for t in trace if t["depth"] < 2}
            now, progress, success = expected(o, points[o["customer"]])
            same(o["key"], value["result and experience"], {True: "true", False: "false", None: None}[success])
            shown = value["(now - baseline) / (target - baseline)"]
            if not near(None if shown is None else float(shown), progress):
                sys.exit(f"explain {o['key']}: {shown}, not {progress}")
            rest = [float(t["value"]) for t in trace if t["depth"] == 2]
            if "now" in value and o["reading"] == "sum" and rest and not near(sum(rest), now):
                sys.exit(f"explain {o['key']}: its points are {rest}, now is {now}")
        print(f"{len(outcomes)} outcomes, {sum(o['success'] is True for o in rows.values())} a success")


if __name__ == "__main__":
    main(sys.argv[1])
