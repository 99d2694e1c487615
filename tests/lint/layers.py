#!/usr/bin/env python3
"""The layers hold: every #include in src/ is one that its folder may have.

usage: layers.py SOURCE_ROOT
"""
import pathlib
import re
import sys

# who may include the public headers of whom (a layer's own are always allowed)
LAYERS = {
    "base": [],
    "core": ["base"],
    "yaml": ["base", "core"],
    "store": ["base", "core"],
    "exchange": ["base", "core"],
    "app": ["base", "core", "yaml", "store", "exchange"],
    "tui": ["base", "core", "exchange", "app"],
    "cli": ["base", "core", "exchange", "app"],
    "main": ["base", "app", "faces"],
}
HEADERS = {
    "base": ["error", "file", "lang", "mem", "rules", "str", "text"],
    "core": ["capacity", "care", "date", "expr", "facts", "fields", "gift", "journey", "kind", "map", "money", "outcome", "people", "playbook", "record", "records", "search", "service", "settings", "theme", "upgrade", "words"],
    "yaml": ["yaml"],
    "store": ["store"],
    "exchange": ["exchange"],
    "app": ["app", "app_service", "page"],
    "faces": ["faces"],
}
# the one place that may include a third party's header
THIRD_PARTY = {
    "curses.h": ["tui/term_curses.c"], "ncurses.h": [], "term.h": [],
    "sqlite3.h": ["store/sqlite/"],
    "yaml.h": ["yaml/doc.c"],
    "jansson.h": ["exchange/"],
    "csv.h": ["exchange/"],
    "utf8proc.h": ["base/"],
}


def problems(root):
    owner = {h: layer for layer, headers in HEADERS.items() for h in headers}
    for public in sorted((root / "include/tend").glob("*.h")):
        if public.stem not in owner:
            yield f"{public}: no layer owns it; add it to {pathlib.Path(__file__).name}"
        for number, name, _ in includes(public):
            if name in THIRD_PARTY:
                yield f"{public}:{number}: a public header includes <{name}>"
    for source in sorted((root / "src").rglob("*.[ch]")):
        inside = source.relative_to(root / "src").as_posix()
        layer = inside.split("/")[0] if "/" in inside else "main"
        allowed = LAYERS[layer] + [layer] + (["faces"] if layer in ("tui", "cli") else [])
        for number, name, system in includes(source):
            if name.startswith("tend/"):
                stem = name[len("tend/"):-len(".h")]
                if owner.get(stem) not in allowed:
                    yield f"{source}:{number}: {layer} may not include <{name}>"
            elif system and name in THIRD_PARTY and not any(inside.startswith(p) for p in THIRD_PARTY[name]):
                yield f"{source}:{number}: {inside} may not include <{name}>"
            elif "../" in name:
                yield f"{source}:{number}: \"{name}\" reaches into another folder"


def includes(path):
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if match:
                yield number, match.group(2), match.group(1) == "<"


def main():
    found = list(problems(pathlib.Path(sys.argv[1])))
    print("\n".join(found))
    sys.exit(1 if found else 0)


main()
