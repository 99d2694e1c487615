"""Strings that somebody might put into a field, and what may never come out of the program."""
import ctypes
import random
import re
import unicodedata

_libc = ctypes.CDLL(None)
_libc.setlocale.restype = ctypes.c_char_p
_libc.setlocale(0, b"C.UTF-8")
_libc.wcwidth.argtypes = [ctypes.c_wchar]

ESCAPES = [
    "\x1b[2J", "\x1b[H", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "\x1b]2;title\x1b\\", "\x1b]52;c;cm0gLXJmIC8=\x07",
    "\x1b]52;c;?\x1b\\", "\x1b]8;;http://evil/\x1b\\link\x1b]8;;\x1b\\", "\x1b]4;1;?\x07", "\x1b]10;?\x07", "\x1b[6n",
    "\x1b[c", "\x1b[>c", "\x1b[5n", "\x1bP+q544e\x1b\\", "\x1bP$qm\x1b\\", "\x1b_Gi=1;\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\",
    "\x1bc", "\x1b7\x1b8", "\x1b[?1000h", "\x1b[?1049l", "\x1b[?2004l", "\x1b[200~x\x1b[201~", "\x1b[21t", "\x1b[8;1;1t",
    "\x1b(0lqk", "\x1b#8", "\x1b[1;1r", "\x1b[20h", "\x9b31m", "\x9d0;t\x9c", "\x90q\x9c", "\x0e\x0f", "a\bb", "a\x7fb",
    "\x1b[?25l", "\x1b[999C", "\x1b]1337;File=inline=1:AAAA\x07", "\x1b%G", "\x1b\x1b\x1b", "\x18\x1a", "\x1b", "\x1b[",
]
MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "</td></tr></table><h1>x",
    "<!-- x", "--><b>x</b>", "&lt;b&gt;", "&#x3c;b&#62;", "<a href=javascript:alert(1)>x</a>", "'\" onmouseover='x",
    "<style>*{display:none}</style>", "<iframe src=//evil>", "<![CDATA[x]]>", "<?php x ?>", "<base href=//evil>",
    "[x](javascript:alert(1))", "![x](http://evil/x.png)", "<http://evil>", "http://evil/", "www.evil.com", "# heading",
    "- [x] done", "* item", "1. one", "> quote", "```\ncode", "~~~", "| a | b |", "***", "---", "===", "    code", "\\", "`x`",
    "**b**", "__b__", "~~s~~", "[x]: http://evil", "a  \nb", "x\\\ny", "[ref][1]", "&amp;", "&copy;", "<b>b</b>", "$x$",
]
FORMULAS = [
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil\",\"x\")", "\t=1", "\r=1", "\n=1",
    " =1", "＝1+1", "＋1", "－1", "＠x", "'=1", "''=1", "=", "+", "-", "@", "-5", "+5", "1e5", "-1.5", "'", "\"=1\"", ";=1", ",=1",
    "=DDE(\"cmd\";\"/C calc\";\"x\")", "%0A=1", "\ufeff=1", "\u200b=1", "\u00a0=1",
]
BROKEN = [
    "a\nb", "a\r\nb", "a\rb", "\nlead", "trail\n", "a\n\n\nb", "a\vb", "a\fb", "a\u0085b", "a\u2028b", "a\u2029b", "a\tb",
    ",", ";", "\"", "\"\"", "a\"b", "a,b;c\td", "{}", "[]", "null", "true", "NaN", "\\u0000", "\\n", "%s%n%d", "%", "{x}", "'; DROP TABLE customer; --",
    "$(id)", "`id`", "${x}", "||", "&&", "~", "*", "?", "CON", "nul.", "..", "../../etc/passwd", "/etc/passwd", "-rf", "--help",
]
BIDI = ["\u061c", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"]
INVISIBLE = ["\u00ad", "\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u180b", "\u180e", "\u200b", "\u200c", "\u200d", "\u2060",
             "\u2061", "\u2064", "\u206a", "\u206f", "\u2800", "\u3164", "\ufe00", "\ufe0e", "\ufe0f", "\ufeff", "\uffa0", "\ufff9",
             "\ufffb", "\ufffc", "\ufffe", "\uffff", "\ue000", "\u0378", "\U000e0001", "\U000e0041", "\U000e007f", "\U000e0100",
             "\U000e01ef", "\U0001d173", "\U0001d17a", "\U000f0000", "\U0010fffd", "\U0010ffff", "\U0001fffe"]
WIDE = [
    "漢" * 60, "한" * 60, "ｱ" * 60, "Ａ" * 60, "😀" * 45, "a漢" * 40, "\u3000" * 20, "👨\u200d👩\u200d👧\u200d👦 family", "🇨🇳🇩🇪🇫🇷",
    "🏳\ufe0f\u200d🌈", "1\ufe0f\u20e3", "👍🏽👍🏿", "e" + "\u0301" * 90, "\u0301lead", "Z\u0351\u036b\u0343\u0313\u0301a\u0321\u0359lgo",
    "\u0e01\u0e38\u0e38\u0e38\u0e38\u0e38", "\u0c95\u0ccd\u0cb7", "क्षि", "ᄀᆨᆨᆨ", "각" * 20, "שלום עולם", "مرحبا 123 بالعالم", "abc שלום 123",
    "ﷺ" * 5, "\u202eevil.exe", "a\u0338b", "ǆ", "ﬃ", "\u2f00", "\U0001f468\u200d", "\u200d\u200d\u200d", "x" * 199, "i\u0307", "\u00a0\u2003x\u2009",
]
# Bytes that are no UTF-8: arguments and files can hold them.
INVALID = [b"a\xffb", b"\xc0\xaf", b"\xed\xa0\x80", b"\xed\xb0\x80\xed\xa0\x80", b"\xe2\x82", b"\xf4\x90\x80\x80", b"\x80", b"\xf8\x88\x80\x80\x80",
           b"\xc3", b"\xfe\xfe", b"\xe0\x80\x80", b"x\x9b31m"]


def hostile():
    """All of them once, then mixtures: the same list in each run."""
    result = [f"a{chr(c)}b" for c in list(range(1, 32)) + list(range(0x7f, 0xa0))]
    result += ESCAPES + MARKUP + FORMULAS + BROKEN + WIDE
    result += [f"a{c}b" for c in BIDI + INVISIBLE] + [c for c in BIDI[:4] + INVISIBLE[:8]]
    r, parts = random.Random(20), ESCAPES + MARKUP + FORMULAS + BIDI * 3 + INVISIBLE + ["漢", "é", "x", "😀", "\u0301"] * 10
    result += ["".join(r.choice(parts) for _ in range(r.randint(2, 5))) for _ in range(40)]
    return [text for text in dict.fromkeys(result)]


def _is_picture(c):
    return unicodedata.category(c) in ("So", "Sk") or 0x1f000 <= ord(c) < 0x20000 or c in "‼⁉〰〽↔↕↖↗↘↙↩↪©®™"


_HARMLESS = re.compile("[ -~\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e\u2500-\u257f\u2400-\u2421\u00a1-\u00ac\u00ae-\u02ff]*")


def problem(text, allowed="\n"):
    """What in a text would act on a terminal or hide; None where nothing does."""
    lines = text.split("\n") if "\n" in allowed else [text]
    return next(filter(None, (_problem(line, allowed) for line in lines if not _HARMLESS.fullmatch(line))), None)


def _problem(text, allowed):
    for i, c in enumerate(text):
        if c in allowed:
            continue
        before, after = text[i - 1:i], text[i + 1:i + 2]
        category = unicodedata.category(c)
        if category in ("Cc", "Cs", "Zl", "Zp"):
            return f"U+{ord(c):04X} at {i} in {text[max(0, i - 20):i + 20]!r}"
        if c == "\u200d" and before and after and _is_picture(after) and (_is_picture(before) or before in "\ufe0f\ufe0e"):
            continue
        if c in "\ufe0e\ufe0f" and before and (_is_picture(before) or before in "0123456789#*"):
            continue
        if c in INVISIBLE or category == "Cf" or 0xfe00 <= ord(c) <= 0xfe0f or 0xe0000 <= ord(c) <= 0xe0fff:
            return f"U+{ord(c):04X} at {i} in {text[max(0, i - 20):i + 20]!r}"
    if re.search(r"[\u0300-\u036f]{5}", text):
        return f"a storm of marks in {text[:60]!r}"
    return None


def columns(line):
    """Columns of a line by the C library: an emoji sequence has those of its widest part."""
    total, base, joined = 0, 0, False
    for i, c in enumerate(line):
        width = max(_libc.wcwidth(c), 0) if _libc.wcwidth(c) >= 0 else 1
        if c == "\u200d":
            joined = True
        elif joined or (0x1f3fb <= ord(c) <= 0x1f3ff and i and _is_picture(line[i - 1])):
            total += max(width - base, 0)
            base, joined = max(base, width), False
        else:
            total += width
            base = width or base
    return total
