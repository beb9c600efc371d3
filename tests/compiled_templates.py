"""Templates compiled once for all applications of a test process: compiling took most of a page's time."""

from __future__ import annotations

from collections.abc import Hashable
from types import CodeType

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

__all__ = ["CompiledTemplates"]


class CompiledTemplates(BytecodeCache):
    """Compiled code by its template and everything that it depends on, such as options and language."""

    def __init__(self) -> None:
        self._codes: dict[Hashable, tuple[CodeType, object]] = {}

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        language = getattr(environment, "language", None)
        written = (environment.code_generator_class, environment.trim_blocks, environment.lstrip_blocks)
        bucket = _Bucket(environment, name, source)
        bucket.made_with = filename and (filename, source, written, id(language))
        bucket.language = language
        if kept := self._codes.get(bucket.made_with):
            bucket.code = kept[0]
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        assert isinstance(bucket, _Bucket)
        if bucket.made_with and bucket.code:  # without a file, what it includes may differ next time
            self._codes[bucket.made_with] = (bucket.code, bucket.language)  # so that no other has its id


class _Bucket(Bucket):
    made_with: Hashable = None
    language: object = None
