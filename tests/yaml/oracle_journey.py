#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random journeys, written as YAML and scheduled here a second time, from the rules of the manual and
with nothing but datetime; the program must give the same. A third of them are written as a variant and its base.

usage: oracle_journey.py PROGRAM [CASES [SEED]]
"""
import calendar as months
import random
import subprocess
import sys
from datetime import date, timedelta

UNITS = ["day", "workday", "week", "month", "quarter", "year"]
IN_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def add_months(day, n):
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


class Calendar:
    def __init__(self, holidays=(), workdays=()):
        self.holidays, self.workdays = set(holidays), set(workdays)

    def is_workday(self, day):
        if day in self.holidays:
            return False
        return day in self.workdays or day.weekday() < 5

    def add(self, day, n, backwards):
        one = timedelta(days=-1 if backwards else 1)
        if n == 0:
            while not self.is_workday(day):
                day += one
            return day
        while n > 0:
            day += one
            n -= self.is_workday(day)
        return day


def add(cal, day, n, unit, backwards):
    """N units after (or before) a day."""
    if unit == "workday":
        return cal.add(day, n, backwards)
    n = -n if backwards else n
    if unit in IN_MONTHS:
        return add_months(day, n * IN_MONTHS[unit])
    return day + timedelta(days=n * (7 if unit == "week" else 1))


class When:
    """ANCHOR [+|- N UNIT]"""

    def __init__(self, anchor, offset=None):
        self.anchor, self.offset = anchor, offset

    def text(self, rng):
        if self.offset is None:
            return self.anchor
        n, unit, backwards = self.offset
        # before '-' and digits a key needs no blank either, but a reader's eye does
        left, right = rng.choice([(" ", " "), (" ", ""), ("", " "), ("", "")])
        plural = unit + "s" if n != 1 or rng.random() < 0.2 else unit
        return f"{self.anchor}{left}{'-' if backwards else '+'}{right}{n} {plural}"


class Case:
    def __init__(self, rng):
        self.rng = rng
        self.start = date(rng.randint(2019, 2031), 1, 1) + timedelta(days=rng.randint(0, 364))
        if rng.random() < 0.3:  # the ends of months are where it goes wrong
            last = months.monthrange(self.start.year, self.start.month)[1]
            self.start = self.start.replace(day=last - rng.choice([0, 0, 1]))
        self.term = rng.choice([1, 3, 6, 12, 12, 12, 18, 24, 36])
        self.renewal = add_months(self.start, self.term)
        self.make_calendar()
        self.make_template()
        self.make_progress()

    def make_calendar(self):
        rng = self.rng
        self.cal, self.cal_text = Calendar(), ""
        if rng.random() < 0.5:
            return
        days = [self.start + timedelta(days=rng.randint(-200, 1200)) for _ in range(60)]
        holidays = {d for d in days if rng.random() < 0.7}
        for d in list(holidays):  # some are long
            holidays |= {d + timedelta(days=i) for i in range(rng.choice([0, 0, 6]))}
        worked = {d for d in days if d.weekday() >= 5 and d not in holidays}
        self.cal = Calendar(holidays, worked)
        listed = [sorted(holidays), sorted(worked)]
        rng.shuffle(listed[0])  # files need no order
        self.cal_text = "calendar: c\nholidays: [{}]\nworkdays: [{}]\n".format(
            *[", ".join(d.isoformat() for d in days) for days in listed])

    def make_when(self, before):
        """A date that hangs on what stands before it in a hidden order, so that there are no cycles."""
        rng = self.rng
        anchor = rng.choice(["start", "start", "renewal"] + before * 2 if before else ["start", "renewal"])
        if rng.random() < 0.25:
            return When(anchor)
        unit = rng.choice(UNITS)
        most = {"day": 45, "workday": 30, "week": 9, "month": 14, "quarter": 5, "year": 2}[unit]
        return When(anchor, (rng.randint(0, most), unit, rng.random() < 0.35))

    def make_template(self):
        rng = self.rng
        self.stages = {}
        self.milestones = {}
        names = [("stage", f"s{i}") for i in range(rng.randint(1, 5))]
        odd = ["m-2", "m-3", "phase-10", "x.y", "a_b", "里程碑"]
        names += [("milestone", f"m{i}") for i in range(rng.randint(0, 14))]
        names += [("milestone", key) for key in odd if rng.random() < 0.15]
        file_order = list(names)
        rng.shuffle(names)
        before = []
        for kind, key in names:
            when = self.make_when(before)
            if kind == "stage":
                self.stages[key] = (when, rng.random() < 0.2)
            else:
                self.milestones[key] = [when, None]
            before.append(f"{kind}.{key}")
        self.stages = {k: self.stages[k] for kind, k in file_order if kind == "stage"}
        self.milestones = {k: self.milestones[k] for kind, k in file_order if kind == "milestone"}
        for m in self.milestones.values():
            if rng.random() < 0.4:
                unit = rng.choice(UNITS)
                least = {"day": 5, "workday": 3}.get(unit, 1)
                until = self.make_when(before) if rng.random() < 0.6 else None
                m[1] = (rng.randint(least, least + 6), unit, until)
        self.cyclic = rng.random() < 0.05 and len(self.milestones) > 1
        if self.cyclic:
            ring = rng.sample(list(self.milestones), rng.randint(2, len(self.milestones)))
            for at, key in enumerate(ring):
                self.milestones[key][0] = When(f"milestone.{ring[at - 1]}", (1, "day", False))

    def make_progress(self):
        rng = self.rng
        self.done = {k: self.start + timedelta(days=rng.randint(0, 400))
                     for k in self.milestones if rng.random() < 0.25}
        self.due = {k: self.start + timedelta(days=rng.randint(0, 400))
                    for k in self.milestones if rng.random() < 0.2}
        self.days = [(self.start + timedelta(days=rng.randint(-60, 1200)), rng.random() < 0.5)
                     for _ in range(8)]

    HEAD = "journey: {}\nversion: {}\ntitle: {{en: R, zh: 随机}}\nterm: {} months\n"

    def quoted(self, when):
        text = when.text(self.rng)
        return f'"{text}"' if self.rng.random() < 0.3 else text

    def stage_fields(self, when, lapsed):
        return {"from": self.quoted(when), "when": "lapsed" if lapsed else None}

    def milestone_fields(self, stage, when, repeat):
        fields = {"stage": stage, "title": "M", "due": self.quoted(when), "repeat": None}
        if repeat:
            n, unit, until = repeat
            ending = f", until: {self.quoted(until)}" if until else ""
            fields["repeat"] = f"{{every: {n} {unit}s{ending}}}"
        return fields

    @staticmethod
    def entries(name, entries):
        """Entries as YAML; what is None is not said, and "~" is said to be nothing."""
        lines = [f"  - {{{', '.join(f'{k}: {v}' for k, v in {'key': key, **fields}.items() if v is not None)}}}"
                 for key, fields in entries]
        return "\n".join([f"{name}:"] + lines) + "\n" if entries else ""

    def apart(self, whole, may_drop):
        """The entries of a base, those of its variant, and what the variant drops: together `whole`, in its order."""
        rng = self.rng
        base, own, drop = [], [], []
        order = list(whole)
        for at, key in enumerate(order):
            fields, follower = whole[key], order[at + 1] if at + 1 < len(order) else None
            what = rng.random()
            if what < 0.25:  # new: at the end, or before the next
                own.append((key, {**fields, "before": follower}))
                continue
            if what < 0.6:  # changed: some fields of the base are others, more or fewer
                theirs, ours = dict(fields), {}
                for name, value in fields.items():
                    other = {"from": "renewal", "due": "start", "when": "lapsed", "title": "X",
                             "repeat": "{every: 1 year}", "stage": value}[name]
                    if rng.random() < 0.5:
                        theirs[name] = other if value is None or rng.random() < 0.7 else None
                        if name in ("from", "due", "title", "stage") and theirs[name] is None:
                            theirs[name] = other
                        ours[name] = value if value is not None else "~"
                base.append((key, theirs))
                own.append((key, ours))
                continue
            base.append((key, dict(fields)))
        if may_drop and whole and rng.random() < 0.5:
            base.insert(rng.randint(0, len(base)), ("dropped", {**next(iter(whole.values())), "due": "start"}))
            drop.append("dropped")
        inherited = [key for key, _ in base if key in whole]
        if len(inherited) > 1 and rng.random() < 0.5:  # one stands elsewhere in the base, and is moved back
            key = rng.choice(inherited)
            follower = dict(zip(order, order[1:])).get(key)
            if follower is not None:
                entry = next(e for e in base if e[0] == key)
                base.remove(entry)
                base.insert(rng.randint(0, len(base)), entry)
                ours = dict(own).get(key, {})
                own = [e for e in own if e[0] != key] + [(key, {**ours, "before": follower})]
        return base, own, drop

    def yaml(self):
        """The journey, and the one that it extends ("" where it stands alone)."""
        rng = self.rng
        stages = {key: self.stage_fields(*value) for key, value in self.stages.items()}
        milestones = {key: self.milestone_fields(rng.choice(list(self.stages)), *value)
                      for key, value in self.milestones.items()}
        if rng.random() > 0.35:
            return self.HEAD.format("random", rng.randint(1, 99), self.term) + self.entries("stages", stages.items()) \
                + self.entries("milestones", milestones.items()), ""
        base_stages, own_stages, _ = self.apart(stages, False)
        base_milestones, own_milestones, drop = self.apart(milestones, True)
        base = self.HEAD.format("basis", 3, rng.randint(1, 9)) + self.entries("stages", base_stages) \
            + self.entries("milestones", base_milestones)
        own = self.HEAD.format("random", 1, self.term) + "extends: basis\n" + self.entries("stages", own_stages) \
            + self.entries("milestones", own_milestones)
        return own + (f"drop: [{', '.join(drop)}]\n" if drop else ""), base

    # What the manual says.

    def anchor(self, name):
        if name == "start":
            return self.start, False
        if name == "renewal":
            return self.renewal, False
        kind, key = name.split(".", 1)
        if kind == "stage":
            return self.moment(self.stages[key][0])
        if key in self.done:
            return self.done[key], False
        if key in self.due:
            return self.due[key], True
        return self.moment(self.milestones[key][0])[0], True

    def moment(self, when):
        day, projected = self.anchor(when.anchor)
        if when.offset:
            day = add(self.cal, day, *when.offset)
        return day, projected

    def occurrences(self, key):
        when, repeat = self.milestones[key]
        due, projected = self.moment(when)
        if not repeat:
            return [(due, 1, projected)]
        n, unit, until = repeat
        last = self.moment(until)[0] if until else self.renewal - timedelta(days=1)
        found = []
        while True:
            k = len(found)
            if when.offset and when.offset[1] in IN_MONTHS and unit in IN_MONTHS:
                sign = -1 if when.offset[2] else 1
                total = sign * when.offset[0] * IN_MONTHS[when.offset[1]] + k * n * IN_MONTHS[unit]
                day = add_months(self.anchor(when.anchor)[0], total)
            elif k == 0:
                day = due
            else:
                day = add(self.cal, due, k * n, unit, False)
            if day > last:
                return found
            found.append((day, k + 1, projected))

    def expected(self):
        if self.cyclic:
            return ["refused"]
        rows = []
        for place, key in enumerate(self.milestones):
            rows += [(day, place, n, key, projected) for day, n, projected in self.occurrences(key)]
        out = [f"{key}#{n} {day}" + (" projected" if projected else "")
               for day, _, n, key, projected in sorted(rows)]
        first = {key: self.moment(when)[0] for key, (when, _) in self.stages.items()}
        out += [f"stage {key} {day}" for key, day in first.items()]
        for day, lapsed in self.days:
            holds = [key for key, (_, if_lapsed) in self.stages.items()
                     if first[key] <= day and (lapsed or not if_lapsed)]
            out.append(f"on {day} {holds[-1] if holds else '-'}")
        return out

    def request(self):
        journey, base = (text.encode() for text in self.yaml())
        cal = self.cal_text.encode()
        self.variant = bool(base)
        head = f"case {self.start} {self.renewal} {len(journey)} {len(base)} {len(cal)} " \
               f"{len(self.done) + len(self.due)} {len(self.days)}\n"
        head += "".join(f"done {k} {d}\n" for k, d in self.done.items())
        head += "".join(f"due {k} {d}\n" for k, d in self.due.items())
        head += "".join(f"{d} {'lapsed' if lapsed else 'not'}\n" for d, lapsed in self.days)
        self.sent = head + journey.decode() + base.decode() + cal.decode()
        return head.encode() + journey + base + cal


def main():
    program = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 20260131)
    cases = [Case(rng) for _ in range(count)]
    ran = subprocess.run([program], input=b"".join(c.request() for c in cases),
                         capture_output=True, check=False)
    sys.stderr.write(ran.stderr.decode())
    if ran.returncode != 0:
        sys.exit(f"the program ended with {ran.returncode}")
    answers = ran.stdout.decode().split("end\n")
    if len(answers) != count + 1:
        sys.exit(f"{len(answers) - 1} answers to {count} cases")
    rows = refused = 0
    for case, answer in zip(cases, answers):
        got = ["refused" if line.startswith("refused") else line for line in answer.splitlines()]
        want = case.expected()
        rows += len(want)
        refused += want == ["refused"]
        if got != want:
            print(case.sent)
            for line in sorted(set(got) ^ set(want)):
                print("got " if line in got else "want", line)
            print(answer if got == ["refused"] else "")
            sys.exit("the program and the oracle differ")
    variants = sum(case.variant for case in cases)
    print(f"{count} journeys, {variants} as variants, {rows} lines equal, {refused} with cycles refused")


main()
