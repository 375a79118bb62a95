"""What comes of a document: the types of results."""

from typing import Dict, NamedTuple, Optional


class Members(NamedTuple):
    """How many members an archive has, or parts a mail."""

    changed: int
    """Text that changed."""
    unchanged: int
    """Text that did not."""
    binary: int
    """Files that are no text, kept as they are; of mails also what is signed."""
    unread: int
    """Of mails and web archives: text that could not be read, kept as it is."""
    unsupported: Dict[str, int]
    """Of archives: files of kinds that are known and not supported, by kind."""


class RecordError(NamedTuple):
    """Why a record stays as it is."""

    member: Optional[str]
    """Of an archive, the member that the record is in."""
    line: int
    """The number of the line that it begins on, from 1."""
    column: int
    """At which character of the line the mistake shows, from 1."""
    error: str
    """What is wrong."""


class RecordOutcome(NamedTuple):
    """What came of a record: a line of JSON Lines, an element of a JSON array, a row of a table."""

    member: Optional[str]
    """Of an archive, the member that the record is in."""
    line: int
    """The number of the line that it begins on, from 1."""
    id: Optional[str]
    """What its field says that ``record_id`` names."""
    language: str
    script: str
    changed: bool
    """Whether its text changed."""
    repaired: int
    """How many places were repaired."""
    open: int
    """How many damaged places were left."""
    doubtful: int
    """How many characters could be two things."""
    error: Optional[RecordError]
    """Why it stays as it is, if it is not what its format says."""


class Outcome(NamedTuple):
    """What came of one document."""

    format: str
    """What the text is wrapped in: ``text``, ``html``, ``json`` and so on."""
    compression: Optional[str]
    """How the document's file is compressed: ``gzip``, ``bzip2``, ``xz``, ``zstd``."""
    members: Optional[Members]
    """Of an archive or a mail; what follows sums up its members."""
    encoding: str
    """The encoding that the input was read in; ``mixed`` where members differ."""
    evidence: str
    """What told the encoding: ``text`` for a str, else ``bom``, ``utf-8``, ``declared``, ``content`` and so on."""
    language: str
    """Of the input: ``chinese``, ``japanese``, ``korean``, ``other``, ``undetermined``."""
    script: str
    """Of the input: ``traditional``, ``simplified``, ``mixed``, ``undetermined``."""
    bytes_in: int
    """Size of the input; of a str in UTF-8. Bytes."""
    bytes_out: int
    """Size of the result, bytes."""
    changed: bool
    """Whether the result differs from the input."""
    repairs: dict[str, int]
    """How many places each rule repaired; only rules that found any."""
    open: int
    """How many damaged places were left, because it is open what belongs there."""
    lost: int
    """How many places are beyond repair (U+FFFD, 锟斤拷)."""
    doubtful: int
    """How many characters could be two things, with little that speaks for what they became."""
    outside: Optional[dict[str, int]]
    """With ``count_outside``: Han characters of the result outside 《通用规范汉字表》, and how often each occurs (the
    first 256)."""
    replaced: int
    """How often something was replaced that could not be decoded or encoded (only with ``lossy``)."""
    unknown_syntax: bool
    """With ``code``: source code in a language whose comments and strings are not known."""
    bad_records: int
    """How many records are not what their format says, and stayed as they are."""
    record_errors: tuple[RecordError, ...]
    """The first 100 of them."""
    records: tuple[RecordOutcome, ...]
    """With ``records``: what came of each record."""


class Change(NamedTuple):
    """A place where the result differs from the text. Offsets are in characters, as Python counts them."""

    start: int
    end: int
    before: str
    """``text[start:end]``."""
    result_start: int
    result_end: int
    after: str
    """``result[result_start:result_end]``."""
    why: str
    """The repair rule that found damage here, or ``conversion`` (of characters and words), ``punctuation`` (marks, spaces,
    letters and digits)."""


class Site(NamedTuple):
    """A damaged place, as a rule found it. Offsets are in characters of the text."""

    start: int
    """Where it begins; where its passage begins, if it cannot be told closer."""
    rule: str
    before: str
    """What the text shows."""
    after: Optional[str]
    """What belongs there; None if that is open, and the text stays."""
    candidates: tuple[str, ...]
    """What else might belong there, the likeliest first."""


class Doubt(NamedTuple):
    """A character that could be two things, where the evidence is weak. Offsets are in characters."""

    start: int
    """Where it is in the text; where its line or passage begins, if it cannot be told closer."""
    result_start: int
    """The same in the result."""
    before: str
    """The character as the text has it."""
    after: str
    """What it became."""
    other: str
    """What it could have been."""
    sure: int
    """How sure the choice is against the other, percent: 50 to 88."""
    reason: str
    """What decided: ``word`` (that it is part of), ``name`` (of a person, that it is part of), ``writing`` (somebody writes:
    著 stays), ``aspect`` (an action goes on: 着), ``usage`` (what the character mostly is), ``cited`` (its line speaks of the
    character, which stays)."""
    word: str
    """The word or the name that decided, as it became; empty if none did."""


class Explanation(NamedTuple):
    """What changed in a text, why, and what is doubtful."""

    text: str
    """The text before."""
    result: str
    """The text after."""
    changes: tuple[Change, ...]
    """Every difference, in order: put into the text they make the result."""
    sites: tuple[Site, ...]
    """Every damaged place, repaired or open."""
    doubts: tuple[Doubt, ...]
    """Every doubtful choice."""
    outcome: Outcome
    """The counts."""

    def __str__(self) -> str:
        lines = [
            f"{change.start}: {change.why}: {change.before!r} -> {change.after!r}"
            for change in self.changes
        ]
        lines += [
            f"{site.start}: {site.rule}: {site.before!r} is open"
            + (f", perhaps {' '.join(map(repr, site.candidates))}" if site.candidates else "")
            for site in self.sites
            if site.after is None
        ]
        lines += [
            f"{doubt.start}: doubtful: {doubt.before!r} -> {doubt.after!r}"
            f" ({' '.join(filter(None, (doubt.reason, doubt.word)))}, {doubt.sure} %), or {doubt.other!r}"
            for doubt in self.doubts
        ]
        return "\n".join(lines) or "nothing changes"
