#!/usr/bin/env python3
"""Screens over hostile text: nothing that acts on a terminal, and each line as wide as it has to be.

usage: screens.py PROGRAM [unittest arguments]
"""
import re

import book
import program
import session
import strings

RULE = re.compile("(^|│)([━─] |[━─]{2})")  # the line over a pane: a chart of the same strokes stands inside one, and may end anywhere
SIZES = ["80x24", "40x12", "160x48"]
VIEWS = ["today", "portfolio", "alerts", "renewals", "winback", "history", "journeys", "customer"]
DIALOGS = [("customer", k) for k in ("?", "l", "n", "o", "e", "a", "d", "s", "i", "X", "w", ":", "C-p", "]", "] ]", "] ] ]", "] ] ] ]",
                                     "Enter", "Tab", "Tab Tab", "l x Tab y", ": l o g Space", "e Down Down x")]
DIALOGS += [("alerts", k) for k in ("z", "A", "R", "w", "Enter", "+", "/ U + 2", "j j j z x")]
DIALOGS += [("portfolio", k) for k in ("/ a", "/ < U", "S", "* o", "v j j s", "+", "Enter", "G", "j j Enter", "e", "o", "l", "f", "V", "g g x")]
DIALOGS += [("history", k) for k in ("G", "Enter", "+", "w")] + [("today", k) for k in ("w", "Enter", "+", "G", "x", "i", "z")]


class Screens(book.Book):
    def screen(self, view, size, keys=None):
        width, height = (int(n) for n in size.split("x"))
        args = ["screen", "--view", view, "--size", size] + (["--keys", keys] if keys else [])
        lines = self.out(*args).split("\n")
        self.assertEqual(lines.pop(), "")
        self.assertEqual(len(lines), height, args)
        for line in lines:
            self.assertLessEqual(strings.columns(line), width, f"{args}: {line!r}")
            if RULE.search(line):
                self.assertEqual(strings.columns(line), width, f"{args}: {line!r}")
        return lines

    def test_every_view_at_every_size_is_clean_and_has_its_columns(self):
        for view in VIEWS:
            for size in SIZES:
                with self.subTest(view=view, size=size):
                    self.screen(view, size)

    def test_every_dialog_is_clean_and_has_its_columns(self):
        for i, (view, keys) in enumerate(DIALOGS):
            for size in SIZES if i % 4 == 0 else [SIZES[i % 3]]:
                with self.subTest(view=view, keys=keys, size=size):
                    self.screen(view, size, keys)

    def test_each_text_is_clean_on_the_lists_and_on_its_own_page(self):
        for i in range(0, len(self.known), 2):
            key = self.known[i]
            find = "/ " + " ".join(key) + " Enter"
            with self.subTest(key=key, text=self.by_key.get(key)):
                more = ["", " Enter", " Enter ]", " Enter ] ]", " Tab", " Enter e", " o"][i // 2 % 7]
                self.screen("portfolio", SIZES[i // 2 % 3], find + more)

    def test_rows_by_the_page_are_clean(self):
        for view in ("portfolio", "history", "alerts", "today"):
            for page in range(0, 9 if view == "portfolio" else 4):
                with self.subTest(view=view, page=page):
                    self.screen(view, "160x48", " ".join(["+"] + ["PgDn"] * page))

    def test_a_terminal_gets_nothing_but_text_and_known_sequences(self):
        """A walk over all customers: the bytes as they are sent."""
        s = session.Session(self)
        self.addCleanup(s.close)
        s.start()
        for view in ("gp", "ga", "gh", "gt"):
            s.keys(*view)
            s.keys(*["\x06"] * 30)
        s.keys("g", "p")
        for _ in range(60):
            s.send("\r")
            s.rest(0.02)
            s.send("]")
            s.rest(0.02)
            s.send("qjjjj")
            s.rest(0.02)
        s.send("Q")
        self.assertEqual(s.end(), 0)
        for text in session.SEQUENCE.split(s.output):
            shown = text.decode(errors="replace").translate({ord(c): None for c in "\r\n\b\x07\x0e\x0f\u200d\ufe0e\ufe0f\ufffd"})
            shown = re.sub("[\u0300-\u036f]", "", shown)
            self.assertIsNone(strings.problem(shown), repr(text))


program.main()
