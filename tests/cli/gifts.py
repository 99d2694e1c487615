#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What tend says that gifts come to in a year, and may come to, against the same counted here.

usage: gifts.py TEND
"""
import collections
import decimal
import pathlib
import random
import sys
import tempfile

from people import TODAY, Book, day, same

SEED = 4
CONFIGS = [  # what the team says, and share, least, most, their currency
    ("", "0.005", 0, 5000, None),
    ("gifts: {share: 1%}", "0.01", 0, 5000, None),
    ("gifts: {share: 0.002, least: 25.5, most: 300, currency: EUR}", "0.002", "25.5", 300, "EUR"),
]


def budget(arr, currency, share, least, most, bounds):
    if currency is None:
        return None
    amount = decimal.Decimal(str(arr)) * decimal.Decimal(share)
    if bounds in (None, currency):
        amount = max(decimal.Decimal(least), min(decimal.Decimal(most), amount))
    return float(amount.quantize(decimal.Decimal("0.01"), rounding=decimal.ROUND_HALF_UP))


def main(tend):
    r = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        book = Book(tend, pathlib.Path(folder))
        customers = [{"key": f"c{i:02d}", "name": f"C {i}", "started": day(40), "arr": r.choice(["", 900, 20000, 3000000]),
                      "currency": r.choice(["EUR", "EUR", "CNY", ""])} for i in range(30)]
        book.take("customers", customers)
        gifts = [{"key": f"g{i}", "customer": r.choice(customers)["key"], "date": day(r.randrange(-200, 700)), "title": "tea",
                  "amount": r.choice(["10", "12.34", "99.99"]), "currency": r.choice(["EUR", "CNY", ""]),
                  "state": r.choice(["planned", "given", "returned"])} for i in range(300)]
        book.take("gifts", gifts)
        of = {c["key"]: c for c in book.read("customer", "list")}
        for config, *rule in CONFIGS:
            (book.folder / "tend").mkdir(exist_ok=True)
            (book.folder / "tend/gifts.yaml").write_text(f"config: ours\n{config}\n", encoding="utf-8")
            rows = book.read("gift", "list")
            same("gifts", len(rows), len(gifts))
            spent = collections.Counter()
            key = lambda g: (g["customer"], g["date"][:4], g["currency"] or of[g["customer"]]["currency"])
            for g in rows:
                spent[key(g)] += 0 if g["state"] == "returned" else round(g["amount"] * 100)
            for g in rows:
                c = of[g["customer"]]
                own = key(g)[2] == c["currency"]
                may = budget(c["arr"], c["currency"], *rule) if own else None
                same(g, (g["budget"], round(g["spent"] * 100)), (may, spent[key(g)]))
                same(g, g["budget_left"], None if may is None else round(may - g["spent"], 2))
        print(f"{len(gifts)} gifts, {sum(1 for g in rows if (g['budget_left'] or 0) < 0)} past the budget, of {TODAY.year} and before")


if __name__ == "__main__":
    main(sys.argv[1])
