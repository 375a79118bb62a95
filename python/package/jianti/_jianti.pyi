from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, Literal, Optional, Protocol, Union, final

from ._types import Explanation, Outcome

__version__: str

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

_Column = Union[_ArrowArray, _ArrowStream]
_Bytes = Union[bytes, bytearray, memoryview]
_Path = Union[str, PathLike[str]]
_BytesResult = tuple[bytes, Outcome]  # `bytes` is a method below

class Error(ValueError): ...
class BinaryError(Error): ...

class UnsupportedError(Error):
    kind: str

class UndetectedError(Error): ...

class DecodeError(Error):
    encoding: str
    offset: int
    invalid: bytes
    count: int

class EncodeError(Error): ...
class FormatError(Error): ...

class MemberError(Error):
    member: str

class SurrogateError(Error):
    offset: int

class InternalError(Error): ...

class Arrow:
    def __arrow_c_schema__(self) -> Any: ...
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __len__(self) -> int: ...

@final
class ArrowArray(Arrow):
    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]: ...

@final
class Normalizer:
    def __new__(
        cls,
        config: Literal["auto", "t2s", "tw2s", "tw2sp", "hk2s", "hk2sp"] = "auto",
        *,
        punctuation: Literal["chinese", "keep"] = "chinese",
        repair: Literal["auto", "off", "report"] = "auto",
        language: Literal["chinese", "any"] = "chinese",
        exact: bool = False,
        rare: bool = False,
        dictionaries: Iterable[Union[Mapping[str, str], _Path]] = (),
        encoding: Optional[str] = None,
        to_encoding: Optional[str] = "utf-8",
        bom: Literal["auto", "keep", "remove"] = "auto",
        lossy: bool = False,
        format: Optional[str] = None,
        fields: Sequence[str] = (),
        keep_code: bool = False,
        code: bool = False,
        strict: bool = False,
        records: bool = False,
        record_id: Optional[str] = None,
        outcome_columns: Optional[str] = None,
        count_outside: bool = False,
        archives: bool = False,
        limits: bool = True,
    ) -> Normalizer: ...
    @property
    def options(self) -> dict[str, Any]: ...
    def __call__(self, text: str) -> str: ...
    def normalize(self, text: str, name: Optional[_Path] = None) -> tuple[str, Outcome]: ...
    def bytes(self, data: _Bytes, name: Optional[_Path] = None) -> _BytesResult: ...
    def array(self, array: _Column, *, threads: int = 1) -> Arrow: ...
    def outcomes(self, array: _Column, *, threads: int = 1) -> Arrow: ...
    def explain(self, text: str) -> Explanation: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, Any]]: ...
    def __hash__(self) -> int: ...

def main(arguments: Sequence[str]) -> int: ...
