"""What `kb check` remarks on."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from kb.cli.remarks import remarks
from kb.collection.loader import survey
from kb.curated.instruments_file import INSTRUMENTS_FILE
from kb.settings import shipped_content
from tests.kb import folders

Edit = Callable[[str, str, str], None]

TODAY = datetime.date(2026, 11, 25)
MARKDOWN = "---\nslug: d\ntitle: {title}\nkind: report\n---\n## Part{title}\n\n{text}\n{{: #p1 }}\n"


IN_ENGLISH = "languages: [en]\n"
"""What `site.yaml` says where no document needs to say that it is in English."""


def interchange(folder: Path, documents: object = (), passages: object = ()) -> Path:
    folders.interchange(folder, documents, passages)
    (folder / "site.yaml").write_text(IN_ENGLISH, encoding="utf-8")
    return folder


def noted(*content: Path) -> list[str]:
    read = survey(content)
    assert read.faults == ()
    return [f"{one.path.name}:{one.line}: {one.problem}" for one in remarks(read, TODAY)]


def markdown(folder: Path, title: str, text: str) -> Path:
    (folder / "documents").mkdir(parents=True)
    path = folder / "documents/d.md"
    path.write_bytes(MARKDOWN.format(title=title, text=text).encode())
    (folder / "site.yaml").write_text(IN_ENGLISH, encoding="utf-8")
    return folder


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x7f", "\x97"])
def test_a_control_character_is_kept_with_a_remark_in_either_form(tmp_path: Path, character: str) -> None:
    name = f"(U+{ord(character):04X})"
    words = f"Of{character}fice"
    document, passage = {"id": "e", "title": words}, {"document": "e", "id": "p1", "text": words}
    both = (
        markdown(tmp_path / "curated", words, words),
        interchange(tmp_path / "written", [document], [passage]),
    )
    assert noted(*both) == [
        f"d.md:3: “title” contains a control character {name}",
        f"d.md:8: “heading” contains a control character {name}",
        f"d.md:8: “text” contains a control character {name}",
        f"documents.jsonl:1: “title” contains a control character {name}",
        f"passages.jsonl:1: “text” contains a control character {name}",
    ]
    texts = [passage.text for passage in survey(both).collection.all_passages()]
    assert texts == [words, words]


@pytest.mark.parametrize("character", ["\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", "\x85"])
def test_a_white_space_control_character_is_white_space_without_a_remark(
    tmp_path: Path, character: str
) -> None:
    words = f"End of page{character}Victims"
    document, passage = {"id": "e", "title": words}, {"document": "e", "id": "p1", "text": words}
    both = (
        markdown(
            tmp_path / "curated", words, f"{words}\n{{: #p0 }}\n{character}\n{character}Next{character}"
        ),
        interchange(tmp_path / "written", [document], [passage]),
    )
    assert noted(*both) == []
    texts = [" ".join(passage.text.split()) for passage in survey(both).collection.all_passages()]
    assert texts == ["End of page Victims", "Next", "End of page Victims"]


DOCUMENTS: list[tuple[dict[str, str], list[str]]] = [
    ({"date": "2026"}, []),
    ({"date": "2026-12-31", "event_date": "2015/2026"}, []),
    ({"date": "2027"}, ["“2027” is later than this year"]),
    ({"event_date": "2026/2027"}, ["“2026/2027” is later than this year"]),
    ({"date": "203X"}, ["“203X” is later than this year"]),
    ({"date": "9999"}, ["“9999” is later than this year"]),
    ({"date": "2558"}, ["“2558” looks like a year of the Buddhist era"]),
    ({"date": "2558-03-25/2558-03-26"}, ["“2558-03-25/2558-03-26” looks like a year of the Buddhist era"]),
    ({"kind": "treaty", "date": "2000", "treaty_series": "2237 UNTS 319"}, []),
    (
        {"kind": "treaty", "date": "2000"},
        ["this treaty has no treaty_series, so its citations are incomplete"],
    ),
    ({"kind": "convention"}, ["this treaty has no date or treaty_series, so its citations are incomplete"]),
    (
        {"kind": "protocol", "opened_for_signature": "2000-12-12"},
        ["this treaty has no treaty_series, so its citations are incomplete"],
    ),
    ({"kind": "speech"}, []),
    ({"kind": "Report"}, ["there is no citation format for the kind “Report”"]),
    ({"kind": "traety"}, ["there is no citation format for the kind “traety”"]),
    (
        {"kind": "white paper"},
        ["there is no citation format for the kind “white paper”, so its citations are marked as unverified"],
    ),
    ({"kind": "judgment", "court": "ECtHR", "date": "2005-07-26"}, []),
    ({"kind": "case", "date": "2005"}, ["this case has no court, so its citations are incomplete"]),
    ({"kind": "case", "neutral_citation": "[2008] HCA 39", "date": "2008"}, []),
    (
        {"kind": "thesis", "date": "2010"},
        ["this thesis has no authors or institution, so its citations are incomplete"],
    ),
    (
        {"kind": "report", "symbol": "S/RES/2331 (2016)"},
        ["this resolution has no date, so its citations are incomplete"],
    ),
    ({"kind": "Press Release"}, ["there is no citation format for the kind “Press Release”"]),
    ({"language": "iw"}, ["the language tag “iw” is deprecated"]),
    ({"language": "th"}, []),
]


@pytest.mark.parametrize(("fields", "said"), DOCUMENTS)
def test_what_an_editor_may_have_mistyped_is_remarked_on(
    tmp_path: Path, fields: dict[str, str], said: list[str]
) -> None:
    document = {"id": "d", "title": "T"} | fields
    folder = interchange(tmp_path / "c", [document], [{"document": "d", "id": "p", "text": "words"}])
    assert noted(folder) == [f"documents.jsonl:1: {one}" for one in said]


def test_old_fields_are_read_and_the_new_one_is_named(tmp_path: Path) -> None:
    case = {"id": "c", "title": "T", "kind": "judgment", "date": "2008", "issuers": ["High Court"]}
    paper = {"id": "t", "title": "T", "kind": "report", "authors": [{"name": "Doe"}]}
    folder = interchange(tmp_path / "c", [case, paper], [{"document": "c", "id": "p", "text": "words"}])
    assert noted(folder) == [
        "documents.jsonl:1: this case has issuers but no court",
        "documents.jsonl:2: “authors” is not a list of names, so citations leave it out",
    ]


NO_LANGUAGE = "this document has no language and is read as English"


@pytest.mark.parametrize(
    ("site", "language", "said"),
    [
        ("", "", [NO_LANGUAGE]),
        ("title: Ours\n", "", [NO_LANGUAGE]),
        ("languages: [en, id]\n", "", [NO_LANGUAGE]),
        ("languages: [id]\n", "", [NO_LANGUAGE]),
        ("languages: [en, id]\n", "id", []),
        ("languages: [en]\n", "", []),
        ("languages: [en-GB, en-US]\n", "", []),
        ("", "en", []),
    ],
)
def test_a_document_without_a_language_is_remarked_on_unless_the_site_is_in_english(
    tmp_path: Path, site: str, language: str, said: list[str]
) -> None:
    document = {"id": "d", "title": "T"} | ({"language": language} if language else {})
    folder = interchange(tmp_path / "c", [document], [{"document": "d", "id": "p", "text": "words"}])
    (folder / "site.yaml").write_text(site, encoding="utf-8")
    assert noted(folder) == [f"documents.jsonl:1: {one}" for one in said]


def test_a_remark_says_what_to_write_instead(tmp_path: Path) -> None:
    documents = [
        {"id": "a", "title": "T", "date": "2558-03"},
        {"id": "b", "title": "T", "kind": "Traety"},
        {"id": "c", "title": "T", "language": "in-ID"},
    ]
    read = survey([interchange(tmp_path / "c", documents)])
    assert [one.remedy for one in remarks(read, TODAY)] == [
        "write 2015-03",
        "write treaty, if that is what you mean",
        "write id-ID",
    ]


def test_a_remark_on_a_curated_document_names_the_line_of_its_field(folder: Path, edit: Edit) -> None:
    edit("documents/treaty.md", "date: 2000-11-15", "date: 2543-11-15")
    (folder / "site.yaml").write_text(IN_ENGLISH, encoding="utf-8")
    assert noted(folder)[:-1] == [
        "treaty.md:4: this treaty has no treaty_series, so its citations are incomplete",
        "treaty.md:5: “2543-11-15” looks like a year of the Buddhist era",
    ]


def test_a_list_of_instruments_in_the_thesaurus_belongs_into_the_registry(folder: Path) -> None:
    assert noted(folder)[-1] == "thesaurus.yaml:9: the thesaurus lists instruments"


def test_a_control_character_of_an_instrument_is_remarked_on(folder: Path) -> None:
    text = 'u:\n  title: "A\\e[31m treaty"\n  names: [U]\nv:\n  title: T\n  articles: {1: "x\\a"}\n'
    (folder / INSTRUMENTS_FILE).write_text(text, encoding="utf-8")
    said = [one for one in noted(folder) if one.startswith(INSTRUMENTS_FILE)]
    assert [one.partition(" ")[0] for one in said] == [f"{INSTRUMENTS_FILE}:{line}:" for line in (2, 5)]
    assert "U+001B" in said[0]
    assert "U+0007" in said[1]


@pytest.mark.parametrize(
    ("heading", "noticed"),
    [("Extradition", False), ("(handing over)", False), ("Surrender (of persons)", True)],
)
def test_a_provision_has_the_heading_of_the_registry_or_words_in_brackets(
    folder: Path, edit: Edit, heading: str, noticed: bool
) -> None:
    text = "u:\n  title: T\n  names: [UNTOC (2000)]\n  articles: {16: Extradition}\n"
    (folder / INSTRUMENTS_FILE).write_text(text, encoding="utf-8")
    edit("themes/01-cooperation.md", "| 16 | Extradition |", f"| 16 | {heading} |")
    said = [one for one in noted(folder) if one.startswith("01-cooperation.md:10: “extradition” gives")]
    assert len(said) == noticed


def test_what_ships_has_no_remarks() -> None:
    assert noted(shipped_content()) == []


def test_remarks_are_printed_beside_the_answer_and_change_nothing(tmp_path: Path) -> None:
    folder = interchange(
        tmp_path / "c", [{"id": "d", "title": "T"}], [{"document": "d", "id": "p", "text": "\x07a"}]
    )
    result = CliRunner().invoke(main, ["check", "--content", str(folder)])
    assert result.exit_code == 0
    assert result.stdout.startswith("No faults: ")
    assert result.stderr.splitlines()[0] == "1 remark (not a fault):"
    assert "passages.jsonl:1: “text” contains a control character (U+0007); it is kept" in result.stderr


def test_remarks_beyond_two_hundred_are_counted_by_kind(tmp_path: Path) -> None:
    passages = [{"document": "d", "id": f"p{n}", "text": "\x97a"} for n in range(1000)]
    folder = interchange(tmp_path / "c", [{"id": "d", "title": "T"}], passages)
    lines = noted(folder)
    assert len(lines) == 201
    assert lines[-1].startswith("passages.jsonl:201: 800 more of this kind, from here on: “text” contains")
