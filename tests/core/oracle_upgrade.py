#!/usr/bin/env python3
"""Compares the planning of upgrades with a planner of its own, and holds what has to hold for every plan.

usage: oracle_upgrade.py PROBE [COUNT]
Makes random triples (with a fixed seed): a template, the same changed in random ways, and the rows of a
customer that were planned from the first and then lived: done, skipped, blocked, edited, ticked, with rows and
items of the customer's own. PROBE plans the step, carries it out and plans again. Beside the comparison with what
is worked out here: whatever is done or edited is kept, and the second plan is empty. Exits 1 at a difference.
"""
import copy
import json
import random
import re
import subprocess
import sys

OPEN = ("todo", "doing", "blocked")
TITLES = ["Signed", "Hand-over", "Kick-off", "Review", "Report", "Offer", "Visit", "Training", "Survey", "Thanks"]
ITEM_TITLES = ["Papers", "First call", "Access", "Plan", "Slides", "Minutes", "Numbers", "Wishes"]


# --- templates ---

def item(r, ids):
    word = r.choice(ITEM_TITLES)
    made = {"title_en": word, "title_zh": r.choice([None, word + "-zh"])}
    if ids:
        made["id"] = "i" + str(r.randrange(10 ** 6))
    return made


def items(r):
    ids = r.random() < 0.5
    seen, made = set(), []
    for _ in range(r.randrange(5)):
        one = item(r, ids)
        if one["title_en"] not in seen:  # without ids equal titles cannot be told apart
            seen.add(one["title_en"])
            made.append(one)
    return made


def due(r, keys):
    anchor = r.choice(["start", "start", "renewal", "stage.s2", "milestone"])
    if anchor == "milestone":
        anchor = "milestone." + r.choice(keys) if keys else "start"
    n = r.randrange(0, 120)
    sign = "-" if anchor == "renewal" else "+"
    return anchor if n == 0 else f"{anchor} {sign} {n} days"


def milestone(r, key, keys, stages):
    word = r.choice(TITLES)
    m = {"key": key, "stage": r.choice(stages), "title_en": word, "title_zh": r.choice([None, word + "-zh"]),
         "due": due(r, keys), "required": int(r.random() < 0.8), "visible": int(r.random() < 0.3),
         "effort": r.choice([-1, 30, 60, 120]), "items": items(r),
         "after": r.sample(keys, r.randrange(0, min(3, len(keys) + 1))), "when": None, "repeat": None}
    if r.random() < 0.2:
        m["when"] = r.choice(["a", "b", "c"])
    if r.random() < 0.25:
        m["repeat"] = {"every": r.choice([20, 30, 45])}
        if r.random() < 0.5:
            m["repeat"]["until"] = r.choice(["renewal - ", "stage.s3 - ", "stage.s2 + "]) + str(r.randrange(1, 150)) + " days"
    return m


def template(r):
    stages = [{"key": "s1", "from": "start"}, {"key": "s2", "from": f"start + {r.randrange(10, 90)} days"},
              {"key": "s3", "from": "renewal - 60 days"}]
    made, keys = [], []
    for i in range(r.randrange(1, 9)):
        made.append(milestone(r, f"m{i}", keys, ["s1", "s2", "s3"]))
        keys.append(f"m{i}")
    return {"stages": stages, "milestones": made}


def rename(t, old, new):
    for m in t["milestones"]:
        m["after"] = [new if k == old else k for k in m["after"]]
        m["due"] = re.sub(r"milestone\." + old + r"\b", "milestone." + new, m["due"])


def change_items(r, m):
    ids = bool(m["items"]) and "id" in m["items"][0]
    pick = r.randrange(4)
    if pick == 0 or not m["items"]:
        one = item(r, ids)
        if one["title_en"] not in [i["title_en"] for i in m["items"]]:
            m["items"].insert(r.randrange(len(m["items"]) + 1), one)
    elif pick == 1:
        m["items"].pop(r.randrange(len(m["items"])))
    elif pick == 2:
        r.shuffle(m["items"])
    else:
        r.choice(m["items"])["title_en"] = "Reworded " + str(r.randrange(10 ** 6))


def change(r, t):
    """The template in its next version."""
    t = copy.deepcopy(t)
    if r.random() < 0.2:
        t["stages"][1]["from"] = f"start + {r.randrange(10, 90)} days"
    for m in list(t["milestones"]):
        keys = [x["key"] for x in t["milestones"]]
        before = keys[:keys.index(m["key"])]
        pick = r.random()
        if pick < 0.08 and len(t["milestones"]) > 1:
            t["milestones"].remove(m)
            for x in t["milestones"]:
                x["after"] = [k for k in x["after"] if k != m["key"]]
                if x["due"].startswith("milestone." + m["key"]):
                    x["due"] = "start + 17 days"
        elif pick < 0.16:
            old = m["key"]
            m["key"] = "r" + str(r.randrange(10 ** 6))
            if r.random() < 0.7:
                m["was"] = old
            rename(t, old, m["key"])
        elif pick < 0.4:
            new = milestone(r, m["key"], before, ["s1", "s2", "s3"])
            for name in r.sample(["stage", "title_en", "title_zh", "due", "required", "visible", "effort", "after",
                                  "when", "repeat"], r.randrange(1, 4)):
                m[name] = new[name]
        elif pick < 0.6:
            change_items(r, m)
    for _ in range(r.choice([0, 0, 1, 2])):
        keys = [x["key"] for x in t["milestones"]]
        at = r.randrange(len(keys) + 1)
        t["milestones"].insert(at, milestone(r, "n" + str(r.randrange(8)) + "x" * len(keys), keys[:at], ["s1", "s3"]))
    return t


# --- dates ---

def offset(text):
    found = re.fullmatch(r"([a-z0-9.\-]+)(?: ([+-]) (\d+) days)?", text)
    n = int(found.group(3) or 0)
    return found.group(1), -n if found.group(2) == "-" else n


class Dates:
    """The schedule of a template; `stands` says where an anchor is: (day, projected) or None for its own date."""

    def __init__(self, t, start, renewal, stands):
        self.t, self.start, self.renewal, self.stands = t, start, renewal, stands
        self.by_key = {m["key"]: m for m in t["milestones"]}
        self.stages = {s["key"]: s for s in t["stages"]}

    def day(self, text):
        anchor, n = offset(text)
        if anchor == "start":
            return self.start + n, False
        if anchor == "renewal":
            return self.renewal + n, False
        kind, key = anchor.split(".", 1)
        if kind == "stage":
            day, projected = self.day(self.stages[key]["from"])
            return day + n, projected
        there = self.stands(key)
        if there is None:
            there = (self.day(self.by_key[key]["due"])[0], True)
        return there[0] + n, there[1]

    def occurrences(self):
        """(day, place in the file, number, projected), in order."""
        found = []
        for place, m in enumerate(self.t["milestones"]):
            day, projected = self.day(m["due"])
            if not m["repeat"]:
                found.append((day, place, 1, projected))
                continue
            last = self.day(m["repeat"]["until"])[0] if m["repeat"].get("until") else self.renewal - 1
            number = 1
            while day <= last:
                found.append((day, place, number, projected))
                day += m["repeat"]["every"]
                number += 1
        return sorted(found)


# --- rows ---

def item_key(m, i):
    return m["items"][i].get("id", str(i + 1))


def new_row(m, place, number, day, projected):
    return {"key": m["key"], "occurrence": number, "stage": m["stage"], "title_en": m["title_en"],
            "title_zh": m["title_zh"], "due": day, "template_due": day, "state": "todo", "done_on": None,
            "required": m["required"], "visible": m["visible"], "owner": None, "after": ",".join(m["after"]) or None,
            "effort": m["effort"] if m["effort"] >= 0 else None, "reason": None, "origin": "template",
            "position": place + 1, "repeats": int(bool(m["repeat"])), "projected": int(projected)}


def new_items(m, row_id, ids):
    return [{"id": next(ids), "milestone_id": row_id, "position": i + 1, "key": item_key(m, i),
             "title_en": one["title_en"], "title_zh": one["title_zh"], "done": 0} for i, one in enumerate(m["items"])]


def is_own(row):
    return row["origin"] == "added"


def due_is_ours(row):
    return row["template_due"] is not None and row["due"] != row["template_due"]


def stands_by(rows_of):
    """Where an anchor stands by the rows of its milestone."""
    def stands(key):
        first = [x for x in rows_of(key) if x["occurrence"] == 1]
        best = ([x for x in first if not is_own(x) and x["state"] in OPEN] or [x for x in first if not is_own(x)]
                or first)
        if not best:
            return None
        row = best[0]
        if row["state"] == "done" and row["done_on"] is not None:
            return row["done_on"], False
        if row["state"] in OPEN and (due_is_ours(row) or is_own(row)):
            return row["due"], True
        return None
    return stands


def lived(r, t, start, renewal, ids):
    """Rows and items of a customer after a while; dates that hang on others are as a store would keep them."""
    rows, their_items = [], []
    absent = {m["key"] for m in t["milestones"] if m["when"] and r.random() < 0.5}
    planned = Dates(t, start, renewal, lambda key: None).occurrences()
    for day, place, number, projected in planned:
        m = t["milestones"][place]
        if m["key"] in absent or r.random() < 0.03:
            continue
        row = new_row(m, place, number, day, projected)
        row["id"] = next(ids)
        rows.append(row)
        their_items += new_items(m, row["id"], ids)
    for row in rows:
        pick = r.random()
        if pick < 0.3:
            row["state"], row["done_on"] = "done", row["due"] + r.randrange(-9, 30)
        elif pick < 0.35:
            row["state"], row["reason"] = "skipped", r.choice([None, "not wanted"])
        elif pick < 0.45:
            row["state"] = r.choice(["doing", "blocked"])
        if r.random() < 0.2:
            row["origin"] = "edited"
            field = r.choice(["due", "title_en", "required", "visible", "owner"])
            row[field] = {"due": row["due"] + r.randrange(1, 40), "title_en": "Own title", "owner": "li",
                          "required": 1 - row["required"], "visible": 1 - row["visible"]}[field]
        mine = [i for i in their_items if i["milestone_id"] == row["id"]]
        for one in mine:
            one["done"] = int(r.random() < 0.2)
        if r.random() < 0.1:
            their_items.append({"id": next(ids), "milestone_id": row["id"], "position": len(mine) + 1,
                                "key": r.choice(["own", str(len(mine) + 1)]), "title_en": "Own item", "title_zh": None,
                                "done": r.randrange(2)})
        if mine and r.random() < 0.05:
            their_items.remove(r.choice(mine))
    follow(t, rows, start, renewal)
    return rows, their_items


def follow(t, rows, start, renewal):
    """Open rows go where the schedule puts them; what a person dated stays."""
    def rows_of(key):
        return [x for x in rows if x["key"] == key]
    for _ in range(len(t["milestones"]) + 1):
        for day, place, number, projected in Dates(t, start, renewal, stands_by(rows_of)).occurrences():
            for row in rows_of(t["milestones"][place]["key"]):
                if row["occurrence"] == number and row["state"] in OPEN:
                    if not due_is_ours(row):
                        row["due"], row["projected"] = day, int(projected)
                    row["template_due"] = day


def own_rows(r, now, rows, ids):
    for key in ["own-one"] + [m["key"] for m in now["milestones"] if r.random() < 0.1]:
        if r.random() < 0.4 and not [x for x in rows if x["key"] == key]:
            row = new_row({"key": key, "stage": "s1", "title_en": "Own", "title_zh": "Own", "required": 1, "visible": 0,
                           "after": [], "effort": -1, "repeat": None}, 98, 1, r.randrange(20000, 20300), False)
            row.update(id=next(ids), origin="added", template_due=None, state=r.choice(["todo", "done"]))
            row["done_on"] = row["due"] if row["state"] == "done" else None
            rows.append(row)


# --- what a plan has to be ---

class Planner:
    def __init__(self, case):
        self.case = case
        self.then, self.now = case["then"], case["now"]
        self.then_by_key = {m["key"]: m for m in self.then["milestones"]}
        self.now_by_key = {m["key"]: m for m in self.now["milestones"]}
        self.successor = {}  # key then -> key now
        for m in self.now["milestones"]:
            was = m.get("was")
            if m["key"] not in self.then_by_key and was in self.then_by_key and was not in self.now_by_key \
                    and was not in self.successor:
                self.successor[was] = m["key"]
        self.twin = {}  # key now -> milestone then
        for key in self.now_by_key:
            self.twin[key] = self.then_by_key.get(key)
        for old, new in self.successor.items():
            self.twin[new] = self.then_by_key[old]
        half = (case["renewal_then"] - case["start_then"]) // 2
        self.since = case["start_then"] - half
        self.dates_move = (case["start"], case["renewal"]) != (case["start_then"], case["renewal_then"])
        self.rows = copy.deepcopy(case["rows"])
        self.items = copy.deepcopy(case["items"])
        self.changes = []
        self.moving = {}

    def counts(self, row):
        return row["state"] in OPEN or row["due"] >= self.since or (row["done_on"] or -1) >= self.since

    def key_now(self, row):
        if is_own(row):
            return row["key"]
        return row["key"] if row["key"] in self.now_by_key else self.successor.get(row["key"])

    def rows_of(self, key):
        return [x for x in self.case["rows"] if self.key_now(x) == key and self.counts(x)]

    def rule_differs(self, key):
        """Whether the rule of a date differs, with all that it hangs on."""
        if key not in self.moving:
            twin, m = self.twin[key], self.now_by_key[key]
            self.moving[key] = twin is None or self.text_differs(twin["due"], m["due"])
        return self.moving[key]

    def text_differs(self, then, now):
        if then != now:
            return True
        anchor = offset(now)[0]
        if anchor.startswith("stage."):
            stage = [next(s["from"] for s in t["stages"] if s["key"] == anchor[6:]) for t in (self.then, self.now)]
            return self.text_differs(*stage)
        return anchor.startswith("milestone.") and self.rule_differs(anchor[10:])

    def differing(self, key):
        """The fields that the template changed, the date by its rule."""
        twin, m = self.twin[key], self.now_by_key[key]
        if twin is None:
            return {"due"}
        names = {n for n in ("key", "stage", "required", "visible", "after", "effort") if twin[n] != m[n]}
        if (twin["title_en"], twin["title_zh"]) != (m["title_en"], m["title_zh"]):
            names.add("title")
        if self.rule_differs(key):
            names.add("due")
        if self.item_pairs(key)[1]:
            names.add("items")
        return names

    def item_pairs(self, key):
        """(place now -> place then or None, whether anything differs)."""
        twin, m = self.twin[key], self.now_by_key[key]
        then = twin["items"] if twin else []
        pairs, used = {}, set()
        for i, one in enumerate(m["items"]):
            pairs[i] = None
            for k, old in enumerate(then):
                same = (one["id"] == old["id"]) if "id" in one and "id" in old else (
                    "id" not in one and "id" not in old
                    and (one["title_en"], one["title_zh"]) == (old["title_en"], old["title_zh"]))
                if same and k not in used:
                    pairs[i] = k
                    used.add(k)
                    break
        strip = [(x.get("id"), x["title_en"], x["title_zh"]) for x in then]
        return pairs, strip != [(x.get("id"), x["title_en"], x["title_zh"]) for x in m["items"]]

    def when_differs(self, key):
        return self.twin[key] is None or self.twin[key]["when"] != self.now_by_key[key]["when"]

    def repeat_differs(self, key):
        twin, m = self.twin[key], self.now_by_key[key]
        if twin is None or twin["repeat"] != m["repeat"]:
            return True
        until = (m["repeat"] or {}).get("until")
        return until is not None and self.text_differs(until, until)

    def truth(self, key):
        return self.case["truths"].get(key, "unknown") if self.now_by_key[key]["when"] else "true"

    def say(self, action, key, number, before, after, fields=(), counts=(0, 0, 0), own=False):
        self.changes.append((action, key, number, before, after, tuple(sorted(fields)), tuple(counts), own))

    def touched(self, row):
        twin = self.then_by_key.get(row["key"])
        mine = [i for i in self.case["items"] if i["milestone_id"] == row["id"]]
        edited = row["origin"] == "edited" or due_is_ours(row)
        if twin:
            edited = edited or (row["title_en"], row["title_zh"], row["required"], row["visible"]) != (
                twin["title_en"], twin["title_zh"], twin["required"], twin["visible"])
            planned = {(item_key(twin, i), x["title_en"], x["title_zh"]) for i, x in enumerate(twin["items"])}
            edited = edited or bool({(i["key"], i["title_en"], i["title_zh"]) for i in mine} - planned)
        return edited or row["state"] != "todo" or bool(row["reason"]) or any(i["done"] for i in mine)

    def plan(self):
        dates = Dates(self.now, self.case["start"], self.case["renewal"], stands_by(self.rows_of))
        placed = set()
        for day, place, number, projected in dates.occurrences():
            m = self.now["milestones"][place]
            mine = [x for x in self.rows_of(m["key"]) if not is_own(x) and x["occurrence"] == number]
            placed |= {x["id"] for x in mine}
            if not mine:
                self.missing(m, place, number, day, projected)
                continue
            row = ([x for x in mine if x["state"] in OPEN] or mine)[0]
            self.meet(row, m, place, day, projected)
        for row in self.case["rows"]:
            if row["id"] not in placed and not is_own(row) and self.counts(row):
                self.without_place(row)
        return self

    def without_place(self, row, falls_out=False):
        key = self.key_now(row)
        if key is None and row["key"] not in self.then_by_key:
            return
        news = key is None or self.dates_move or self.repeat_differs(key) or self.when_differs(key) \
            or self.rule_differs(key)
        if not news:
            return
        shown = key if falls_out else row["key"]
        if row["state"] not in OPEN:
            self.say("kept-done", shown, row["occurrence"], row["due"], row["due"])
        elif self.touched(row):
            self.say("kept-edited", shown, row["occurrence"], row["due"], row["due"])
        else:
            self.say("retired", shown, row["occurrence"], row["due"], None)
            self.rows = [x for x in self.rows if x["id"] != row["id"]]
            self.items = [x for x in self.items if x["milestone_id"] != row["id"]]

    def missing(self, m, place, number, day, projected):
        key = m["key"]
        twin = self.twin[key]
        if self.truth(key) != "true":
            return
        if twin and self.was_planned(twin, number) and not (self.when_differs(key) and twin["when"]):
            return  # left out by its condition, or taken away
        if [x for x in self.case["rows"] if is_own(x) and x["key"] == key and x["occurrence"] in (1, number)]:
            if self.twin[key] is None and number == 1:
                self.say("conflict", key, 1, None, day, own=True)
            return
        self.say("added", key, number, None, day)
        self.rows.append(dict(new_row(m, place, number, day, projected), id=None))

    def was_planned(self, twin, number):
        dates = Dates(self.then, self.case["start_then"], self.case["renewal_then"], stands_by(
            lambda key: [x for x in self.case["rows"] if x["key"] == key and self.counts(x)]))
        return any(n == number and self.then["milestones"][place] is twin for _, place, n, _ in dates.occurrences())

    def meet(self, row, m, place, day, projected):
        key = m["key"]
        after = next(x for x in self.rows if x["id"] == row["id"])
        if row["state"] not in OPEN:
            fields = self.differing(key) - {"due"}
            if (self.dates_move or self.rule_differs(key)) and row["due"] != day and not due_is_ours(row):
                fields.add("due")
            if fields:
                self.say("kept-done", key, row["occurrence"], row["due"], row["due"], fields)
                after["key"] = key
            return
        if self.when_differs(key) and self.truth(key) == "false":
            self.without_place(row, True)
            if not self.touched(row):
                return
        self.merge(row, after, m, place, day, projected)

    def merge(self, row, after, m, place, day, projected):
        key, twin = m["key"], self.twin[m["key"]] or m
        changed, conflict = set(), set()
        values = {"stage": ("stage",), "title": ("title_en", "title_zh"), "required": ("required",),
                  "visible": ("visible",), "after": ("after",), "effort": ("effort",)}
        for field, names in values.items():
            ours = [row[n] for n in names]
            was, new = ([self.row_value(x, n) for n in names] for x in (twin, m))
            if was == new or ours == new:
                continue
            if ours == was:
                changed.add(field)
                after.update(zip(names, new))
            else:
                conflict.add(field)
        if row["key"] != key:
            changed.add("key")
        moved = False
        if due_is_ours(row) and row["due"] != day:
            if day != row["template_due"]:
                conflict.add("due")
        else:
            moved = row["due"] != day
            after.update(due=day, projected=int(projected))
        after.update(key=key, template_due=day, position=place + 1, repeats=int(bool(m["repeat"])))
        if dict(after, position=0) == dict(row, position=0):
            after["position"] = row["position"]  # another place alone is not written
        counts = self.merge_items(row, key)
        if sum(counts):
            changed.add("items")
        if moved:
            self.say("moved", key, row["occurrence"], row["due"], after["due"], {"due"})
        if changed:
            self.say("changed", key, row["occurrence"], row["due"], after["due"], changed, counts)
        if conflict:
            self.say("conflict", key, row["occurrence"], row["due"], after["due"], conflict)

    @staticmethod
    def row_value(m, name):
        if name == "after":
            return ",".join(m["after"]) or None
        return None if name == "effort" and m["effort"] < 0 else m[name]

    def merge_items(self, row, key):
        pairs, differ = self.item_pairs(key)
        if not differ:
            return 0, 0, 0
        m, twin = self.now_by_key[key], self.twin[key]
        then = twin["items"] if twin else []
        mine = sorted((i for i in self.items if i["milestone_id"] == row["id"]), key=lambda i: i["position"])
        added = removed = reworded = 0

        def pick(k):
            name = then[k].get("id", str(k + 1))
            return next((i for i in mine if i["key"] == name), None)

        def is_plain(one, k):
            return not one["done"] and (one["title_en"], one["title_zh"]) == (then[k]["title_en"], then[k]["title_zh"])
        for k in range(len(then)):
            if k not in pairs.values():
                one = pick(k)
                if one and is_plain(one, k):
                    mine.remove(one)
                    self.items.remove(one)
                    removed += 1
        found = {}
        for i in pairs:
            if pairs[i] is not None:
                found[i] = pick(pairs[i])
                if found[i]:
                    mine.remove(found[i])
        position = 0
        for i, new in enumerate(m["items"]):
            if pairs[i] is None:
                one = {"id": None, "milestone_id": row["id"], "done": 0, "title_en": new["title_en"],
                       "title_zh": new["title_zh"]}
                self.items.append(one)
                added += 1
            else:
                one = found[i]
                if one is None:
                    continue
                if is_plain(one, pairs[i]) and (one["title_en"], one["title_zh"]) != (new["title_en"], new["title_zh"]):
                    one.update(title_en=new["title_en"], title_zh=new["title_zh"])
                    reworded += 1
            position += 1
            one.update(position=position, key=item_key(m, i))
        names = {item_key(m, i) for i in range(len(m["items"]))}
        for one in mine:
            position += 1
            one["position"] = position
            if one["key"] in names:
                one["key"] = str(position)
        return added, removed, reworded


# --- comparing ---

def bare(x):
    """Without the numbers that the store gives."""
    x = dict(x)
    x["id"] = None if x["id"] is None or x["id"] >= 1000 else x["id"]
    x["milestone_id"] = x.get("milestone_id")
    return json.dumps(x, sort_keys=True)


def said(change):
    return (change["action"], change["key"], change["occurrence"], change["due_before"], change["due_after"],
            tuple(sorted(change["fields"])), tuple(change["items"]), change["own"])


def problems(case, answer):
    planner = Planner(case).plan()
    if sorted(map(said, answer["changes"]), key=str) != sorted(planner.changes, key=str):
        yield "changes", sorted(map(said, answer["changes"]), key=str), sorted(planner.changes, key=str)
    if sorted(map(bare, answer["rows"])) != sorted(map(bare, planner.rows)):
        yield "rows", sorted(map(bare, answer["rows"])), sorted(map(bare, planner.rows))
    old = {i["id"] for i in case["rows"]}
    theirs = sorted(bare(i) for i in answer["items"] if i["milestone_id"] in old)
    if theirs != sorted(map(bare, planner.items)):
        yield "items", theirs, sorted(map(bare, planner.items))
    yield from broken_promises(case, answer)


def broken_promises(case, answer):
    """What holds whatever the rules of merging are."""
    rows = {x["id"]: x for x in answer["rows"]}
    their_items = {x["id"]: x for x in answer["items"]}
    twins = {m["key"]: m for m in case["then"]["milestones"]}
    for row in case["rows"]:
        now = rows.get(row["id"])
        if row["state"] not in OPEN or is_own(row):
            if now is None or dict(now, key="") != dict(row, key=""):
                yield "a closed or own row changed", now, row
            continue
        twin = twins.get(row["key"])
        if row["origin"] == "edited" and now is None:
            yield "an edited row went", now, row
        if twin and now:
            for name in ("title_en", "required", "visible"):
                if row[name] != twin[name] and now[name] != row[name]:
                    yield "an edit was lost", now, row
            if due_is_ours(row) and now["due"] != row["due"]:
                yield "an edited date was lost", now, row
        if now and (now["state"], now["owner"], now["reason"]) != (row["state"], row["owner"], row["reason"]):
            yield "a state was lost", now, row
    for one in case["items"]:
        now = their_items.get(one["id"])
        own = one["title_en"] == "Own item"
        if (one["done"] or own) and (now is None or (now["done"], now["title_en"]) != (one["done"], one["title_en"])):
            yield "a ticked or own item was lost", now, one
    if answer["again"] or answer["writes_again"]:
        yield "a second plan is not empty", answer["again"], answer["writes_again"]


def make_case(r):
    ids = iter(range(1, 1000))
    start = 20000
    renewal = start + r.choice([180, 365])
    then = template(r)
    case = {"then": then, "now": change(r, then) if r.random() < 0.9 else then, "start_then": start,
            "renewal_then": renewal, "start": start, "renewal": renewal}
    if r.random() < 0.25:
        case["start"] += r.randrange(-20, 40)
        case["renewal"] = case["start"] + r.choice([renewal - start, 240])
    case["rows"], case["items"] = lived(r, then, start, renewal, ids)
    own_rows(r, case["now"], case["rows"], ids)
    case["truths"] = {m["key"]: r.choice(["true", "false", "unknown"]) for m in case["now"]["milestones"]}
    r.shuffle(case["rows"])
    case["items"].sort(key=lambda i: (i["milestone_id"], i["position"]))
    return case


def main():
    probe, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    r = random.Random(20261)
    cases = [make_case(r) for _ in range(count)]
    text = "".join(json.dumps(c) + "\n" for c in cases)
    out = subprocess.run([probe], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(out) == count, f"{len(out)} answers to {count} cases"
    bad, seen = 0, {}
    for number, (case, line) in enumerate(zip(cases, out)):
        answer = json.loads(line)
        for change_ in answer["changes"]:
            seen[change_["action"]] = seen.get(change_["action"], 0) + 1
        for name, found, wanted in problems(case, answer):
            bad += 1
            if bad <= 5:
                print(f"case {number}: {name}\n  probe:  {found}\n  oracle: {wanted}")
    print(f"{count} triples, {bad} differences; " + ", ".join(f"{n} {a}" for a, n in sorted(seen.items())))
    assert set(seen) == {"added", "moved", "changed", "retired", "kept-done", "kept-edited", "conflict"}, "too little"
    sys.exit(bad > 0)


if __name__ == "__main__":
    main()
