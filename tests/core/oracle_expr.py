#!/usr/bin/env python3
"""Compares the evaluation of expressions with an evaluator of its own.

usage: oracle_expr.py PROBE [COUNT]
Makes random expressions as trees (with a fixed seed), prints them with as few parentheses as the
grammar allows (and sometimes more), evaluates the trees here over random inputs, and lets PROBE parse
and evaluate the printed text. Exits 1 where one answer differs.
"""
import datetime
import random
import subprocess
import sys

EPOCH = datetime.date(1970, 1, 1)
NUMBERS, TEXTS, DATES = ["n1", "n2", "n3"], ["t1", "t2"], ["d1", "d2"]
BOOLS, TAGS, CUSTOM = ["b1", "b2"], ["g1"], ["c1", "c2"]
WORDS = ["vip", "a b", "north", "客户", 'say "hi"', "back\\slash", ""]
TAG_WORDS = ["vip", "beta", "客户"]
# counters and gauges, in the order in which the store gives them; "never" has no point
METRICS = ["a-b", "g", "g-2", "m", "never"]
WINDOWS = {"1d": 1, "2d": 2, "7d": 7, "1w": 7, "10 days": 10, "30d": 30, "4w": 28, "1 month": 30,
    "1q": 90, "1y": 365, "3660d": 3660}
OVER = ["sum", "avg", "min", "max", "count", "change"]
KEYS = ["kickoff", "monthly-review", "handover"]


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def day_text(day):
    return (EPOCH + datetime.timedelta(days=day)).isoformat()


def random_day(r):
    return r.randrange(20000, 20006)


def random_number(r):
    return r.choice([0, 1, 2, 3, 10, 0.5, 2.25, 0.3])


def inputs(r):
    """name -> (kind, value), value None where unknown."""
    known = {}
    for name in NUMBERS:
        known[name] = ("number", r.choice([None, -2, 0, 1, 2.25, 10]))
    for name in TEXTS:
        known[name] = ("text", r.choice([None] + WORDS))
    for name in DATES:
        known[name] = ("date", r.choice([None, random_day(r), random_day(r)]))
    for name in BOOLS:
        known[name] = ("bool", r.choice([None, True, False]))
    for name in TAGS:
        known[name] = ("tags", ",".join(w for w in TAG_WORDS if r.random() < 0.5))
    for name in CUSTOM:
        custom = [None, "vip", "10", "2.25", "yes", "No", day_text(random_day(r)), "x1"]
        known[name] = ("text", r.choice(custom))
    return known


def series(r, day):
    """Points by day: dense or sparse, with zeros and negative ones, some of them after the day."""
    first = day - r.choice([0, 3, 9, 40, 100, 400, -2])
    share = r.choice([0.03, 0.3, 1.0])
    points = {}
    for d in range(first, day + r.choice([1, 1, 5])):
        if r.random() < share:
            points[d] = r.choice([0, 0, 1, 2, 3.25, 10, 0.5, -1 if r.random() < 0.2 else 4])
    return points


def facts(r):
    day = random_day(r)
    states = ["todo", "doing", "blocked", "done", "done", "skipped"]
    milestones = [(r.choice(KEYS), n, r.choice(states), day + r.randrange(-3, 4),
        day - r.randrange(1, 9)) for n in range(1, 1 + r.randrange(5))]
    complaints = [(day - r.randrange(-2, 30), r.choice([None, day - 1, day, day + 1]))
        for _ in range(r.randrange(4))]
    return {
        "day": day,
        "contact": r.choice([None, day, day - 3, day - 30]),
        "alerts": r.choice([None, 0, 2]),
        "series": {m: series(r, day) if m != "never" and r.random() < 0.9 else {} for m in METRICS},
        "milestones": milestones,
        "complaints": complaints,
    }


# --- what functions answer: day by day, without any cleverness ---

def is_gauge(metric):
    return metric.startswith("g")


def over_days(points, gauge, function, day, days):
    """Over the `days` days that end on `day`; `points` is not empty."""
    values = []
    for d in range(day - days + 1, day + 1):
        if d in points:
            values.append(points[d])
        elif not gauge and function != "count":
            values.append(0)
    if function == "count":
        return len(values)
    if not values:
        return None
    return {"sum": sum(values), "avg": sum(values) / len(values), "min": min(values),
        "max": max(values)}[function]


def called(function, arg, days, given):
    day = given["day"]
    if function == "open":
        if arg == "alerts":
            return given["alerts"]
        if arg == "milestones":
            return sum(m[2] in ("todo", "doing", "blocked") for m in given["milestones"])
        return sum(o <= day and (c is None or c > day) for o, c in given["complaints"])
    if function == "overdue":
        return sum(m[2] not in ("done", "skipped") and m[3] < day for m in given["milestones"])
    if function == "done":
        key, _, number = arg.partition("#")
        return any(m[0] == key and m[2] == "done" and number in ("", str(m[1]))
            for m in given["milestones"])
    if arg == "contact":
        return None if given["contact"] is None else day - given["contact"]
    points = {d: v for d, v in given["series"][arg].items() if d <= day}
    if not points:
        return None
    if function == "latest":
        return points[max(points)]
    if function == "days_since":
        used = [d for d, v in points.items() if v > 0]
        return day - max(used) if used else None
    if function == "change":
        what = "avg" if is_gauge(arg) else "sum"
        now = over_days(points, is_gauge(arg), what, day, days)
        before = over_days(points, is_gauge(arg), what, day - days, days)
        return None if now is None or not before else (now - before) / before
    return over_days(points, is_gauge(arg), function, day, days)


# --- trees: (operator, operand...) ---

def call_tree(r):
    pick = r.random()
    if pick < 0.1:
        return ("call", "open", r.choice(["complaints", "milestones", "alerts"]), None)
    if pick < 0.15:
        return ("call", "overdue", "milestones", None)
    if pick < 0.3:
        return ("call", r.choice(["latest", "days_since"]), r.choice(METRICS), None)
    if pick < 0.35:
        return ("call", "days_since", "contact", None)
    return ("call", r.choice(OVER), r.choice(METRICS), r.choice(list(WINDOWS)))


def number_tree(r, depth):
    pick = r.random()
    if depth <= 0 or pick < 0.35:
        pick = r.random()
        if pick < 0.4:
            value = random_number(r)
            if value and r.random() < 0.2:
                return ("percent", value)
            return ("number", value)
        return call_tree(r) if r.random() < 0.6 else ("name", r.choice(NUMBERS + CUSTOM[:1]))
    if pick < 0.45:
        return ("neg", number_tree(r, depth - 1))
    return (r.choice("+-*/"), number_tree(r, depth - 1), number_tree(r, depth - 1))


def item_tree(r, kind):
    if r.random() < 0.1:
        return ("null",)
    if kind == "number":
        return number_tree(r, 1)
    if kind == "date":
        return ("date", random_day(r))
    return ("text", r.choice(WORDS))


def comparison_tree(r, depth):
    kind = r.choice(["number", "number", "text", "date", "tags", "custom", "null", "bool"])
    equal = r.choice(["==", "!="])
    order = r.choice(["==", "!=", "<", "<=", ">", ">="])
    if kind == "number":
        if r.random() < 0.2:
            items = [item_tree(r, kind) for _ in range(r.randrange(4))]
            return (r.choice(["in", "not in"]), number_tree(r, depth - 1), ("list", *items))
        return (order, number_tree(r, depth - 1), number_tree(r, depth - 1))
    if kind == "text":
        if r.random() < 0.4:
            items = [item_tree(r, kind) for _ in range(r.randrange(4))]
            return (r.choice(["in", "not in"]), ("name", r.choice(TEXTS)), ("list", *items))
        return (equal, ("name", r.choice(TEXTS)), r.choice([("text", r.choice(WORDS)), ("name", "t2")]))
    if kind == "date":
        other = r.choice([("date", random_day(r)), ("name", "d2"), ("name", "c1")])
        sides = [("name", "d1"), other]
        r.shuffle(sides)
        if r.random() < 0.2:
            return ("in", ("name", "d1"), ("list", *[item_tree(r, kind) for _ in range(3)]))
        return (order, *sides)
    if kind == "tags":
        word = ("text", r.choice(TAG_WORDS))
        return r.choice([("in", word, ("name", "g1")), ("not in", word, ("name", "g1")),
            (equal, ("name", "g1"), word), ("in", ("name", "g1"), ("list", word, ("text", "beta")))])
    if kind == "custom":
        other = r.choice([("text", r.choice(WORDS + ["10", "yes"])), ("number", 10), ("name", "b1"),
            ("name", "c2")])
        if other[0] == "number" or other == ("name", "c2"):
            return (order, ("name", "c1"), other)
        if other[0] == "text" and r.random() < 0.3:
            return (order, ("name", "c1"), ("date", random_day(r))) if order[0] in "<>" else (
                equal, ("name", "c1"), other)
        return (equal, ("name", "c1"), other)
    if kind == "null":
        return (equal, ("name", r.choice(NUMBERS + TEXTS)), ("null",))
    return (equal, ("name", r.choice(BOOLS)), r.choice([("bool", True), ("bool", False), ("name", "b2")]))


def condition_tree(r, depth):
    pick = r.random()
    if depth <= 0 or pick < 0.3:
        return comparison_tree(r, depth)
    if pick < 0.35:
        return ("call", "done", r.choice(KEYS + ["monthly-review#2", "handover#1"]), None)
    if pick < 0.4:
        return ("name", r.choice(BOOLS + CUSTOM))
    if pick < 0.55:
        return ("not", condition_tree(r, depth - 1))
    return (r.choice(["and", "or"]), condition_tree(r, depth - 1), condition_tree(r, depth - 1))


# --- printing ---

LEVEL = {"or": 1, "and": 2, "not": 3, "==": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4,
    "not in": 4, "+": 5, "-": 5, "*": 6, "/": 6, "neg": 7}


def text_of(r, tree, least):
    op = tree[0]
    blank = r.choice([" ", " ", "  "])
    if op == "number":
        out = repr(tree[1])
    elif op == "percent":
        out = f"{round(tree[1] * 100, 4):g}%"
    elif op == "text":
        out = quoted(tree[1])
    elif op == "date":
        out = quoted(day_text(tree[1]))
    elif op == "bool":
        out = "true" if tree[1] else "false"
    elif op == "null":
        out = "null"
    elif op == "name":
        out = tree[1]
    elif op == "call":
        out = tree[1] + "(" + (quoted(tree[2]) if "#" in tree[2] else tree[2])
        out += ")" if tree[3] is None else "," + blank + tree[3] + ")"
    elif op == "list":
        out = "[" + ", ".join(text_of(r, item, 5) for item in tree[1:]) + "]"
    elif op == "not":
        out = "not " + text_of(r, tree[1], 3)
    elif op == "neg":
        out = "-" + text_of(r, tree[1], 7)
    else:
        level = LEVEL[op]
        left = text_of(r, tree[1], level if level in (1, 2, 5, 6) else 5)
        right = text_of(r, tree[2], 5 if level == 4 else level + 1)
        out = left + blank + op + blank + right
    if LEVEL.get(op, 9) < least or (op != "list" and r.random() < 0.05):
        return "(" + out + ")"
    return out


# --- evaluation: numbers, texts, ("day", n), ("tags", set), booleans, None ---

def as_number(v):
    if isinstance(v, bool) or isinstance(v, tuple) or v is None:
        return None
    if isinstance(v, str):
        try:
            return float(v) if v.strip() == v and v.lower() not in ("nan", "inf") else None
        except ValueError:
            return None
    return float(v)


def as_day(v):
    if isinstance(v, tuple) and v[0] == "day":
        return v[1]
    if isinstance(v, str):
        try:
            return (datetime.date.fromisoformat(v) - EPOCH).days if len(v) == 10 else None
        except ValueError:
            return None
    return None


def as_truth(v):
    if isinstance(v, bool):
        return v
    if isinstance(v, str):
        return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}.get(
            v.lower())
    return None


def same(a, b):
    if a is None or b is None:
        return None
    for tags, tag in ((a, b), (b, a)):
        if isinstance(tags, tuple) and tags[0] == "tags":
            return tag in tags[1]
    if isinstance(a, str) and isinstance(b, str):
        return a == b
    for read, kind in ((as_number, float), (as_day, tuple), (as_truth, bool)):
        def is_kind(v):
            if kind is float:
                return isinstance(v, (int, float)) and not isinstance(v, bool)
            return isinstance(v, kind)
        if is_kind(a) or is_kind(b):
            x, y = read(a), read(b)
            return None if x is None or y is None else x == y
    return None


def less(a, b):
    for read in (as_number, as_day):
        x, y = read(a), read(b)
        if x is not None and y is not None:
            return (x > y) - (x < y)
    return None


def kleene_not(v):
    return None if v is None else not v


def value_of(tree, known):
    op = tree[0]
    if op in ("number", "text", "bool"):
        return tree[1]
    if op == "percent":
        return round(tree[1] * 100, 4) / 100
    if op == "date":
        return ("day", tree[1])
    if op == "null":
        return None
    if op == "name":
        kind, value = known[tree[1]]
        if value is None:
            return None
        if kind == "tags":
            return ("tags", set(value.split(",")) if value else set())
        return ("day", value) if kind == "date" else value
    if op == "call":
        return called(tree[1], tree[2], WINDOWS.get(tree[3]), known[""][1])
    if op in ("and", "or"):
        a, b = (as_truth(value_of(t, known)) for t in tree[1:])
        decisive = op == "or"
        if a is decisive or b is decisive:
            return decisive
        return None if a is None or b is None else not decisive
    if op == "not":
        return kleene_not(as_truth(value_of(tree[1], known)))
    if op in ("in", "not in"):
        left = value_of(tree[1], known)
        if tree[2][0] == "list":
            answers = [same(left, value_of(item, known)) for item in tree[2][1:]]
            found = True if True in answers else None if None in answers else False
        else:
            found = same(left, value_of(tree[2], known))
        return found if op == "in" else kleene_not(found)
    a = value_of(tree[1], known)
    if op == "neg":
        return None if as_number(a) is None else -as_number(a)
    b = value_of(tree[2], known)
    if op in ("==", "!="):
        return same(a, b) if op == "==" else kleene_not(same(a, b))
    if op in ("<", "<=", ">", ">="):
        order = less(a, b)
        if order is None:
            return None
        return {"<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}[op]
    a, b = as_number(a), as_number(b)
    if a is None or b is None or (op == "/" and b == 0):
        return None
    return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b}[op]()


def answer(v):
    if v is None:
        return "unknown"
    if isinstance(v, bool):
        return "true" if v else "false"
    return f"{v + 0.0:.9g}"


def line_of(text, known):
    given = known[""][1]
    parts = [text, f"day=date={given['day']}"]
    if given["contact"] is not None:
        parts.append(f"contact=date={given['contact']}")
    else:
        parts.append("contact=date")
    parts.append("alerts=number" + ("" if given["alerts"] is None else f"={given['alerts']}"))
    for metric, points in given["series"].items():
        points = " ".join(f"{d}:{v}" for d, v in sorted(points.items()))
        parts.append(f"{metric}={'gauge' if is_gauge(metric) else 'counter'}={points}")
    for key, n, state, due, done_on in given["milestones"]:
        parts.append(f"{key}=milestone={n}:{state}:{due}:{done_on if state == 'done' else 0}")
    for opened, closed in given["complaints"]:
        parts.append(f"complaint=complaint={opened}:{closed or 0}")
    for name, (kind, value) in known.items():
        if name == "":
            continue
        if value is None:
            parts.append(f"{name}={kind}")
        elif kind == "bool":
            parts.append(f"{name}={kind}={int(value)}")
        else:
            parts.append(f"{name}={kind}={value}")
    return "\t".join(parts)


def main():
    probe, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    r = random.Random(20260131)
    cases, lines = [], []
    for i in range(count):
        numeric = i % 4 == 0
        tree = number_tree(r, 4) if numeric else condition_tree(r, 4)
        known, text = {**inputs(r), "": ("facts", facts(r))}, text_of(r, tree, 0)
        value = value_of(tree, known)
        if not numeric:
            value = as_truth(value)
        elif value is not None:
            value = as_number(value)
        cases.append((text, known, answer(value)))
        lines.append(("number\t" if numeric else "truth\t") + line_of(text, known))
    out = subprocess.run([probe], input="\n".join(lines) + "\n", capture_output=True, text=True,
        check=True).stdout.splitlines()
    if len(out) != count:
        sys.exit(f"the probe answered {len(out)} of {count} lines")
    wrong = 0
    kinds = {}
    for (text, known, expected), got in zip(cases, out):
        kinds[expected if expected in ("true", "false", "unknown") else "number"] = kinds.get(
            expected if expected in ("true", "false", "unknown") else "number", 0) + 1
        if got != expected and "-0" not in (got, expected):
            wrong += 1
            if wrong <= 10:
                used = {k: v for k, v in known.items() if k in text or k == ""}
                print(f"{text}\n  with {used}\n  expected {expected}, got {got}")
    print(f"{count} expressions, {wrong} wrong; {kinds}")
    sys.exit(1 if wrong else 0)


main()
