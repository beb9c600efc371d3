"""Citations as files, read back by other parsers: rispy, bibtexparser, pybtex, citeproc, markdown-it."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from citeproc.source.json import CiteProcJSON
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown
from markdown_it import MarkdownIt
from pybtex.database import parse_string
from rdflib import RDF, Graph, Namespace, URIRef

from kb.citing.csl_item import CslItem, passage_item
from kb.citing.exports.registry import BY_SUFFIX, FORMATS
from kb.citing.labels import SITE_NAME
from kb.citing.styles.registry import STYLES, cite
from kb.errors import BadRequest
from kb.model import NOTE, Document, Passage
from kb.sources.kinds import CITED_FIELDS, KINDS
from kb.sources.person_name import PersonName
from kb.text.fingerprint import fingerprint
from tests.tables import table

DAY = datetime.date(2026, 11, 23)
URL = "https://example.org/passages/d/p4"
BODIES = ("Ministry of Labour, Invalids & Social Affairs", "Office A and B", "الوزارة")
HARD = "R&D {50%} of #1_x “quoted” \"straight\" 'single' ~ ^ \\ $5 <b> *x* — 人身取引"
DOCUMENT = Document("d", "A treaty", "treaty")
REPORT = Document(
    "d",
    HARD,
    "report",
    date="2015-03-25",
    issuers=BODIES,
    place="Bangkok",
    language="en",
    url="https://example.org/d{1}.pdf",
    numbering="added by this site",
    supplied=("title", "date"),
    further=(("symbol", "A/61/122"),),
)
PERSONS = (PersonName("Doe", "Jane & Co", "Jr."), PersonName(literal="Aung San"))
PASSAGE = Passage("d", "p4", "The words,\n(a) of *two* lines.", locator="para 4")
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


def made(document: Document, passage: Passage = PASSAGE, url: str = URL) -> CslItem:
    return passage_item(document, passage, url, DAY)


def written(name: str, *items: CslItem, style: str = "oscola") -> str:
    return FORMATS[name].write(items, STYLES[style])


def folded(words: str) -> str:
    return " ".join(words.split())


def ris_of(document: Document, passage: Passage = PASSAGE) -> list[tuple[str, str]]:
    lines = written("ris", made(document, passage)).split("\r\n")
    return [(line[:2], line[6:]) for line in lines if line]


def test_a_record_holds_everything_a_citation_needs() -> None:
    document = replace(REPORT, title="The Symposium", issuers=("Ministry", "Department"), url="")
    assert ris_of(document) == [
        ("TY", "GOVDOC"),
        ("TI", "The Symposium"),
        ("AU", "Ministry,"),
        ("AU", "Department,"),
        ("PY", "2015"),
        ("DA", "2015/03/25/"),
        ("SN", "A/61/122"),
        ("M3", "Report"),
        ("CY", "Bangkok"),
        ("SP", "para 4"),
        ("AB", "The words, (a) of *two* lines."),
        ("LA", "en"),
        ("UR", URL),
        ("Y2", "2026/11/23/"),
        ("DP", SITE_NAME),
        ("N1", f"Fingerprint sha256:{fingerprint(PASSAGE.text)}"),
        ("N1", "Numbering added by this site"),
        ("N1", "Not stated in the source, supplied: title, date"),
        ("ER", ""),
    ]


def test_persons_are_written_so_that_they_can_be_turned_round() -> None:
    paper = replace(REPORT, kind="journal article", authors=PERSONS, further=())
    found = ris_of(paper)
    assert [value for tag, value in found if tag == "AU"] == ["Doe, Jane & Co, Jr.", "Aung San,"]
    published = "Ministry of Labour, Invalids & Social Affairs, Office A and B and الوزارة"
    assert ("N1", f"Publisher: {published}") in found
    assert "author = {{Doe}, {Jr.}, {Jane \\& Co} and {Aung San}}," in written("bibtex", made(paper))


def test_a_note_is_ours_and_says_so() -> None:
    found = ris_of(Document("d", "Cooperation", NOTE), replace(PASSAGE, locator="Extradition"))
    assert ("AU", f"{SITE_NAME},") in found
    assert ("TI", "Extradition") in found
    assert ("T2", "Cooperation") in found
    assert ("M3", "Editorial note") in found


@table(
    ("edtf", "year", "day", "words"),
    [
        ("", None, None, None),
        ("2015", "2015", None, None),
        ("2015-03", "2015", "2015/03//", None),
        ("2015-21", "2015", None, "Date: spring 2015"),
        ("201X", None, None, "Date: 2010s"),
        ("2015?", "2015", None, "Date: perhaps 2015"),
        ("2014/2016", None, None, "Date: 2014-2016"),
        ("2014/..", None, None, "Date: from 2014"),
        ("not a date", None, None, "Date: not a date"),
    ],
)
def test_a_date_says_no_more_than_is_known(
    edtf: str, year: str | None, day: str | None, words: str | None
) -> None:
    found = ris_of(replace(DOCUMENT, date=edtf))
    assert [value for tag, value in found if tag == "N1" and value.startswith("Date")] == [words] * bool(
        words
    )
    assert dict(found).get("PY") == year
    assert dict(found).get("DA") == day
    entry = bibtexparser.loads(written("bibtex", made(replace(REPORT, date=edtf)))).entries[0]
    assert entry.get("year") == year


@table(
    ("status", "words"),
    [("superseded", "Superseded by a newer document"), ("withdrawn", "Withdrawn by its issuer")],
)
@table("name", FORMATS)
def test_the_status_is_said_in_every_format(name: str, status: str, words: str) -> None:
    by = "e" if status == "superseded" else ""
    document = replace(DOCUMENT, status=status, superseded_by=by)  # type: ignore[arg-type]
    assert words in written(name, made(document))


@table("name", FORMATS)
def test_every_format_carries_the_fingerprint_the_address_and_the_day_of_access(name: str) -> None:
    text = written(name, made(REPORT))
    assert f"sha256:{fingerprint(PASSAGE.text)[:12]}" in text.replace("\\", "")
    assert URL in text
    assert re.search("2026/11/23|2026-11-23|23 November 2026|2026,\n *11,\n *23", text)


@given(TEXTS, st.text(), st.text())
@example(HARD, "x", "y")
def test_no_value_of_a_ris_record_breaks_out_of_its_line(title: str, words: str, locator: str) -> None:
    document = replace(DOCUMENT, title=title)
    text = written("ris", made(document, Passage("d", "p", words, locator)))
    lines = text.split("\r\n")
    assert lines[-3:] == ["ER  - ", "", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-2])
    assert text.splitlines() == lines[:-1]
    assert [line[:2] for line in lines].count("TY") == 1


def test_rispy_reads_every_record_back() -> None:
    entries = rispy.loads(written("ris", made(REPORT), made(DOCUMENT)))
    assert [entry["title"] for entry in entries] == [HARD, "A treaty"]
    assert entries[0]["authors"] == [f"{name}," for name in BODIES[1:]]
    assert entries[0]["publisher"] == BODIES[0]
    assert entries[0]["urls"] == [URL]
    assert entries[0]["start_page"] == "para 4"
    assert [entry["type_of_reference"] for entry in entries] == ["GOVDOC", "STAT"]


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("Ministry of Women", "AU"),
        ("Department of Trade, Industry and Labour, Tasmania, Australia", "PB"),
        ("Office A,B", "PB"),
        ("United Nations,, General Assembly", "PB"),
        ("Aid, Inc.,", "PB"),
        ("外務省、国際協力局", "AU"),
    ],
)
def test_a_body_is_one_name_to_every_reader_of_ris(name: str, tag: str) -> None:
    """What is before the first comma in `AU` is a surname to them, and the rest a given name."""
    found = [(tag, value) for tag, value in ris_of(replace(REPORT, issuers=(name,))) if tag in ("AU", "PB")]
    assert found == [(tag, f"{name}," if tag == "AU" else name)]


SIGNS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def typeset(value: str) -> str:
    """What TeX prints of a value."""
    return re.sub(r"\\([a-z]+)\{\}|\\(.)", lambda found: found[2] or SIGNS[found[1]], value)


@given(TEXTS, st.lists(TEXTS.filter(lambda name: name.strip()), max_size=3))
@example(HARD, list(BODIES))
@example("{", ["}", "and", "\\"])
def test_pybtex_reads_any_title_and_every_body_whole(title: str, bodies: list[str]) -> None:
    text = written("bibtex", made(replace(REPORT, title=f"x{title}", issuers=tuple(bodies))))
    entry = parse_string(text, "bibtex").entries["d:p4"]
    assert typeset(entry.fields["title"][1:-1]) == folded(f"x{title}")
    people = [str(person) for person in entry.persons.get("author", [])]
    assert [typeset(name[1:-1]) for name in people] == list(map(folded, bodies))


def test_bibtexparser_reads_every_entry_back() -> None:
    parser = BibTexParser(ignore_nonstandard_types=False)
    text = written("bibtex", made(REPORT), made(DOCUMENT, replace(PASSAGE, id="p5")))
    first, second = bibtexparser.loads(text, parser).entries
    assert (first["ID"], second["ID"]) == ("d:p4", "d:p5")
    assert (first["ENTRYTYPE"], second["ENTRYTYPE"]) == ("techreport", "legislation")
    assert (first["year"], first["month"], first["urldate"]) == ("2015", "March", "2026-11-23")
    assert first["url"] == URL
    assert first["note"].startswith("Pinpoint: para 4. ")
    assert fingerprint(PASSAGE.text) in first["note"]


def test_an_address_with_braces_does_not_end_its_field() -> None:
    text = written("bibtex", made(REPORT, url=""))
    assert "url = {https://example.org/d%7B1%7D.pdf}" in text
    assert text.count("{") == text.count("}")
    bare = written("bibtex", made(DOCUMENT, url=""))
    assert "url" not in bare


CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "type": {
                "enum": [
                    *("report", "treaty", "speech", "webpage", "legal_case", "legislation", "document"),
                    *("article-journal", "book", "chapter", "hearing", "thesis"),
                ]
            },
            "author": {"$ref": "#/$defs/names"},
            "editor": {"$ref": "#/$defs/names"},
            **{name: {"$ref": "#/$defs/date"} for name in ("issued", "accessed", "event-date")},
            **{
                name: {"type": "string"}
                for name in (
                    *("id", "title", "container-title", "publisher", "publisher-place", "genre", "number"),
                    *("volume", "page", "locator", "URL", "language", "abstract", "source", "note"),
                    *("authority", "collection-title", "DOI", "edition", "event-title", "ISBN", "ISSN"),
                    *("issue", "jurisdiction", "title-short"),
                )
            },
            "custom": {"type": "object"},
        },
    },
    "$defs": {
        "names": {
            "type": "array",
            "items": {
                "properties": {name: {"type": "string"} for name in ("family", "given", "suffix", "literal")},
                "additionalProperties": False,
            },
        },
        "date": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "date-parts": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 2,
                    "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                },
                "season": {"type": "integer", "minimum": 1, "maximum": 4},
                "circa": {"type": "boolean"},
                "literal": {"type": "string"},
            },
        },
    },
}
"""What CSL-JSON 1.0.2 allows of the keys used here, in this project's words
(https://github.com/citation-style-language/schema, schemas/input/csl-data.json)."""


CSL_VALIDATOR = jsonschema.Draft202012Validator(CSL)


@table("kind", [*KINDS, "decision", "law", "letter", ""])
@table("date", ["", "2015", "2015-03-25/2015-03-26", "2015-22", "201X", "2015~", "../2015"])
def test_csl_json_keeps_to_its_schema(kind: str, date: str) -> None:
    further = tuple((name, f"{name} 1") for name in sorted(CITED_FIELDS - {"symbol"}))
    document = replace(REPORT, kind=kind, date=date, event_date=date, authors=PERSONS, editors=PERSONS)
    document = replace(document, further=further)
    data = json.loads(written("csl-json", made(document), made(DOCUMENT)))
    CSL_VALIDATOR.validate(data)


def test_a_csl_processor_reads_the_record() -> None:
    records = json.loads(written("csl-json", made(REPORT)))
    del records[0]["custom"]  # there for what CSL does not know; citeproc-py warns of it
    read = CiteProcJSON(records)["d/p4"]
    assert read.type == "report"
    assert [str(name.literal) for name in read.author] == list(BODIES)
    assert (read.issued.year, read.issued.month, read.issued.day) == (2015, 3, 25)


def shown(markdown: str) -> list[str]:
    """What a Markdown reader shows, a paragraph each."""
    blocks = MarkdownIt().parse(markdown)
    return [
        "".join(
            "\n" if child.type in ("hardbreak", "softbreak") else child.content
            for child in block.children or ()
        )
        for block in blocks
        if block.type == "inline"
    ]


@given(TEXTS.filter(lambda text: text.strip() == text and "  " not in text and text.isprintable()))
@example(HARD)
@example("1. item")
def test_markdown_shows_the_words_and_the_citation_whatever_is_in_them(words: str) -> None:
    document = replace(REPORT, title=words)
    for style in ("oscola", "apa"):
        record = made(document, replace(PASSAGE, text=words))
        quotation, *cited = shown(written("markdown", record, style=style))
        assert quotation == words
        text = written("text", record, style=style)
        assert text == f"“{words}”\n\n" + "\n\n".join(cited) + "\n"


class Words(HTMLParser):
    """The text of an HTML fragment, and its elements with what they say of themselves."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.said, self.elements = "", []
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.said += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def test_html_holds_the_words_and_no_markup_but_its_own() -> None:
    read = Words(written("html", made(REPORT), style="aglc"))
    assert [tag for tag, _ in read.elements] == ["blockquote", "p", "br", "p", "bdi", "em"]
    assert read.elements[0][1] == {"cite": URL, "dir": "auto", "lang": "en"}
    assert "The words,\n(a) of *two* lines." in read.said
    assert HARD in read.said


ANNOTATION: dict[str, Any] = {
    "type": "object",
    "required": ["@context", "id", "type", "target"],
    "properties": {
        "id": {"type": "string", "pattern": "^(https?://|urn:uuid:)[^ ]+$"},
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "type": {"const": "Annotation"},
        "target": {
            "type": "array",
            "items": {
                "required": ["source", "selector"],
                "properties": {
                    "source": {"type": "string", "pattern": "^https?://"},
                    "selector": {
                        "oneOf": [
                            {
                                "properties": {"type": {"const": "TextQuoteSelector"}},
                                "required": ["type", "exact"],
                            },
                            {
                                "properties": {
                                    "type": {"const": "TextPositionSelector"},
                                    "start": {"type": "integer", "minimum": 0},
                                    "end": {"type": "integer", "minimum": 0},
                                },
                                "required": ["type", "start", "end"],
                            },
                        ]
                    },
                },
            },
        },
    },
}
"""What the Web Annotation Data Model asks of an annotation and of the two selectors (3.1, 4.2.4, 4.2.5)."""


def test_an_annotation_quotes_the_words_and_counts_where_they_stand_in_the_plain_text() -> None:
    data = json.loads(written("annotation", made(REPORT)))
    jsonschema.validate(data, ANNOTATION)
    quote, position = (target["selector"] for target in data["target"])
    assert quote["exact"] == PASSAGE.text
    text = written("text", made(REPORT))
    assert text[position["start"] : position["end"]] == PASSAGE.text
    assert data["target"][1]["source"] == f"{URL}.txt"
    assert data["id"] == f"{URL}#site:annotation"
    several = json.loads(written("annotation", made(REPORT), made(REPORT)))
    assert several == [data, data]


def test_an_annotation_of_what_has_only_the_address_of_its_document_counts_nothing() -> None:
    data = json.loads(written("annotation", made(REPORT, url="")))
    assert [target["source"] for target in data["target"]] == ["https://example.org/d{1}.pdf"]
    jsonschema.validate(data, ANNOTATION)
    other = json.loads(written("annotation", made(REPORT, replace(PASSAGE, id="p5"), url="")))
    assert data["id"] != other["id"]
    with pytest.raises(BadRequest, match="--site"):
        written("annotation", made(DOCUMENT, url=""))


ANNOTATION_TERMS = {
    "id": "@id",
    "type": "@type",
    "oa": "http://www.w3.org/ns/oa#",
    "Annotation": "oa:Annotation",
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "selector": "oa:hasSelector",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "exact": "oa:exact",
}
"""Of the context that an annotation names, which is on another site, the terms that are asked for here."""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib makes one itself
def test_an_annotation_is_linked_data() -> None:
    data = json.loads(written("annotation", made(REPORT)))
    graph = Graph().parse(data=json.dumps(data | {"@context": ANNOTATION_TERMS}), format="json-ld")
    oa = Namespace("http://www.w3.org/ns/oa#")
    (annotation,) = graph.subjects(RDF.type, oa.Annotation)
    assert annotation == URIRef(f"{URL}#site:annotation")
    sources = {graph.value(target, oa.hasSource) for target in graph.objects(annotation, oa.hasTarget)}
    assert sources == {URIRef(URL), URIRef(f"{URL}.txt")}
    assert [str(words) for words in graph.objects(None, oa.exact)] == [PASSAGE.text]


def test_other_readers_of_markdown_and_html_show_the_same_words() -> None:
    words = "The words of *one* line."
    record = made(REPORT, replace(PASSAGE, text=words))
    shown_ = html.fromstring(Markdown().convert(written("markdown", record))).text_content()
    parsed = html.fromstring(written("html", record)).text_content()
    cited = cite(record, STYLES["oscola"]).plain
    for text in (shown_, parsed):
        assert words in text
        assert folded(cited) in folded(text)


def test_suffixes_are_those_of_files_and_name_one_format_each() -> None:
    assert list(BY_SUFFIX) == ["ris", "bib", "json", "txt", "md", "jsonld"]
    assert all(FORMATS[each.name] is each for each in BY_SUFFIX.values())


@table("name", FORMATS)
@table("count", [0, 1, 3])
def test_a_file_in_pieces_is_the_same_file(name: str, count: int) -> None:
    items = [made(REPORT, replace(PASSAGE, id=f"p{number}"), f"{URL}{number}") for number in range(count)]
    pieces = list(FORMATS[name].pieces(iter(items), STYLES["oscola"]))
    assert "".join(pieces) == written(name, *items)
    assert FORMATS[name].frame is None or len(pieces) == count + 1
