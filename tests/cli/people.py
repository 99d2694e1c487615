#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What tend says of the people at customers, against the same counted here from the rows that went in: who was
touched when, who is silent, which roles nobody has, where one person alone is the thread.

usage: people.py TEND
"""
import csv
import datetime
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

TODAY = datetime.date(2026, 9, 16)
SEED = 20260916
NAMES = ["Li Ming", "Wang Wei", "张敏", "Ana Ruiz", "Ｌｅｅ", "O Brien", "Zoe", "Ömer", "Max"]
ROLES = ["decision-maker", "sponsor", "champion", "system-contact", "user", "finance", "", "board"]
STANCES = ["champion", "supporter", "neutral", "critic", "blocker", ""]
INFLUENCES = ["high", "medium", "low", ""]
CADENCES = {"": None, "7d": 7, "2w": 14, "30d": 30, "90": 90}
SIGNS = [", ", "，", "、", "; ", " / ", " & "]


def folded(text):
    return unicodedata.normalize("NFKC", text).casefold().strip()


def day(n):
    return (TODAY - datetime.timedelta(n)).isoformat()


class Book:
    def __init__(self, tend, folder):
        self.tend, self.folder = tend, folder
        self.env = dict(os.environ, XDG_CONFIG_HOME=str(folder), LC_ALL="C.UTF-8")
        self.run("store", "init")

    def run(self, *words):
        done = subprocess.run([self.tend, "--db", self.folder / "book.db", "--today", TODAY.isoformat(), *words],
                              env=self.env, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, words))}: {done.returncode}: {done.stderr}")
        return done.stdout

    def read(self, *words):
        return json.loads(self.run(*words, "-f", "json"))

    def take(self, kind, rows):
        path = self.folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as f:
            writer = csv.DictWriter(f, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        self.run("import", kind, path)


def make(r):
    customers = [{"key": f"c{i:02d}", "name": f"Customer {i}", "started": day(r.randrange(10, 500)),
                  "status": "churned" if i % 11 == 5 else "active"} for i in range(40)]
    contacts, touches = [], {k: [] for k in ("activities", "surveys", "gifts", "needs", "complaints")}
    for c in customers:
        names = r.sample(NAMES, r.choice([0, 1, 1, 2, 3, 5]))
        for n, name in enumerate(names):
            contacts.append({"key": f"{c['key']}-p{n}", "customer": c["key"], "name": name, "role": r.choice(ROLES),
                             "influence": r.choice(INFLUENCES), "stance": r.choice(STANCES),
                             "cadence": r.choice(list(CADENCES)),
                             "left": day(r.randrange(-20, 100)) if r.random() < 0.15 else ""})
        for _ in range(r.randrange(8)):
            who = r.sample(names, min(len(names), r.choice([0, 1, 1, 2])))
            who = [r.choice([w, w.upper(), w.lower(), f"{c['key']}-p{names.index(w)}"]) for w in who]
            if r.random() < 0.2:
                who.append("Somebody Else")
            kind = r.choice(list(touches) + ["activities"] * 3)
            # what was done cannot be in the future; a gift may be planned
            when = day(r.randrange(-30 if kind == "gifts" else 0, 200))
            touches[kind].append((c["key"], when, r.choice(SIGNS).join(who), r.choice(["given", "planned"])))
    return customers, contacts, touches


def give(book, customers, contacts, touches):
    book.take("customers", customers)
    book.take("contacts", contacts)
    common = [{"customer": c, "date": d, "contact": w, "kind": "call", "text": f"t{i}"}
              for i, (c, d, w, _) in enumerate(touches["activities"])]
    book.take("activities", common)
    book.take("surveys", [{"customer": c, "date": d, "contact": w, "kind": "nps", "score": i % 11}
                          for i, (c, d, w, _) in enumerate(touches["surveys"])])
    book.take("gifts", [{"key": f"g{i}", "customer": c, "date": d, "contact": w, "title": "tea", "amount": 10,
                         "currency": "EUR", "state": s} for i, (c, d, w, s) in enumerate(touches["gifts"])])
    book.take("needs", [{"key": f"n{i}", "customer": c, "found": d, "contact": w, "title": "more"}
                        for i, (c, d, w, _) in enumerate(touches["needs"])])
    book.take("complaints", [{"key": f"k{i}", "customer": c, "opened": d, "contact": w, "text": "slow"}
                             for i, (c, d, w, _) in enumerate(touches["complaints"])])


def touched(contact, touches):
    mine = {folded(contact["key"]), folded(contact["name"])}
    days = [d for kind, rows in touches.items() for c, d, who, state in rows
            if c == contact["customer"] and d <= TODAY.isoformat() and (kind != "gifts" or state == "given")
            and mine & {p.strip() for p in re.split("[,;/&、]", folded(who))}]
    return max(days, default=None)


def silence(contact, last):
    days = None if last is None else (TODAY - datetime.date.fromisoformat(last)).days
    if contact["left"] and contact["left"] <= TODAY.isoformat():
        return days, False
    every = CADENCES[contact["cadence"]]
    return days, None if every is None else days is None or days > every


def summary(people):
    """Of (contact, last touch, silent) of those who are there."""
    roles = {c["role"] for c, _, _ in people}
    late = [c for c, last, _ in people if last is not None and last > day(90)]
    single = None if not people or (not late and len(people) > 1) else len(people) == 1 or len(late) == 1
    nexts = [TODAY.isoformat() if last is None else
             (datetime.date.fromisoformat(last) + datetime.timedelta(CADENCES[c["cadence"]])).isoformat()
             for c, last, _ in people if c["cadence"]]
    return {"contacts": len(people), "silent": sum(s is True for _, _, s in people),
            "decision_makers": sum(c["role"] in ("decision-maker", "sponsor") for c, _, _ in people),
            "champions": sum("champion" in (c["role"], c["stance"]) for c, _, _ in people),
            "critics": sum(c["stance"] in ("critic", "blocker") for c, _, _ in people),
            "missing": [name for name, have in (("decision-maker", {"decision-maker", "sponsor"}),
                        ("system-contact", {"system-contact"}), ("user", {"user"})) if not roles & have],
            "single_thread": single, "last_touch": max((x for _, x, _ in people if x), default=None),
            "next_touch": min(nexts, default=None)}


def latest_nps(customer, surveys):
    """The answer of the newest day that was noted last, on 0 to 10."""
    mine = [(d, i) for i, (c, d, _, _) in enumerate(surveys) if c == customer]
    return max(mine)[1] % 11 if mine else None


def check_filters(book, keys, people, touches):
    """The same asked by filters; what is unknown is found by neither a condition nor its opposite."""
    said = {k: summary(people[k]) for k in keys}
    scores = {k: latest_nps(k, touches["surveys"]) for k in keys}
    for text, holds in [
            ("silent(contacts) >= 1", lambda k: said[k]["silent"] >= 1),
            ("silent(contacts) == 0", lambda k: said[k]["silent"] == 0),
            ("missing(contacts) == 2", lambda k: len(said[k]["missing"]) == 2),
            ("single_thread(contacts)", lambda k: said[k]["single_thread"] is True),
            ("not single_thread(contacts)", lambda k: said[k]["single_thread"] is False),
            ("latest_score(nps) >= 7", lambda k: scores[k] is not None and scores[k] >= 7),
            ("latest_score(nps) < 7", lambda k: scores[k] is not None and scores[k] < 7)]:
        found = book.run("customer", "list", text, "-q").split()
        same(text, found, [k for k in sorted(keys) if holds(k)])


def same(what, shown, expected):
    if shown != expected:
        sys.exit(f"{what}: {shown}, not {expected}")


def main(tend):
    r = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        book = Book(tend, pathlib.Path(folder))
        customers, contacts, touches = make(r)
        give(book, customers, contacts, touches)
        people = {c["key"]: [] for c in customers}
        shown = {c["key"]: c for c in book.read("contact", "list")}
        same("contacts", len(shown), len(contacts))
        for c in contacts:
            last = touched(c, touches)
            days, silent = silence(c, last)
            row = shown[c["key"]]
            same(c, (row["last_touch"], row["silent_days"], row["silent"]), (last, days, silent))
            if not c["left"] or c["left"] > TODAY.isoformat():
                people[c["customer"]].append((c, last, silent))
        rows = {s["customer"]: s for s in book.read("stakeholder", "list")}
        same("customers", sorted(rows), sorted(c["key"] for c in customers if c["status"] != "churned"))
        for key, row in rows.items():
            expected = summary(people[key])
            same(key, {name: row[name] for name in expected}, expected)
            same(f"map of {key}", sorted(c["key"] for c in book.read("stakeholder", "show", key)),
                 sorted(c["key"] for c, _, _ in people[key]))
        check_filters(book, list(people), people, touches)
        one = contacts[0]["key"]  # alone it says the same as in the list
        same(one, book.read("contact", "show", one)["last_touch"], shown[one]["last_touch"])
        print(f"{len(contacts)} contacts, {sum(map(len, touches.values()))} touches, "
              f"{sum(s['single_thread'] is True for s in rows.values())} single threads")


if __name__ == "__main__":
    main(sys.argv[1])
