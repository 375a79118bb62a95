"""Chinese text of any script mix and encoding into consistent simplified text.

    >>> import jianti
    >>> n = jianti.Normalizer()
    >>> n("圖書館裏靜悄悄。")
    '图书馆里静悄悄。'

A ``Normalizer`` takes str (a call, ``normalize``), bytes in any encoding (``bytes``) and Arrow columns (``array``,
``outcomes``). ``explain`` tells what changed, and what is doubtful. Options of ``Normalizer``:

config
    ``auto`` decides each character where it stands; ``t2s``, ``tw2s``, ``tw2sp``, ``hk2s``, ``hk2sp`` convert as OpenCC.
punctuation
    ``chinese`` sets the marks of Chinese sentences as the mainland does; ``keep`` leaves all marks.
repair
    ``auto`` undoes damage by scrapers where it shows what the text was; ``off``; ``report`` only counts it.
language
    ``chinese`` leaves documents in other languages alone; ``any`` converts them too.
exact
    True: as OpenCC converts, and nothing else (punctuation ``keep``, repair ``off``, language ``any``).
rare
    True: also write rare simplified characters that many fonts lack.
dictionaries
    A list of dictionaries of your own, which come first: mappings of texts, or paths of files in OpenCC's text format.
encoding, to_encoding
    The encoding of bytes, told from them if None; that of the result, each document's own if None.
bom
    A byte order mark: ``auto`` (kept in tables, subtitles and source code, and where nothing else changes), ``keep``, ``remove``.
lossy
    True: replace what cannot be decoded or encoded, and count it, instead of failing.
format
    What the text is wrapped in (``text``, ``html``, ``json`` …); told from each document and its name if None.
fields
    Which strings of JSON (by JSON Pointer or member) and which columns of tables (by name) are text; all if empty.
keep_code, code
    True: leave code in HTML pages as it is; convert comments and strings of source code.
strict
    True: refuse JSON Lines for a line that is no JSON, which otherwise stays as it is.
records, record_id
    True: tell what came of each record; the member or column that names it.
outcome_columns
    What the names of columns begin with that Parquet files given as bytes get, which tell of each row; None for no such
    columns.
count_outside
    True: count what is left outside 《通用规范汉字表》.
archives
    True: go into ZIP, TAR and web archives given as bytes.
limits
    False: let files unpack to any size.
"""

from ._jianti import (
    Arrow,
    ArrowArray,
    BinaryError,
    DecodeError,
    EncodeError,
    Error,
    FormatError,
    InternalError,
    MemberError,
    Normalizer,
    SurrogateError,
    UndetectedError,
    UnsupportedError,
    __version__,
)
from ._types import (
    Change,
    Doubt,
    Explanation,
    Members,
    Outcome,
    RecordError,
    RecordOutcome,
    Site,
)

__all__ = [
    "Arrow",
    "ArrowArray",
    "BinaryError",
    "Change",
    "DecodeError",
    "Doubt",
    "EncodeError",
    "Error",
    "Explanation",
    "FormatError",
    "InternalError",
    "MemberError",
    "Members",
    "Normalizer",
    "Outcome",
    "RecordError",
    "RecordOutcome",
    "Site",
    "SurrogateError",
    "UndetectedError",
    "UnsupportedError",
    "__version__",
    "explain",
]

_default = Normalizer()


def explain(text: str) -> Explanation:
    """Tells what the default options change in a text, why, and what is doubtful, with offsets in characters.

    ``Normalizer(...).explain(text)`` does so for other options. Raises what calling a normalizer raises.
    """
    return _default.explain(text)
