#!/usr/bin/env python3
"""Files and texts against Python's own csv, json and html modules.

usage: oracle.py PROGRAM

Random tables are written by Python in every dialect that the reader knows, with line numbers that are counted
here, and read by PROGRAM; random texts are printed by PROGRAM in every format and read back by Python.
"""
import csv
import html.parser
import io
import json
import os
import random
import subprocess
import sys
import tempfile

PIECES = ['"', '""', ",", ";", "\t", "\n", "\r\n", "=", "+", "-", "@", "'", "a", "Z", "0", "1.5", " ", "客户",
          "状态", "é", "😀", "<b>", "&amp;", "&", "<script>", "]]>", "|", "*", "_", "\\", "＝", "－", "%", "{", "}",
          "\x1b", "\u202e", "\u200b", "\x7f", "\x85", "\ufeff"]
TRIGGERS = "=+-@\t\r\n＝＋－＠"
CLEAN = [p for p in PIECES if p.isprintable() or p in ("\n", "\r\n")]


def text_of(rnd, pieces, longest=6):
    return "".join(rnd.choice(pieces) for _ in range(rnd.randrange(longest)))


def unguarded(cell):
    """What the reader gives: an apostrophe before a formula comes off."""
    rest = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and rest[:1] and rest[0] in TRIGGERS else cell


def is_number(text):
    try:
        value = float(text)
    except ValueError:
        return False
    return text == text.strip() and "_" not in text and value == value and abs(value) != float("inf") \
        and text.lstrip("+-")[:1] in tuple("0123456789.")


# ---- tables -----------------------------------------------------------------------------------------

def random_table(rnd):
    """A CSV file as bytes, with what has to come out of it."""
    columns = rnd.randrange(2, 6)
    delimiter = rnd.choice(",;\t")
    ending = rnd.choice(["\n", "\r\n"])
    encoding = rnd.choice(["utf-8", "utf-8", "gb18030"])
    names = [f"c{i}" for i in range(columns)]
    rows = [[text_of(rnd, CLEAN) for _ in names] for _ in range(rnd.randrange(8))]
    lines, expected, line = [], [], 1
    for row in [names] + rows:
        # a row of one empty cell would be a blank line; several always have a delimiter
        quoting = rnd.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, lineterminator=ending, quoting=quoting).writerow(row)
        if line > 1:
            expected.append([line, "", [unguarded(c) for c in row]])
        line += out.getvalue().count("\n")
        lines.append(out.getvalue())
        if rnd.randrange(6) == 0:
            lines.append(ending)
            line += 1
    text = "".join(lines)
    if rnd.randrange(3) == 0 and text.endswith(ending):
        text = text[:-len(ending)]
    mark = b"\xef\xbb\xbf" if encoding == "utf-8" and rnd.randrange(3) == 0 else b""
    return (mark + text.encode(encoding), ".csv", encoding,
            {"names": names, "delimiter": ord(delimiter), "rows": expected})


def flat(value, prefix=""):
    for key, v in value.items():
        if isinstance(v, dict):
            yield from flat(v, prefix + key + ".")
        elif isinstance(v, list):
            yield prefix + key, ",".join("" if x is None else str(x) for x in v)
        elif isinstance(v, bool):
            yield prefix + key, "true" if v else "false"
        else:
            yield prefix + key, "" if v is None else v if isinstance(v, str) else json.dumps(v)


def random_value(rnd, depth):
    kind = rnd.randrange(7 if depth > 0 else 6)
    if kind == 6:
        return {f"n{i}": random_value(rnd, depth - 1) for i in range(rnd.randrange(1, 3))}
    return [None, rnd.random() < 0.5, rnd.randrange(-10 ** 6, 10 ** 6), round(rnd.uniform(-9, 9), 3),
            [text_of(rnd, ["a", "客", "1"]) for _ in range(rnd.randrange(3))], text_of(rnd, CLEAN)][kind]


def random_lines(rnd):
    """A file of JSON lines as bytes, with what has to come out of it."""
    names, objects, text, line = [], [], "", 1
    for _ in range(rnd.randrange(1, 6)):
        value = {f"k{i}": random_value(rnd, 2) for i in rnd.sample(range(5), rnd.randrange(1, 5))}
        cells = dict(flat(value))
        names += [n for n in cells if n not in names]
        objects.append((line, cells))
        blank = rnd.randrange(4) == 0
        text += json.dumps(value, ensure_ascii=rnd.random() < 0.5) + rnd.choice(["\n", "\r\n"])
        text += "\n" if blank else ""
        line += 2 if blank else 1
    rows = [[n, "", [cells.get(name) for name in names]] for n, cells in objects]
    return text.encode(), ".jsonl", "utf-8", {"names": names, "delimiter": ord(","), "rows": rows}


def check_tables(program, rnd, folder):
    arguments, wanted = [], []
    for i in range(600):
        data, ending, encoding, expected = random_table(rnd) if i % 3 else random_lines(rnd)
        path = os.path.join(folder, f"{i}{ending}")
        with open(path, "wb") as f:
            f.write(data)
        arguments += [path, encoding]
        wanted.append((path, data, expected))
    out = subprocess.run([program, "rows"] + arguments, check=True, capture_output=True).stdout
    got = [json.loads(one) for one in out.decode().splitlines()]
    assert len(got) == len(wanted), (len(got), len(wanted))
    for actual, (path, data, expected) in zip(got, wanted):
        assert actual == expected, f"{path}\n{data!r}\nread   {actual}\nwanted {expected}"
    return len(wanted)


# ---- texts ------------------------------------------------------------------------------------------

class Texts(html.parser.HTMLParser):
    """Collects the text of an element and an attribute, and every other tag."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.data, self.value, self.tags = "", None, []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "p":
            self.value = dict(attrs).get("title")

    def handle_endtag(self, tag):
        self.tags.append("/" + tag)

    def handle_data(self, data):
        self.data += data

    def handle_comment(self, data):
        self.tags.append("<!--")

    def handle_decl(self, decl):
        self.tags.append("<!")

    def handle_pi(self, data):
        self.tags.append("<?")

    def unknown_decl(self, data):
        self.tags.append("<![")


def check_csv(printed, text, delimiter):
    rows = list(csv.reader(io.StringIO(f"{printed}{delimiter}end", newline=""), delimiter=delimiter, strict=True))
    assert len(rows) == 1 and rows[0][1:] == ["end"], (text, printed, rows)
    cell = rows[0][0]
    assert cell[:1] not in tuple(TRIGGERS) or cell == "" or is_number(cell), (text, printed)
    assert unguarded(cell) == text or is_number(text), (text, printed, cell)


def check_html(printed, text):
    parser = Texts()
    parser.feed(f'<p title="{printed}">{printed}</p>')
    parser.close()
    assert parser.tags == ["p", "/p"], (text, printed, parser.tags)
    assert parser.data == text and parser.value == text, (text, printed, parser.data)


def no_controls(printed):
    return all(c.isprintable() or c in "\r\n" for c in printed if ord(c) < 0x2100)


def check_texts(program, rnd, folder):
    texts = [text_of(rnd, PIECES, 9) for _ in range(3000)]
    path = os.path.join(folder, "texts")
    with open(path, "wb") as f:
        f.write(b"".join(t.encode() + b"\0" for t in texts))
    out = subprocess.run([program, "texts", path], check=True, capture_output=True).stdout
    got = [json.loads(one) for one in out.decode().splitlines()]
    assert len(got) == len(texts)
    exact = 0
    for one, text in zip(got, texts):
        assert one["text"] == text  # JSON keeps every character
        for format in ("csv", "tsv", "html", "md"):
            assert no_controls(one[format]), (format, text, one[format])
        if all(piece.isprintable() or piece in "\r\n" for piece in text) and "\r" not in text.replace("\r\n", ""):
            check_csv(one["csv"], text, ",")
            check_csv(one["tsv"], text, "\t")
            check_html(one["html"], text)
            exact += 1
    assert exact > 500, exact
    return len(texts)


def main():
    rnd = random.Random(20261124)
    with tempfile.TemporaryDirectory() as folder:
        tables = check_tables(sys.argv[1], rnd, folder)
        texts = check_texts(sys.argv[1], rnd, folder)
    print(f"{tables} files and {texts} texts agree")


main()
