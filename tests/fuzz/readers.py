"""Every reader of what other people write: what it is given, and its share of the inputs."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import numpy as np

from index.citation_resolver.parser import parse_citation
from index.engines.whoosh.segment.file import SegmentFile
from index.engines.whoosh.segment.writer import SegmentWriter
from index.engines.whoosh.storage.contents import contents_path, read_contents
from index.engines.whoosh.storage.seal import sealed
from index.query.interpretation import interpret
from index.query.parser import parse_query
from index.query.thesaurus_expansion import Synonyms
from kb import edtf
from kb.briefs.address import parse_brief, unpack_brief
from kb.collection.manifest import Manifest
from kb.curated.document_file import read_document_file
from kb.curated.note_html import mark_html, plain_text, sanitise_html
from kb.curated.site_file import read_site
from kb.curated.theme_file import read_theme_file
from kb.curated.thesaurus_file import read_thesaurus, shipped_thesaurus
from kb.errors import Fault
from kb.formats.attribute_list import parse_attributes
from kb.formats.yaml_nodes import parse_yaml
from kb.ids import parse_address, parse_fingerprint
from kb.interchange.reader import read_interchange
from kb.languages.language_tag import check_language, language_name, language_ranges
from kb.permalinks import find_permalinks, parse_permalink
from kb.permanence.ledger import read_ledger
from kb.quoting.manuscript import read_manuscript
from kb.quoting.passage_references import find_references
from kb.site import parse_base_url
from kb.text.markdown_escape import escape, unescape
from tests.fuzz.inputs import Make, in_any_encoding, office_file, packed, spliced
from tests.fuzz.seeds import SEEDS, TOKENS

__all__ = ["READERS", "Reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of a file in a folder of its own; `share` is how many of 1,000 inputs it gets."""

    file: str
    make: Make
    read: Callable[[Path], object]
    share: int


def _of_text(read: Callable[[str], object], seeds: str, tokens: str, share: int) -> Reader:
    """A reader of a text, which is passed in a file as well."""

    def read_file(path: Path) -> object:
        return read(path.read_bytes().decode("utf-8", "surrogatepass"))

    return Reader("a.txt", _utf8(spliced(SEEDS[seeds], TOKENS[tokens])), read_file, share)


def _utf8(make: Callable[[Random], str]) -> Make:
    return lambda random: make(random).encode("utf-8", "surrogatepass")


def _of_file(file: str, read: Callable[[Path], object], seeds: str, tokens: str, share: int) -> Reader:
    return Reader(file, in_any_encoding(spliced(SEEDS[seeds], TOKENS[tokens])), read, share)


def _faults(faults: Iterable[Fault]) -> None:
    """Checks that every fault can be shown."""
    for fault in faults:
        assert fault.line >= 0
        assert str(fault).encode("utf-8", "backslashreplace")


def _document(path: Path) -> None:
    _faults(read_document_file(path)[2])


def _theme(path: Path) -> None:
    _faults(read_theme_file(path)[3])


def _ledger(path: Path) -> None:
    _faults(read_ledger(path)[1])


def _interchange(path: Path) -> None:
    path.with_name("documents.jsonl").write_text('{"id": "d", "title": "D"}\n', encoding="utf-8")
    _faults(read_interchange(path.parent).faults)


def _interchange_documents(path: Path) -> None:
    _faults(read_interchange(path.parent).faults)


def _manuscript(path: Path) -> None:
    manuscript = read_manuscript(path)
    claims = manuscript.quotations()
    assert len(manuscript.raw_spans(claims)) == len(claims)
    for claim in claims:
        manuscript.where(claim.start)
    find_references(manuscript.raw)


@cache
def _synonyms() -> Synonyms:
    return Synonyms(shipped_thesaurus())


def _query(text: str) -> None:
    assert interpret(parse_query(text), _synonyms())


def _date(text: str) -> None:
    with suppress(edtf.BadDate):
        edtf.in_words(text)
        assert edtf.start(text) <= (99_999, 99, 99)
        assert len(edtf.years(text)) <= 201


def _language(text: str) -> None:
    check_language(text)
    language_name(text)
    language_ranges(text)


def _link(text: str) -> None:
    parse_permalink(text)
    for _, begin, end in find_permalinks(text):
        assert 0 <= begin < end <= len(text)
    find_references(text)


def _address(text: str) -> None:
    parse_base_url(text)
    parse_address(text)
    with suppress(ValueError):
        parse_fingerprint(text)


def _brief(text: str) -> None:
    with suppress(UnicodeEncodeError):
        text.encode()
        unpack_brief(text)
    parse_brief(text)


def _attributes(text: str) -> None:
    parse_attributes(text, ("locator", "heading", "themes"))


def _yaml(text: str) -> None:
    _faults(parse_yaml(text, Path("a.yaml"))[1])


def _contents(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(sealed(data))
    path.rename(contents_path(path.parent, 1))
    read_contents(path.parent, 1)


@cache
def _sound_segment() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.kb"
        with SegmentWriter(path) as writer:
            writer.facts["documents"] = 3
            writer.add("numbers", np.arange(40_000, dtype=np.uint16))
            writer.add_bytes("words", b"words " * 100)
        return path.read_bytes()


def _segment(path: Path) -> None:
    segment = SegmentFile(path)
    list(segment.damages())
    for name in ("numbers", "words"):
        assert len(segment.array(name))


def _manifest(text: str) -> None:
    with suppress(ValueError, RecursionError):
        value = json.loads(text)
        Manifest.from_json(value)


def _note_html(text: str) -> None:
    clean = sanitise_html(text.encode(errors="replace").decode())
    words = plain_text(clean)
    assert "<script" not in mark_html(clean, [(0, len(words) // 2), (3, 9)], "first").lower()


def _escaped(text: str) -> None:
    whole = text.encode(errors="replace").decode()
    unescape(whole)
    words = " ".join(whole.split())
    assert unescape(escape(words)) == words


READERS: dict[str, Reader] = {
    "documents": _of_file("a.md", _document, "document", "document", 80),
    "themes": _of_file("01-a.md", _theme, "theme", "note", 25),
    "thesaurus": _of_file("a.yaml", read_thesaurus, "thesaurus", "yaml", 40),
    "site.yaml": _of_file("site.yaml", read_site, "site", "yaml", 25),
    "YAML": _of_text(_yaml, "yaml", "yaml", 60),
    "attribute lists": _of_text(_attributes, "attributes", "document", 70),
    "ledger": _of_file("ledger.jsonl", _ledger, "ledger", "json", 50),
    "interchange, passages": _of_file("passages.jsonl", _interchange, "interchange", "json", 45),
    "interchange, documents": _of_file("documents.jsonl", _interchange_documents, "interchange", "json", 20),
    "interchange, packed": Reader(
        "passages.jsonl.gz",
        packed(_utf8(spliced(SEEDS["interchange"], TOKENS["json"])), lambda data: gzip.compress(data, 1)),
        _interchange,
        15,
    ),
    "manuscripts, Markdown": _of_file("a.md", _manuscript, "markdown", "markdown", 45),
    "manuscripts, HTML": _of_file("a.html", _manuscript, "html", "html", 40),
    "manuscripts, XHTML": _of_file("a.xhtml", _manuscript, "html", "html", 15),
    "manuscripts, text": _of_file("a.txt", _manuscript, "markdown", "markdown", 25),
    "manuscripts, DOCX": Reader("a.docx", packed(office_file(TOKENS["docx"]), bytes), _manuscript, 35),
    "notes as HTML": _of_text(_note_html, "html", "html", 20),
    "escaped Markdown": _of_text(_escaped, "document", "document", 30),
    "queries": _of_text(_query, "query", "query", 100),
    "dates": _of_text(_date, "date", "date", 70),
    "languages": _of_text(_language, "language", "language", 50),
    "permanent addresses": _of_text(_link, "link", "link", 50),
    "base URLs and addresses": _of_text(_address, "address", "link", 25),
    "citations": _of_text(parse_citation, "citation", "citation", 25),
    "briefs": _of_text(_brief, "brief", "brief", 15),
    "tables of contents": _of_file("a.toc", _contents, "contents", "json", 10),
    "segments": Reader("a.kb", packed(lambda random: _sound_segment(), bytes), _segment, 10),
    "manifests": _of_text(_manifest, "contents", "json", 5),
}
