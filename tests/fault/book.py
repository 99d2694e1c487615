"""A book with each hostile string in each field that takes it, for the tests of what comes out."""
import csv
import json
import re

import program
import strings

TODAY = "2026-03-16"
JOURNEYS = 12  # customers with a journey, from the first on


class Book(program.Case):
    customers = 0
    texts = strings.hostile()

    @classmethod
    def setUpClass(cls):
        """One book for all the tests: each text in each field that takes it."""
        cls.book = cls("fill")
        program.Case.setUp(cls.book)
        cls.book.fill()

    @classmethod
    def tearDownClass(cls):
        cls.book.doCleanups()

    def setUp(self):
        for name in ("dir", "db", "known", "by_key", "report"):
            setattr(self, name, getattr(self.book, name))

    def write_csv(self, name, header, rows):
        path = self.dir / name
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(header)
            writer.writerows(rows)
        return path

    def take_in(self, kind, path, *options):
        """Imports a file of which nothing may be refused but texts past their limits."""
        report = json.loads(self.ok("import", kind, path, "--partial", "-f", "json", *options))
        for reject in report["rejects"]:
            self.assertRegex(reject["reason"], "longer|empty|missing|needs|required|no customer|tags", reject)
        self.assertGreater(report["added"], len(self.texts) * 0.9, report["rejects"][:3])
        return report

    def fill(self):
        self.ok("store", "init")
        self.ok("store", "set", f"today={TODAY}")
        n = len(self.texts)
        self.by_key = {f"h{i:03}": text for i, text in enumerate(self.texts)}
        mapping = self.dir / "map.yaml"
        fields = ["key", "name", "started", "owner", "segment", "industry", "tags", "arr", "currency"]
        mapping.write_text("map: hostile\nkind: customers\ncolumns: {" + ", ".join(f"{f}: {f}" for f in fields)
                           + "}\nextra: keep\n")
        rows = [[k, t, "2025-05-20", t, t, t, re.sub(r"[\s,]", " ", t), 1000, "CNY", t] for k, t in self.by_key.items()]
        self.report = self.take_in("customers", self.write_csv("c.csv", fields + ["hobby"], rows), "--map", mapping)
        rows = [[k, "2026-03-01", "note", self.texts[(i * 7) % n], t] for i, (k, t) in enumerate(self.by_key.items())]
        self.take_in("activities", self.write_csv("a.csv", ["customer", "date", "kind", "text", "contact"], rows))
        rows = [[f"q{k}", k, "2026-03-01", t] for k, t in self.by_key.items()]
        self.take_in("complaints", self.write_csv("q.csv", ["key", "customer", "opened", "text"], rows))
        rows = [[k, "2026-03-01", t, t] for k, t in self.by_key.items()]
        self.take_in("churn", self.write_csv("l.csv", ["customer", "date", "reason", "text"], rows))
        rows = [[f"s{k}", k, "2025-05-20", "2026-05-20", 100, "CNY", t] for k, t in self.by_key.items()]
        self.take_in("subscriptions", self.write_csv(
            "s.csv", ["key", "customer", "start", "end", "annual", "currency", "plan"], rows))
        self.known = [c["key"] for c in self.rows("customer", "list")]
        for key in self.known[:JOURNEYS]:
            self.ok("journey", "enroll", key, "tob-annual")
        self.fill_by_hand()

    def fill_by_hand(self):
        """What is typed is kept as it is: the same texts by the commands."""
        raw = self.texts[40:] + self.texts[:40]
        for i, text in enumerate(raw[:JOURNEYS * 5]):
            key = self.known[i % JOURNEYS]
            how = i // JOURNEYS
            if how == 0:
                self.run_tend("customer", "add", f"r{i:03}", text, "--started", "2025-06-01", "--owner", text, "--tags", text)
            elif how == 1:
                self.run_tend("log", key, "--kind", "call", "--contact", text, "--", text)
            elif how == 2:
                self.run_tend("milestone", "add", key, f"own{i}", text, "--due", "2026-03-20")
            elif how == 3:
                self.run_tend("milestone", "block", key, "signed", "--reason", text)
            else:
                self.run_tend("customer", "set", key, f"owner={text}", f"segment={text}", f"hobby={text}")
        alerts = [str(a["id"]) for a in self.rows("alert", "list")]
        for number, text in zip(alerts, raw[100:120]):
            self.run_tend("alert", "snooze", number, "--until", "2026-04-01", "--reason", text)

    # --- checks ---
    def clean(self, data, where, allowed="\n"):
        try:
            text = data.decode()
        except UnicodeDecodeError as problem:
            self.fail(f"{where}: {problem}")
        found = strings.problem(text, allowed)
        self.assertIsNone(found, f"{where}: {found}")
        return text

    def out(self, *args, allowed="\n"):
        done = self.run_tend(*args)
        self.clean(done.stderr, f"{args}: stderr")
        self.assertEqual(done.returncode, 0, f"{args}: {done.stderr}")
        return self.clean(done.stdout, args, allowed)
