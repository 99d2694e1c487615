#!/usr/bin/env python3
"""Every message of the interface has its Chinese: the strings in _("…") and N_("…") of src/ are in po/zh_CN.po,
and so is nothing that no source has.

usage: translations.py SOURCE_ROOT
"""
import pathlib
import subprocess
import sys


def catalogue(text):
    """The messages of a .po text, each with its translation."""
    found, field, parts = {}, None, {}
    for line in text.split("\n") + ['msgid ""']:
        line = line.strip()
        if line.startswith("msgid "):
            if parts.get("msgid"):
                found[parts["msgid"]] = parts.get("msgstr", "")
            field, parts, line = "msgid", {"msgid": "", "msgstr": ""}, line[6:]
        elif line.startswith("msgstr "):
            field, line = "msgstr", line[7:]
        if line.startswith('"') and field:
            parts[field] += line[1:-1]
    return found


def main():
    root = pathlib.Path(sys.argv[1])
    sources = sorted(str(p.relative_to(root)) for p in (root / "src").rglob("*.[ch]"))
    sources += sorted(str(p.relative_to(root)) for p in (root / "src").rglob("*.def"))
    template = subprocess.run(
        ["xgettext", "--language=C", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--no-wrap",
         "--no-location", "--output=-"] + sources,
        cwd=root, capture_output=True, text=True, check=True).stdout
    have = catalogue((root / "po/zh_CN.po").read_text(encoding="utf-8"))
    need = catalogue(template)
    missing = sorted(m for m in need if not have.get(m))
    unused = sorted(m for m in have if m not in need)
    for message in missing:
        print(f'po/zh_CN.po: no translation of "{message}"')
    for message in unused:
        print(f'po/zh_CN.po: no source has "{message}"')
    sys.exit(1 if missing or unused else 0)


main()
