"""Running Chinese text of public repositories and of Debian's packages, which scripts/generate_words.py counts.

Each repository is a git clone named owner+name in one folder, and is read at the commit named here. Of its files the
lines come that are mostly ideographs, each once, without markup; of JSON the strings.
"""

import collections
import gettext
import html
import io
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

Repository = collections.namedtuple("Repository", "name commit licence content files weight")

# Tales, dialogues and articles say more of the pages that are repaired than laws and counselling do, and are few.
REPOSITORIES = [
    Repository("LCTT/TranslateProject", "4948360714403ebcefc3abff80dcc69ad706bf5d", "Apache-2.0", "articles about software", r"\.md$", 1),
    Repository("thu-coai/KdConv", "653db76432de09a004ba708a68f8bbd5500e6bec", "Apache-2.0", "dialogues about films, music and travel", r"\.json$", 2),
    Repository("LC1332/Chat-Haruhi-Suzumiya", "290bf4ad22076156083804013012847a77c0646c", "Apache-2.0", "dialogues of stories' characters", r"\.(txt|jsonl|md|json)$", 2),
    Repository("qiuhuachuan/smile", "9f8afc0b126049e0e8797d3719991e316dccd705", "CC0-1.0", "a fifth of its counselling dialogues", r"^data/\d*[05]\.json$", 0.5),
    Repository("SmartFlowAI/EmoLLM", "955155bb536eb1c28ff4500c6dc6a093a24e8209", "MIT", "counselling dialogues", r"\.(json|txt|md)$", 1),
    Repository("LawRefBook/Laws", "2f4c5c23716267af9dbebbbbd6cbbf732b101981", "laws, which have no copyright", "laws", r"\.md$", 0.3),
    Repository("ymcui/Chinese-Cloze-RC", "6528947e62d6dce6f36a0552235ed4f9ea7d04da", "CC BY-SA 4.0", "children's tales", r"cft\.zip$", 3),
    Repository("ymcui/cmrc2017", "ce611f621771b52af762f7a9bc4f0f87ce91f978", "CC BY-SA 4.0", "children's tales", r"valid\.doc_query$", 3),
    Repository("ymcui/cmrc2019", "f3808ee33f74a59aaf78f8635e6d5177c49f7cc2", "CC BY-SA 4.0", "children's tales", r"(dev|trial|qualify)\.json$", 3),
    Repository("ymcui/cmrc2018", "c0eb1b6ba219847457e6af3180da722bbeb656af", "CC BY-SA 4.0", "paragraphs of an encyclopedia", r"^data/cmrc2018_(dev|trial)\.json$", 3),
    Repository("NiuTrans/Classical-Modern", "4e746ea9fa99c3c0d7051c45397330bef7b0962d", "MIT", "histories in modern words", r"/target\.txt$", 0.5),
    Repository("DRCKnowledgeTeam/DRCD", "b944790de5af02c5fbb7cd9cb1473d27d169eebf", "CC BY-SA 3.0", "paragraphs of an encyclopedia", r"(dev|test)\.json$", 3),
]
# Games that tell a story: their translations. Package, licence, weight.
GAMES = [("cataclysm-dda-data", "CC BY-SA 3.0", 2), ("wesnoth-1.16-data", "GPL-2+", 2)]

# Files of this many bytes are left out.
LARGE = 4 * 1024 * 1024

# What a cloze test hides, and what it asks.
HIDDEN = re.compile("XXXXX|<qid")


def texts(folder):
    """The name, the weight and the lines of each text."""
    for repository in REPOSITORIES:
        git_folder = pathlib.Path(folder) / repository.name.replace("/", "+")
        yield repository.name, repository.weight, lines(files(git_folder, repository))
    for package, _, weight in GAMES:
        yield package, weight, lines(translations(package))


def files(folder, repository):
    """The texts of the files of a repository, in the order of their names."""
    git = ["git", "-C", str(folder)]
    listed = subprocess.run([*git, "ls-tree", "-r", "-l", "-z", repository.commit], check=True, capture_output=True).stdout
    for entry in filter(None, listed.decode("utf-8", "replace").split("\0")):
        info, path = entry.split("\t", 1)
        _, _, blob, size = info.split()
        # What is no file has no size.
        if not re.search(repository.files, path) or not size.isdigit() or int(size) >= LARGE:
            continue
        content = subprocess.run([*git, "cat-file", "blob", blob], check=True, capture_output=True).stdout
        if path.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from (archive.read(name).decode("utf-8", "ignore") for name in sorted(archive.namelist()))
        else:
            yield content.decode("utf-8", "ignore")


def translations(package):
    """The simplified Chinese messages of one of Debian's packages."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder).chmod(0o755)
        subprocess.run(["apt-get", "download", "-q", package], check=True, cwd=folder, stdout=sys.stderr)
        (path,) = pathlib.Path(folder).glob("*.deb")
        subprocess.run(["dpkg-deb", "-x", path, folder], check=True)
        for path in sorted(pathlib.Path(folder).glob("**/zh_CN/**/*.mo")):
            with open(path, "rb") as file:
                yield from (text for _, text in sorted(gettext.GNUTranslations(file)._catalog.items(), key=str))


def lines(found):
    """The lines that are mostly ideographs, each once."""
    seen = set()
    for text in found:
        for line in plain(text).split("\n"):
            if HIDDEN.search(line):
                continue
            line = without_markup(line)
            han = len(re.findall("[\u4e00-\u9fff]", line))
            if han >= 6 and han * 3 >= len(line) * 2 and line not in seen:
                seen.add(line)
                yield line


def plain(text):
    """The strings of JSON, or of a JSON value in each line; other text as it is."""
    if text[:1] not in ("[", "{"):
        return text
    try:
        return "\n".join(strings(json.loads(text)))
    except ValueError:
        pass
    try:
        return "\n".join(string for line in text.splitlines() for string in strings(json.loads(line)))
    except ValueError:
        return text


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def without_markup(line):
    line = re.sub(r"^\d+ \|\|\|", "", line).split("|||")[0]
    if re.search(r"[\u4e00-\u9fff，。] +[\u4e00-\u9fff，。]+ ", line):
        line = line.replace(" ", "")  # words were told apart
    line = html.unescape(re.sub(r"<[^<>]{1,200}>|\[BLANK\d+\]", "", line))
    line = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", line)
    line = re.sub(r"https?://\S+|[*`_]{1,3}", "", line)
    return line.strip().lstrip("#->*+ 0123456789.").strip()
