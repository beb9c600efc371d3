"""What each kind of source becomes in a reference manager: no type and no value is lost."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from citeproc.source.json import CiteProcJSON
from pybtex.database import Entry, parse_string
from rispy.config import TYPE_OF_REFERENCE_MAPPING

from kb.citing.csl_item import CslItem, passage_item
from kb.citing.exports.item_values import credited
from kb.citing.exports.record_types import RECORD_TYPES
from kb.citing.exports.registry import FORMATS
from kb.citing.styles.registry import STYLES
from kb.model import Document, Passage
from kb.sources.kinds import KINDS
from kb.sources.person_name import PersonName
from tests.kb.citing.exports.zotero import BIBTEX_TYPES, CSL_TYPES, read_ris
from tests.kb.citing.styles.golden_sources import CASES, FURTHER, Case
from tests.tables import table

DAY = datetime.date(2026, 11, 23)
ALL_CASES = CASES | FURTHER
OWN_FIELDS = {"authors", "editors", "issuers", "date", "event_date", "place"}
VALUES = {
    "treaty_series": "2237 UNTS 319",
    "reporter": "(2008) 237 CLR 1",
    "official_journal": "[2011] OJ L101/1",
    "symbol": "A/61/122",
    **dict.fromkeys(("opened_for_signature", "signed", "entry_into_force"), "2001-02-03"),
}


def made(case: Case) -> CslItem:
    document, locator, address = case
    return passage_item(document, Passage("d", "p4", "The words.", locator), address, DAY)


def full(kind: str) -> CslItem:
    """An item of this kind that has all the fields that the kind can have."""
    names = [name for name in (*KINDS[kind].required, *KINDS[kind].optional) if name not in OWN_FIELDS]
    further = tuple((name, VALUES.get(name, f"the {name.replace('_', ' ')} 7")) for name in names)
    document = Document(
        "d",
        "A title",
        "pamphlet" if kind == "document" else kind,
        date="2015-03-25",
        event_date="2015-03-26",
        issuers=("Office A",),
        editors=(PersonName("Roe", "Ann"),),
        place="Bangkok",
        further=(*further, ("short_title", "Short"), ("translated_title", "A title, translated")),
    )
    return made((document, "para 4", ""))


def written(name: str, item: CslItem) -> str:
    return FORMATS[name].write([item], STYLES["oscola"])


ZOTERO = {
    "treaty": ("statute", {"code": "UNTS", "codeNumber": "1577", "pages": "3", "section": "art 16(2)"}),
    "Palermo Protocol": ("statute", {"code": "UNTS", "codeNumber": "2237", "pages": "319"}),
    "resolution": ("report", {"reportNumber": "A/RES/55/25", "reportType": "Resolution"}),
    "SC Res 2331": ("report", {"reportNumber": "S/RES/2331(2016)", "reportType": "Resolution"}),
    "UN document": ("report", {"reportNumber": "A/61/122", "date": "2006-07-06", "pages": "paras 4–6"}),
    "case": ("case", {"court": "ECtHR", "docketNumber": "73316/01", "dateDecided": "2005-07-26"}),
    "Tang": ("case", {"docketNumber": "[2008] HCA 39", "reporter": "CLR", "reporterVolume": "237"}),
    "legislation": ("statute", {"publicLawNumber": "c 30", "section": "s 45", "dateEnacted": "2015"}),
    "EU instrument": ("statute", {"code": "OJ L 101, 15.4.2011, p. 1", "section": "art 8"}),
    "report": ("report", {"reportType": "Report", "pages": "12", "url": "https://kb.example/p"}),
    "working paper": (
        "report",
        {"reportNumber": "6226", "seriesTitle": "IZA Discussion Paper", "place": "Bonn"},
    ),
    "press release": ("report", {"reportNumber": "16/12", "reportType": "Press release"}),
    "book": ("book", {"publisher": "Cambridge University Press", "place": "Cambridge"}),
    "Luntz": ("book", {"edition": "4", "publisher": "LexisNexis Butterworths"}),
    "chapter": ("bookSection", {"bookTitle": "The Goals of Private Law", "publisher": "Hart Publishing"}),
    "journal article": (
        "journalArticle",
        {"publicationTitle": "Boston University Law Review", "volume": "87"},
    ),
    "Adepoju": ("journalArticle", {"volume": "43", "issue": "1–2", "pages": "75-98"}),
    "thesis": ("thesis", {"thesisType": "DPhil thesis", "university": "University of Oxford"}),
    "web page": ("webpage", {"websiteTitle": "Legal Feminist", "date": "2023-04-27"}),
    "hearing": ("hearing", {"committee": "Committee on Labour", "session": "3rd session", "pages": "3"}),
    "speech": ("presentation", {"meetingName": "Annual Meeting of Office A", "place": "Bangkok"}),
    "note": ("webpage", {"websiteTitle": "Crime cooperation", "websiteType": "Editorial note"}),
    "of an unknown kind": ("report", {"reportType": "Pamphlet", "pages": "2"}),
}
"""Of sources of each kind, what Zotero must have after it read their RIS."""


@table("name", ZOTERO)
def test_zotero_reads_each_kind_as_what_it_is(name: str) -> None:
    kind, fields = ZOTERO[name]
    item = made(ALL_CASES[name])
    found = read_ris(written("ris", item))
    assert found.kind == kind == RECORD_TYPES[item["custom"]["kind"]].zotero
    assert {field: found.fields.get(field) for field in fields} == fields
    title = next(each for each in ("title", "caseName", "nameOfAct") if each in found.fields)
    assert found.fields[title] == item["title"]
    assert set(dict(found.lost)) <= {"DP"}  # laws and judgments have no catalogue


def test_every_kind_has_its_types_and_only_articles_are_articles() -> None:
    assert RECORD_TYPES.keys() == KINDS.keys()
    articles = {name for name, each in RECORD_TYPES.items() if each.ris == "JOUR" or each.bibtex == "article"}
    assert articles == {"journal article"}
    assert all(each.ris in TYPE_OF_REFERENCE_MAPPING for each in RECORD_TYPES.values())
    assert "GEN" not in {each.ris for each in RECORD_TYPES.values()}
    assert "misc" not in {each.bibtex for each in RECORD_TYPES.values()}


@table("kind", KINDS)
def test_no_value_of_any_kind_is_lost(kind: str) -> None:
    item = full(kind)
    fields = item["custom"].get("fields", {})
    parts = {"treaty_series": ("2237", "UNTS", "319"), "reporter": ("237", "CLR", "1")}
    wanted = [part for name, value in fields.items() for part in parts.get(name, (value,))]
    wanted = ["3 February 2001" if value == "2001-02-03" else value for value in wanted]
    found = read_ris(written("ris", item))
    kept = "\n".join((*found.fields.values(), *found.notes, *(name for _, name in found.creators)))
    entry = parse_string(written("bibtex", item), "bibtex").entries["d:p4"]
    fields_of_entry = "\n".join((*entry.fields.values(), *map(str, entry.persons.get("author", ()))))
    issued = ["Office A"] if KINDS[kind].has_author and kind != "note" else []
    for value in (*wanted, *issued, "para 4", "Bangkok"):
        assert value in kept
        assert value in fields_of_entry
    assert set(dict(found.lost)) <= {"DP"}


def test_a_note_in_ris_is_never_taken_for_one_of_procite() -> None:
    """Zotero takes `Edition: 2` for ProCite's format, and from then on reads other tags differently."""
    procite = {"Edition", "ISBN", "Language", "Notes", "Scale", "Size", "Call Number", "Volume ID", "Page(s)"}
    for kind in KINDS:
        for note in read_ris(written("ris", full(kind))).notes:
            label = re.search(r"([A-Za-z,\s]+)\s*:", note)
            assert not label or label[1] not in procite


@table("name", ZOTERO)
def test_rispy_and_pybtexris_read_each_kind(name: str) -> None:
    item = made(ALL_CASES[name])
    text = written("ris", item)
    (entry,) = rispy.loads(text)
    assert (entry["type_of_reference"], entry["title"]) == (text[6:].split("\r\n")[0], item["title"])
    ((other),) = parse_string(text, "ris").entries.values()
    assert other.fields["title"] == item["title"]
    # pybtexris takes the reporter of a judgment for an author
    authors = [str(person) for person in other.persons.get("author", ()) if str(person) != "CLR"]
    assert len(entry.get("authors", ())) == len(authors) == len(credited(item).get("author", ()))


def bibtex_entry(item: CslItem) -> tuple[Entry, dict[str, str]]:
    text = written("bibtex", item)
    parser = BibTexParser(ignore_nonstandard_types=False)
    (other,) = bibtexparser.loads(text, parser).entries
    (entry,) = parse_string(text, "bibtex").entries.values()
    return entry, other


BIBTEX = {
    "treaty": ("legislation", {"howpublished": "1577 UNTS 3", "volume": "1577", "pages": "3"}),
    "resolution": (
        "techreport",
        {"number": "A/RES/55/25", "institution": "{United Nations General Assembly}"},
    ),
    "UN document": ("techreport", {"number": "A/61/122", "institution": "{Secretary-General}"}),
    "case": ("jurisdiction", {"number": "73316/01", "year": "2005"}),
    "Tang": ("jurisdiction", {"howpublished": "(2008) 237 CLR 1", "number": "[2008] HCA 39"}),
    "legislation": ("legislation", {"number": "c 30"}),
    "EU instrument": ("legislation", {"howpublished": "OJ L 101, 15.4.2011, p. 1"}),
    "report": ("techreport", {"type": "Report", "institution": "{Office A} and {Office B}"}),
    "working paper": ("techreport", {"number": "6226", "series": "{IZA Discussion Paper}"}),
    "press release": ("techreport", {"number": "16/12", "type": "Press release"}),
    "book": ("book", {"publisher": "Cambridge University Press", "address": "Cambridge"}),
    "Luntz": ("book", {"edition": "4"}),
    "chapter": ("incollection", {"booktitle": "{The Goals of Private Law}"}),
    "journal article": ("article", {"journal": "Boston University Law Review", "pages": "157"}),
    "Adepoju": ("article", {"number": "1–2", "pages": "75--98"}),
    "thesis": ("phdthesis", {"school": "University of Oxford", "type": "DPhil thesis"}),
    "web page": ("online", {"booktitle": "{Legal Feminist}", "urldate": "2026-11-23"}),
    "hearing": ("techreport", {"institution": "Committee on Labour", "type": "Hearing"}),
    "speech": ("unpublished", {"eventtitle": "{Annual Meeting of Office A}"}),
    "note": ("online", {"type": "Editorial note"}),
    "of an unknown kind": ("techreport", {"type": "Pamphlet"}),
}


@table("name", BIBTEX)
def test_pybtex_and_bibtexparser_read_each_kind_as_what_it_is(name: str) -> None:
    kind, fields = BIBTEX[name]
    entry, other = bibtex_entry(made(ALL_CASES[name]))
    assert entry.type == other["ENTRYTYPE"] == kind
    assert {field: entry.fields.get(field) for field in fields} == fields
    assert {field: other.get(field) for field in fields} == fields
    assert "note" in entry.fields
    assert kind in BIBTEX_TYPES


@pytest.mark.parametrize(
    ("fields", "author"),
    [
        ({"symbol": "A/RES/55/25"}, "United Nations General Assembly"),
        ({"symbol": "A/HRC/RES/44/4"}, "United Nations Human Rights Council"),
        ({"organ": "Economic and Social Council"}, "United Nations Economic and Social Council"),
        ({"symbol": "S/RES/2331 (2016)", "issuers": "Security Council"}, "Security Council"),
        ({}, ""),
    ],
)
def test_a_resolution_is_by_the_organ_that_adopted_it(fields: dict[str, str], author: str) -> None:
    issuers = tuple(filter(None, [fields.pop("issuers", "")]))
    document = Document("d", "A title", "resolution", issuers=issuers, further=tuple(fields.items()))
    item = made((document, "para 1", ""))
    assert [name for _, name in read_ris(written("ris", item)).creators] == [author] * bool(author)
    (record,) = json.loads(written("csl-json", item))
    assert record.get("author", []) == [{"literal": author}] * bool(author)


def test_authors_and_editors_stay_whole() -> None:
    item = made(ALL_CASES["chapter"])
    entry, other = bibtex_entry(item)
    assert [str(person) for person in entry.persons["editor"]] == [
        "{Robertson}, {Andrew}",
        "{Wu}, {Tang Hang}",
    ]
    assert other["editor"] == "{Robertson}, {Andrew} and {Wu}, {Tang Hang}"
    found = read_ris(written("ris", item))
    assert found.creators == [
        ("author", "Gardner|John"),
        ("editor", "Robertson|Andrew"),
        ("editor", "Wu|Tang Hang"),
    ]


@table("name", ["Ministry of Labour, Invalids and Social Affairs", "Aid, Inc.", "وزارة العمل، والشؤون"])
@table("kind", ["report", "UN document", "web page", "book", "treaty", "speech"])
def test_no_body_becomes_a_person(name: str, kind: str) -> None:
    document = Document("d", "A title", kind, issuers=(name, "Office A and B"), further=(("symbol", "A/1"),))
    found = read_ris(written("ris", made((document, "para 1", ""))))
    assert found.creators == [("author", "Office A and B")]
    assert any(name in value for value in (*found.fields.values(), *found.notes))


@table("kind", KINDS)
def test_csl_json_says_what_each_kind_is(kind: str) -> None:
    (record,) = json.loads(written("csl-json", full(kind)))
    wanted = "document" if kind in ("treaty", "document") else RECORD_TYPES[kind].zotero
    assert CSL_TYPES.get(record["type"], "document") == wanted
    for unknown in ("custom", "event-title"):  # to citeproc-py, which keeps to CSL 1.0.1
        record.pop(unknown, None)
    assert CiteProcJSON([record])["d/p4"].type in (record["type"], record["type"].replace("-", "_"))


def test_the_label_of_a_locator_is_that_of_csl_1_0_2() -> None:
    assert made(ALL_CASES["treaty"])["custom"]["label"] == "article-locator"
    assert made(ALL_CASES["case"])["custom"]["label"] == "paragraph"


def test_a_treaty_that_has_no_date_is_dated_by_its_signature() -> None:
    item = made(ALL_CASES["Palermo Protocol"])
    assert item["issued"] == {"date-parts": [[2000, 11, 15]]}
    document, locator, address = ALL_CASES["Palermo Protocol"]
    bare = replace(document, further=())
    assert "issued" not in made((bare, locator, address))


@table(
    ("name", "genre"),
    [
        *((name, None) for name in ("book", "chapter", "journal article", "web page", "legislation")),
        *(("report", "Report"), ("speech", "Speech"), ("thesis", "DPhil thesis"), ("note", "Editorial note")),
        *(("of an unknown kind", "Pamphlet"), ("working paper", "Working paper")),
    ],
)
def test_csl_json_names_the_kind_only_where_its_type_does_not_say_it(name: str, genre: str | None) -> None:
    (item,) = json.loads(written("csl-json", made(ALL_CASES[name])))
    assert item.get("genre") == genre
