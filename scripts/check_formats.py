#!/usr/bin/env python3
"""Reads files before and after the conversion with programs that have nothing to do with jianti, and compares what they
find: keys, types, structure, and that text is what changed.

    scripts/check_formats.py PATH/TO/jianti [--mutate N] [-v] [FILE OR FOLDER ...]

Needs PyYAML, polib, javaproperties, docutils, mwparserfromhell, orgparse, striprtf and warcio (PyPI); formats whose reader is
not installed are passed over with a word. Exit code 1 if a file differs, or if none was read.
"""

import argparse
import collections
import configparser
import csv
import importlib
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import tomllib
import zlib


def shape(value):
    """A tree without its texts: keys, types, and all that is no string."""
    if isinstance(value, dict):
        return {"keys": [(str(key), shape(inner)) for key, inner in value.items()]}
    if isinstance(value, (list, tuple)):
        return [shape(inner) for inner in value]
    return "text" if isinstance(value, str) else repr(value)


def read_yaml(text):
    yaml = importlib.import_module("yaml")
    return [shape(document) for document in yaml.load_all(text, Loader=yaml.SafeLoader)]


def read_toml(text):
    return shape(tomllib.loads(text))


def read_json(text):
    return shape(json.loads(text))


def read_jsonl(text):
    """Each line alone: one that is no JSON must stay as it is."""
    lines = []
    for line in text.split("\n"):
        try:
            lines.append(shape(json.loads(line)))
        except ValueError:
            lines.append(("no JSON", line))
    return lines


def read_csv(text):
    return [[bool(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)]


def read_po(text):
    polib = importlib.import_module("polib")
    catalogue = polib.pofile(text)
    return [
        (entry.msgid, entry.msgid_plural, entry.msgctxt, entry.comment, entry.flags, entry.obsolete, bool(entry.msgstr),
         sorted(entry.msgstr_plural), re.findall(r"%\(?[^\s]?|\{[^}]*\}", entry.msgstr).__len__())
        for entry in catalogue
    ] + [key for key in catalogue.metadata]


def read_properties(text):
    return [(key, bool(value)) for key, value in importlib.import_module("javaproperties").loads(text).items()]


def read_ini(text):
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.read_string(text)
    return [(section, [(key, value is None) for key, value in parser.items(section)]) for section in parser.sections()]


def read_rst(text):
    core = importlib.import_module("docutils.core")
    settings = {"report_level": 5, "halt_level": 6, "file_insertion_enabled": False, "raw_enabled": False}
    tree = core.publish_doctree(text, settings_overrides=settings)
    # Messages quote what they are about.
    for node in list(tree.findall()):
        if node.tagname == "system_message" and node.parent:
            node.parent.remove(node)
    nodes = []
    places = {name: at for at, node in enumerate(tree.findall()) if node.tagname != "#text" for name in node["ids"]}
    for node in tree.findall():
        if node.tagname == "#text":
            continue
        kept = node.astext() if node.tagname in ("literal", "literal_block", "comment", "math", "field_name") else ""
        nodes.append((node.tagname, node.get("refuri", ""), node.get("uri", ""), places.get(node.get("refid")), kept))
    return nodes


def read_mediawiki(text):
    tree = importlib.import_module("mwparserfromhell").parse(text)
    links = [str(link.title) for link in tree.filter_wikilinks() if not str(link.title).startswith("#")]
    return {
        "links": links,
        "templates": [str(template) for template in tree.filter_templates()],
        "addresses": [str(link.url) for link in tree.filter_external_links()],
        "headings": [heading.level for heading in tree.filter_headings()],
        "tags": [str(tag.tag) for tag in tree.filter_tags()],
        "comments": [str(comment) for comment in tree.filter_comments()],
    }


def read_org(text):
    root = importlib.import_module("orgparse").loads(text)
    return [(node.level, sorted(node.tags), node.todo if node.level else None, dict(node.properties)) for node in root]


def read_latex(text):
    """Commands with their arguments in brackets, groups, marks: all but the Chinese text."""
    return re.findall(r"\\[A-Za-z]+|[{}$&%\\\[\],.:;()]", text)


# Fields of a mail's header whose text is converted, and those that tell a size.
SHOWN = {"subject", "thread-topic", "comments", "organization", "keywords"}
ADDRESSES = {"from", "to", "cc", "bcc", "reply-to", "sender"}
SIZES = {"content-length", "lines"}


# What programs take these names for.
WIDER = {"big5": "big5hkscs", "gb2312": "gb18030", "gbk": "gb18030"}


def mail_field(name, value):
    """A field of a mail's header without the text that is converted, and without the encoding of the part's text."""
    lower = name.lower().removeprefix("resent-")
    if lower in SHOWN or lower in SIZES:
        return lower, bool(str(value).strip())
    if lower in ADDRESSES:
        return lower, [(address.addr_spec, bool(address.display_name)) for address in value.addresses]
    if lower == "content-type":
        parameters = {key: inner for key, inner in value.params.items() if key != "charset"}
        return lower, value.content_type, parameters
    return lower, str(value)


def mail_part(part, signed=False):
    """A mail, or a part of one: fields, structure, the bytes of attachments, and that text can still be read."""
    fields = [mail_field(name, value) for name, value in part.items()]
    kind = part.get_content_type()
    signed = signed or kind in ("multipart/signed", "multipart/encrypted", "multipart/digest")
    attached = part.get_content_disposition() == "attachment"
    defects = [type(defect).__name__ for defect in part.defects]
    payload = part.get_payload()
    if isinstance(payload, list):
        inner = [mail_part(child, signed or attached) for child in payload]
        return fields, defects, part.preamble, inner, part.epilogue
    if signed or attached or kind not in ("text/plain", "text/html"):
        return fields, defects, payload
    content = part.get_payload(decode=True)
    charset = str(part.get_param("charset", "ascii")).lower()
    try:
        text = content.decode(WIDER.get(charset, charset))
        return fields, defects, "text", text.count("\n"), "\ufffd" in text
    except (LookupError, UnicodeDecodeError):
        return fields, defects, "bytes", content.count(b"\n")


def read_mail(content):
    parser = importlib.import_module("email.parser")
    policy = importlib.import_module("email.policy")
    return mail_part(parser.BytesParser(policy=policy.default).parsebytes(content))


def read_mbox(content):
    mailbox = importlib.import_module("mailbox")
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        box = mailbox.mbox(file.name, create=False)
        return [(message.get_from(), read_mail(bytes(message))) for message in box]


def read_warc(content):
    """The records of a web archive, whose checksums must be right, and which of them begin a gzip member."""
    iterator = importlib.import_module("warcio.archiveiterator").ArchiveIterator(io.BytesIO(content), check_digests="raise")
    records = []
    for record in iterator:
        fields = [(name.lower(), value) for name, value in record.rec_headers.headers]
        kept = [(name, value) for name, value in fields if name not in ("content-length", "warc-payload-digest", "warc-block-digest")]
        payload = record.content_stream().read()
        http = record.http_headers
        status = http and (http.statusline, [name for name, _ in http.headers])
        packed = http and http.get_header("Content-Encoding")
        length = http and not packed and http.get_header("Content-Length")
        records.append((kept, status, length == str(len(payload)), payload.count(b"\n")))
    return records, content.startswith(b"\x1f\x8b") and members(content)


def read_rtf(content):
    """Groups and control words but for characters, and how many lines there are to be read."""
    text = content.decode("latin-1")
    words = re.findall(r"\\[\\{}]|\\[A-Za-z]+-?[0-9]*|[{}]|\\[^A-Za-z']", text)
    frame = [word for word in words if not re.fullmatch(r"\\u-?[0-9]+|\\[\\{}]", word)]
    shown = importlib.import_module("striprtf.striprtf").rtf_to_text(text, errors="replace")
    return frame, shown.count("\n")


def members(content):
    """How many gzip members there are."""
    count = 0
    while content:
        unpacker = zlib.decompressobj(wbits=31)
        unpacker.decompress(content)
        content = unpacker.unused_data
        count += 1
    return count


# Formats whose texts are each in an encoding of their own: their readers take bytes.
CODED = {"mail": read_mail, "mbox": read_mbox, "warc": read_warc, "rtf": read_rtf}
CODED_NAMES = {".eml", ".mht", ".mhtml", ".mbox", ".rtf", ".warc", ".wet", ".gz"}

READERS = CODED | {
    "yaml": read_yaml, "toml": read_toml, "json": read_json, "jsonl": read_jsonl, "csv": read_csv, "po": read_po, "properties": read_properties, "ini": read_ini,
    "rst": read_rst, "mediawiki": read_mediawiki, "org": read_org, "latex": read_latex,
}


MARKS = "<>&;\"'/=!?-[]{}()\\,:\t\n #*_`|~^$%@.+頭髮後裡"


def mutated(text, rng):
    """The text with a few accidents: something put in, taken out, repeated."""
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(text) + 1)
        end = at + rng.randrange(12)
        text = text[:at] + rng.choice(["", text[at:end] * 2, rng.choice(MARKS) + text[at:end]]) + text[end:]
    return text


def mutated_bytes(content, rng):
    """The same for what is not in one encoding."""
    return mutated(content.decode("latin-1"), rng).encode("latin-1", "xmlcharrefreplace")


def inputs(folder, paths, mutations):
    """Puts the files, and their mutated copies, into the folder."""
    rng = random.Random(14)
    number = 0
    for path in paths:
        found = sorted(inner for inner in path.rglob("*") if inner.is_file()) if path.is_dir() else [path]
        for file in found:
            content = file.read_bytes()
            texts = [content]
            if mutations and file.suffix in CODED_NAMES:
                texts += [mutated_bytes(content, rng) for _ in range(mutations)]
            elif mutations:
                text = content.decode("utf-8", "replace")
                texts += [mutated(text, rng).encode() for _ in range(mutations)]
            for text in texts:
                number += 1
                place = folder / "in" / str(number)
                place.mkdir(parents=True)
                (place / file.name).write_bytes(text)


def compare(reader, path, before, after, count):
    """Whether the reader finds the same; counts what it reads, what changed, and what is none to it before."""
    try:
        found = reader(before)
    except ModuleNotFoundError:
        raise
    except Exception:  # noqa: BLE001: whatever the reader says
        count[2] += 1
        return True
    count[0] += 1
    count[1] += before != after
    try:
        same = reader(after) == found
    except Exception as error:  # noqa: BLE001
        same = False
        print(f"{path}: {error}")
    return same


def main():
    data = pathlib.Path(__file__).resolve().parent.parent / "tests/data"
    fixtures = [data / "documents", data / "mail", data / "warc", data / "rtf"]
    parser = argparse.ArgumentParser(description="Reads files before and after the conversion, and compares what is found.")
    parser.add_argument("program", type=pathlib.Path, help="the jianti to be checked")
    parser.add_argument("paths", type=pathlib.Path, nargs="*", metavar="FILE OR FOLDER", help="by default the tests' fixtures")
    parser.add_argument("--mutate", type=int, default=0, metavar="N", help="take N copies of each too, with a few accidents")
    parser.add_argument("-v", "--verbose", action="store_true", help="show files that differ, before and after")
    arguments = parser.parse_intermixed_args()
    counts = collections.defaultdict(lambda: [0, 0, 0])
    differ = 0
    missing = set()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        inputs(folder, arguments.paths or fixtures, arguments.mutate)
        command = [str(arguments.program.resolve()), "in", "-o", "out", "--archives", "--report", "report.jsonl", "-q", "--no-ignore", "--hidden"]
        subprocess.run(command, check=False, capture_output=True, cwd=folder)
        for line in (folder / "report.jsonl").read_text(encoding="utf-8").splitlines():
            outcome = json.loads(line)
            reader = READERS.get(outcome.get("format"))
            if reader is None or outcome["status"] not in ("converted", "unchanged"):
                continue
            path = outcome["path"]
            before = (folder / path).read_bytes()
            after = (folder / outcome["output"]).read_bytes()
            if outcome["format"] not in CODED:
                before, after = before.decode("utf-8-sig", "replace"), after.decode("utf-8")
            try:
                same = compare(reader, path, before, after, counts[outcome["format"]])
            except ModuleNotFoundError as error:
                missing.add(str(error))
                continue
            if not same:
                differ += 1
                print(f"{path} ({pathlib.PurePath(path).name}): differs")
                if arguments.verbose:
                    print(before, after, sep="\n=====\n")
    for error in sorted(missing):
        print(f"passed over: {error}")
    for name, (read, changed, refused) in sorted(counts.items()):
        print(f"{name}: {read} files read before and after, {changed} of them changed; {refused} refused before")
    print(f"{differ} differ")
    nothing = not any(read for read, _, _ in counts.values())
    if nothing:
        print("no file was read")
    sys.exit(differ > 0 or nothing)


if __name__ == "__main__":
    main()
