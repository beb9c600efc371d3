"""The rest of a collection equals that of folders without the faulty records."""

from __future__ import annotations

import datetime
import gzip
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.collection.leaving_out.rest import survey_rest
from kb.collection.loader import load, survey
from kb.collection.publication import pending_entries
from kb.errors import ContentError
from kb.model import Collection
from kb.permanence.ledger import LEDGER_FILE
from kb.text.fingerprint import fingerprint
from tests.kb.folders import interchange

Edit = Callable[[str, str, str], None]
TREATY, THEME = "documents/treaty.md", "themes/01-cooperation.md"


def rest(*folders: Path) -> Collection:
    return survey_rest(folders).collection


def names(found: Collection) -> list[tuple[str, str, str]]:
    """The part, the name and the fault's code of each record left out."""
    return sorted(
        (one.record.part, one.record.name, one.message.code) for one in found.left_out if one.record
    )


def addresses(found: Collection) -> set[str]:
    return {passage.address for passage in found.all_passages()}


def refusal(*folders: Path) -> tuple[set[str], str]:
    """The codes of the faults, and of the note, with which all of it is refused."""
    with pytest.raises(ContentError) as refused:
        rest(*folders)
    note = refused.value.note
    return {fault.message.code for fault in refused.value.faults}, note.code if note else ""


def publish(*folders: Path) -> None:
    for one in pending_entries(survey(folders), datetime.date(2015, 11, 23)):
        one.write()


ALL = {"treaty/preamble", "treaty/a1", "treaty/a2", "cooperation/introduction", "cooperation/extradition"}
TREATY_OUT = [
    ("passages", name, "document-left-out") for name in ("treaty/a1", "treaty/a2", "treaty/preamble")
]
QUOTING = ("passages", "cooperation/extradition", "quoted-left-out")
THEME_OUT = [
    ("passages", "cooperation/extradition", "theme-left-out"),
    ("passages", "cooperation/introduction", "theme-left-out"),
    ("references", "treaty/a1 -> cooperation", "tag-left-out"),
    ("references", "treaty/a1 -> cooperation/extradition", "tag-left-out"),
    ("references", "treaty/a2 -> cooperation", "tag-left-out"),
    ("subpoints", "cooperation/extradition", "theme-left-out"),
]


def test_nothing_is_left_out_of_what_has_no_fault(folder: Path) -> None:
    assert rest(folder) == load([folder])
    assert not rest(folder).left_out


@pytest.mark.parametrize(
    ("name", "old", "new", "left_out"),
    [
        # a document
        (TREATY, "title: A treaty\n", "", [("documents", "treaty", "missing-entry"), *TREATY_OUT, QUOTING]),
        (TREATY, "2000-11-15", "2000-02-30", [("documents", "treaty", "no-such-date"), *TREATY_OUT, QUOTING]),
        (
            TREATY,
            "kind: treaty",
            "kind: note",
            [("documents", "treaty", "reserved-kind"), *TREATY_OUT, QUOTING],
        ),
        (
            TREATY,
            "kind:",
            "language: English\nkind:",
            [("documents", "treaty", "bad-language"), *TREATY_OUT, QUOTING],
        ),
        (TREATY, "---\nslug", "slug", [("documents", "treaty", "no-front-matter"), QUOTING]),
        (TREATY, "title: A", "title: A: ", [("documents", "treaty", "invalid-yaml"), QUOTING]),
        (
            TREATY,
            "source: treaty.txt",
            "source: gone.txt",
            [("documents", "treaty", "source-not-found"), *TREATY_OUT, QUOTING],
        ),
        (
            TREATY,
            "kind:",
            "status: superseded\nsuperseded_by: newer\nkind:",
            [("documents", "treaty", "unknown-successor"), *TREATY_OUT, QUOTING],
        ),
        # a passage
        (TREATY, "{: #preamble }\n", "", [("passages", "treaty/*", "passage-without-id")]),
        (TREATY, "#preamble", "#a2", [("passages", "treaty/a2", "duplicate-id")]),
        (TREATY, "#preamble", "#a/2", [("passages", "treaty/a/2", "bad-id")]),
        (TREATY, 'themes="cooperation"', 'themes="co operation?"', [("passages", "treaty/a2", "bad-tag")]),
        (TREATY, 'themes="cooperation"', 'themes="nowhere"', [("passages", "treaty/a2", "unknown-tag")]),
        (TREATY, 'locator="art 1"', 'locater="art 1"', [("passages", "treaty/a1", "unknown-key"), QUOTING]),
        # a theme
        (THEME, "title: Cooperation\n", "", [("themes", "cooperation", "missing-entry"), *THEME_OUT]),
        (THEME, "order: 1", "order: first", [("themes", "cooperation", "bad-order"), *THEME_OUT]),
        # a sub-point
        (
            THEME,
            "{: #extradition",
            '{: #extradition colour="red"',
            [
                ("references", "treaty/a1 -> cooperation/extradition", "tag-left-out"),
                ("subpoints", "cooperation/extradition", "unknown-key"),
            ],
        ),
        (
            THEME,
            "## Extradition",
            "## ",
            [
                ("passages", "cooperation/extradition", "subpoint-left-out"),
                ("references", "treaty/a1 -> cooperation/extradition", "tag-left-out"),
                ("subpoints", "cooperation/extradition", "section-without-title"),
            ],
        ),
        # a note
        (
            THEME,
            "*handed over*",
            "<b>handed over</b>",
            [("passages", "cooperation/extradition", "html-in-note")],
        ),
        (
            THEME,
            "UNTOC (2000) |",
            "UNTAC (2000) |",
            [("passages", "cooperation/extradition", "similar-instrument")],
        ),
        (
            THEME,
            "treaty/a1",
            "treaty/a9",
            [("passages", "cooperation/extradition", "unknown-quoted-passage")],
        ),
    ],
)
def test_a_record_with_a_fault_is_left_out_with_what_depends_on_it(
    folder: Path, edit: Edit, name: str, old: str, new: str, left_out: list[tuple[str, str, str]]
) -> None:
    (folder / "documents/other.md").write_text(
        "---\nslug: other\ntitle: Other\nkind: report\n---\nOther words.\n{: #p1 }\n", encoding="utf-8"
    )
    edit(name, old, new)
    found = rest(folder)
    assert names(found) == sorted(left_out)
    gone = {each for part, each, code in left_out if part == "passages" and code != "duplicate-id"}
    if "#preamble" in old:
        gone.add("treaty/preamble")
    if part_of(left_out, "documents"):
        gone |= {each for each in ALL if each.startswith("treaty/")}
    if "colour" in new:
        gone.add("cooperation/extradition")
    assert addresses(found) == ({*ALL, "other/p1"} | ({"treaty/a2"} if "#a2" in new else set())) - gone


def part_of(left_out: list[tuple[str, str, str]], part: str) -> bool:
    return any(one == part for one, _, _ in left_out)


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (TREATY, "shall protect", "must protect", "not-verbatim"),
        (TREATY, "They shall protect victims.", "Qwxyz.", "not-in-source"),
        (THEME, "co-operate in extradition", "cooperate with extradition", "misquoted"),
        ("sources/treaty.txt", "They", "They all", "source-changed"),
        ("thesaurus.yaml", "- [labour, labor]", "- [labour]", "small-group"),
    ],
)
def test_what_must_be_verbatim_and_what_holds_for_all_is_never_left_out(
    folder: Path, edit: Edit, name: str, old: str, new: str, code: str
) -> None:
    edit(name, old, new)
    codes, note = refusal(folder)
    assert code in codes
    assert note == "never-left-out"


def test_a_passage_that_is_not_verbatim_is_not_left_out_for_another_fault(folder: Path, edit: Edit) -> None:
    edit(TREATY, 'themes="cooperation"', 'themes="nowhere"')
    edit(TREATY, "shall protect", "must protect")
    assert refusal(folder) == ({"not-verbatim"}, "never-left-out")


def test_a_site_file_with_a_fault_is_never_left_out(folder: Path) -> None:
    (folder / "site.yaml").write_text("base_url: nowhere\n", encoding="utf-8")
    assert refusal(folder) == ({"bad-base-url"}, "never-left-out")


def test_a_ledger_with_a_fault_is_never_left_out(folder: Path) -> None:
    publish(folder)
    with (folder / LEDGER_FILE).open("a", encoding="utf-8") as ledger:
        ledger.write("{\n")
    assert refusal(folder) == ({"ledger-damaged"}, "never-left-out")


def test_published_words_under_another_id_are_never_left_out(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a2", "#a3")
    assert refusal(folder) == ({"id-renumbered"}, "never-left-out")


def test_a_published_id_with_other_words_is_never_left_out(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "Recalling the Protocol,\n{: #preamble }", "They shall protect victims.\n{: #preamble }")
    edit(TREATY, 'themes="cooperation"', 'themes="nowhere"')
    assert refusal(folder) == ({"id-reused"}, "never-left-out")


def test_where_everything_is_faulty_nothing_is_built(folder: Path, edit: Edit) -> None:
    (folder / THEME).write_bytes(b"\xff")
    edit(TREATY, "title: A treaty\n", "")
    codes, note = refusal(folder)
    assert {"missing-entry", "not-utf8"} <= codes
    assert note == "nothing-left"


def test_a_whole_folder_can_be_faulty(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    bad = interchange(
        tmp_path / "bad", documents=[{"id": "d"}], passages=[{"document": "d", "id": "p", "text": "x"}]
    )
    found = rest(folder, empty, bad)
    assert addresses(found) == ALL
    assert names(found) == [
        ("documents", "d", "missing-field"),
        ("files", "empty", "empty-folder"),
        ("passages", "d/p", "document-left-out"),
    ]


def test_of_two_documents_with_one_id_in_two_folders_the_first_stays(folder: Path, tmp_path: Path) -> None:
    again = interchange(
        tmp_path / "again",
        documents=[{"id": "treaty", "title": "Another"}],
        passages=[{"document": "treaty", "id": "x", "text": "Other words."}],
    )
    found = rest(folder, again)
    assert addresses(found) == ALL
    assert names(found) == [
        ("documents", "treaty", "duplicate-document"),
        ("passages", "treaty/x", "document-left-out"),
    ]


def test_quotations_of_quotations_are_left_out_with_the_root_named(tmp_path: Path) -> None:
    def quoting(id: str, other: str) -> dict[str, Any]:
        quotation = {"document": "n", "passage": other, "words": "same words"}
        return {"document": "n", "id": id, "text": "The same words.", "quotation": quotation}

    chain = [quoting(f"p{n}", f"p{n + 1}") for n in range(1, 50)]
    last = {"document": "n", "id": "p50", "text": ""}
    sound = {"document": "n", "id": "q", "text": "Others."}
    one = interchange(
        tmp_path, documents=[{"id": "n", "title": "N", "kind": "note"}], passages=[*chain, last, sound]
    )
    found = rest(one)
    assert addresses(found) == {"n/q"}
    assert len(found.left_out) == 50
    assert {fault.root.code for fault in found.left_out if fault.root} == {"empty-passage"}


@pytest.mark.parametrize(
    "line", ["{", '{"document": "d"}', "[]", '{"document": "d", "id": "p2", "text": 7}', "\\x"]
)
def test_a_published_passage_in_a_line_that_cannot_be_read_is_left_out_not_withdrawn(
    tmp_path: Path, line: str
) -> None:
    passages: list[Any] = [
        {"document": "d", "id": f"p{n}", "text": f"The words of passage {n}."} for n in (1, 2, 3)
    ]
    one = interchange(tmp_path, documents=[{"id": "d", "title": "D"}], passages=passages)
    publish(one)
    ledger = (one / LEDGER_FILE).read_bytes()
    lines = [json.dumps(passages[0]), line, json.dumps(passages[2])]
    (one / "passages.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = rest(one)
    assert found.withdrawn == ()
    (missing,) = found.left_out_passages
    assert (missing.document, missing.passage) == ("d", "p2")
    assert missing.fingerprint == fingerprint("The words of passage 2.")
    assert (one / LEDGER_FILE).read_bytes() == ledger


def test_a_deleted_passage_is_withdrawn_though_another_is_left_out(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "Recalling the Protocol,\n{: #preamble }\n", "")
    edit(TREATY, 'themes="cooperation"', 'themes="nowhere"')
    found = rest(folder)
    assert [one.passage for one in found.withdrawn] == ["preamble"]
    assert [one.passage for one in found.left_out_passages] == ["a2"]


def test_the_former_id_of_a_passage_left_out_is_left_out_too(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, '#a2 locator="art 2" themes="cooperation"', '#a3 formerly="a2" themes="nowhere"')
    found = rest(folder)
    assert [one.passage for one in found.left_out_passages] == ["a2"]
    assert found.withdrawn == ()
    publish_after_mending(folder, edit)
    edit(TREATY, 'themes="cooperation"', 'themes="nowhere"')
    found = rest(folder)
    assert [(one.passage, one.to) for one in found.moves] == [("a2", "treaty/a3")]
    assert [one.passage for one in found.left_out_passages] == ["a3"]


def publish_after_mending(folder: Path, edit: Edit) -> None:
    edit(TREATY, 'themes="nowhere"', 'themes="cooperation"')
    publish(folder)


@pytest.mark.parametrize("heading", ["# Extradition {: #extradition", "#### Extradition {: #extradition"])
def test_a_note_that_ran_into_another_is_not_withdrawn(folder: Path, edit: Edit, heading: str) -> None:
    publish(folder)
    edit(THEME, "## Extradition {: #extradition", heading)
    found = rest(folder)
    assert found.withdrawn == ()
    assert {one.passage for one in found.left_out_passages} == {"introduction", "extradition"}
    assert {"treaty/a1", "treaty/a2"} <= addresses(found)


def test_what_is_still_referred_to_is_not_withdrawn(folder: Path, edit: Edit) -> None:
    publish(folder)
    text = (folder / THEME).read_text(encoding="utf-8")
    (folder / THEME).write_text(text.partition("## Extradition")[0], encoding="utf-8")
    found = rest(folder)
    assert ("passages", "treaty/a1", "unknown-tag") in names(found)
    assert {one.passage for one in found.left_out_passages} == {"a1", "extradition"}
    assert found.withdrawn == ()


def test_a_document_stays_though_its_successor_is_left_out(folder: Path, edit: Edit) -> None:
    front = "slug: old\ntitle: Old\nkind: report\nstatus: superseded\nsuperseded_by: treaty"
    (folder / "documents/old.md").write_text(f"---\n{front}\n---\nx\n{{: #p1 }}\n", encoding="utf-8")
    edit(TREATY, "title: A treaty\n", "")
    found = rest(folder)
    assert "old/p1" in addresses(found)
    assert ("references", "old -> treaty", "successor-left-out") in names(found)
    assert next(one for one in found.documents if one.id == "old").superseded_by == ""


def test_a_document_whose_passages_are_all_left_out_is_left_out(folder: Path) -> None:
    (folder / "documents/other.md").write_text(
        '---\nslug: other\ntitle: Other\nkind: report\n---\nOther words.\n{: #p1 themes="none" }\n',
        encoding="utf-8",
    )
    found = rest(folder)
    assert addresses(found) == ALL
    assert names(found) == [
        ("documents", "other", "no-passages-left"),
        ("passages", "other/p1", "unknown-tag"),
    ]


# what is broken in a random collection, and what it is without that

RECORDS = ("passages", "documents", "themes")


def break_record(part: str, record: Mapping[str, Any], how: int) -> Any:
    match part, how:
        case _, 0:
            return record | {("slug" if part == "themes" else "id"): "not an id"}
        case "passages", 1:
            return record | {"text": " "}
        case "passages", 2:
            return record | {"themes": ["not a tag!"]}
        case "passages", _:
            return record | {"document": "nowhere"}
        case "documents", 1:
            return record | {"date": "30 February"}
        case "documents", _:
            return record | {"language": "English"}
        case _:
            return record | {"title": ""}


@pytest.mark.slow
@given(st.data())
def test_the_rest_is_the_collection_without_its_broken_records(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    themes = [
        {"slug": f"t{n}", "title": f"T{n}", "subpoints": [{"slug": "s", "title": "S"}]} for n in range(3)
    ]
    documents = [{"id": f"d{n}", "title": f"D{n}"} for n in range(4)]
    passages: list[dict[str, Any]] = []
    for n in range(data.draw(st.integers(3, 12))):
        tags = data.draw(st.lists(st.sampled_from(["t0", "t1", "t2/s", "t2"]), max_size=2, unique=True))
        document = data.draw(st.sampled_from(documents))["id"]
        passages.append({"document": document, "id": f"p{n}", "text": f"Words {n}.", "themes": tags})
        if quoted := data.draw(st.none() | st.sampled_from(passages)):
            quotation = {"document": quoted["document"], "passage": quoted["id"], "words": "Words"}
            passages[-1] |= {"quotation": quotation}
    every = {"themes": themes, "documents": documents, "passages": passages}
    places = [(part, at) for part in RECORDS for at in range(len(every[part]))]
    broken = data.draw(st.dictionaries(st.sampled_from(places), st.integers(0, 3), max_size=5))
    folder = tmp_path_factory.mktemp("broken")
    with_faults = {
        part: [
            break_record(part, one, broken[part, at]) if (part, at) in broken else one
            for at, one in enumerate(every[part])
        ]
        for part in RECORDS
    }
    interchange(folder / "a", **with_faults)
    without = interchange(folder / "b", **expected(every, set(broken)))
    if broken and not any(load([without]).all_passages()):
        with pytest.raises(ContentError):
            rest(folder / "a")
        return
    found = rest(folder / "a")
    assert bool(found.left_out) == bool(broken)
    assert replace(found, left_out=()) == load([without])
    shutil.rmtree(folder)


def expected(every: Mapping[str, list[dict[str, Any]]], broken: set[tuple[str, int]]) -> dict[str, Any]:
    """The records that are to remain, by the table in kb/README.md."""
    kept = {part: [one for at, one in enumerate(every[part]) if (part, at) not in broken] for part in RECORDS}
    ids, slugs = {one["id"] for one in kept["documents"]}, {one["slug"] for one in kept["themes"]}
    passages = [one for one in kept["passages"] if one["document"] in ids]
    while True:
        there = {(one["document"], one["id"]) for one in passages}
        left = [one for one in passages if quoted(one) is None or quoted(one) in there]
        if left == passages:
            break
        passages = left
    tagged = [
        one | {"themes": [tag for tag in one["themes"] if tag.partition("/")[0] in slugs]} for one in passages
    ]
    return kept | {"passages": tagged}


def quoted(passage: Mapping[str, Any]) -> tuple[str, str] | None:
    quotation = passage.get("quotation")
    return (quotation["document"], quotation["passage"]) if quotation else None


THEMES = [{"slug": "t", "title": "T", "subpoints": [{"slug": "s", "title": "S"}]}]
D = {"id": "d", "title": "D"}
P1 = {"document": "d", "id": "p1", "text": "First words.", "themes": ["t/s"]}
P2 = {"document": "d", "id": "p2", "text": "Second words."}


@pytest.mark.parametrize(
    ("files", "left_out", "kept"),
    [
        ({"documents": [D, D]}, [("documents", "d", "duplicate-id")], 2),
        ({"documents": [D, "x"]}, [("documents", "*", "not-json-object")], 2),
        ({"documents": [D, D | {"id": 7}]}, [("documents", "*", "bad-field-id")], 2),
        ({"passages": [P1, P2, P2]}, [("passages", "d/p2", "duplicate-id")], 2),
        ({"passages": [P1, P2, {"document": "d"}]}, [("passages", "d/*", "missing-id")], 2),
        ({"passages": [P1, P2 | {"text": None}]}, [("passages", "d/p2", "empty-passage")], 1),
        ({"passages": [P1, P2 | {"heading": 1}]}, [("passages", "d/p2", "not-text")], 1),
        ({"passages": [P1, P2 | {"themes": "t"}]}, [("passages", "d/p2", "not-a-list-of-texts")], 1),
        ({"passages": [P1, P2 | {"themes": ["u"]}]}, [("passages", "d/p2", "unknown-tag")], 1),
        ({"passages": [P1, P2 | {"text": "\ud800"}]}, [("passages", "*", "lone-surrogate")], 1),
        ({"themes": [*THEMES, THEMES[0]]}, [("themes", "t", "duplicate-id")], 2),
        (
            {"themes": [THEMES[0] | {"subpoints": [{"slug": "s"}]}]},
            [
                ("references", "d/p1 -> t", "tag-left-out"),
                ("references", "d/p1 -> t/s", "tag-left-out"),
                ("themes", "t", "missing-field"),
            ],
            2,
        ),
        (
            {
                "themes": [
                    THEMES[0] | {"subpoints": [{"slug": "s", "title": "S"}, {"slug": "s", "title": "Z"}]}
                ]
            },
            [("subpoints", "t/s", "duplicate-subpoint")],
            2,
        ),
        ({"instruments": [{"name": "UNTOC"}]}, [("instruments", "UNTOC", "missing-field")], 2),
    ],
)
def test_a_faulty_line_is_left_out_alone(
    tmp_path: Path, files: dict[str, Any], left_out: list[tuple[str, str, str]], kept: int
) -> None:
    folder = interchange(tmp_path, **({"themes": THEMES, "documents": [D], "passages": [P1, P2]} | files))
    found = rest(folder)
    assert names(found) == left_out
    assert len(addresses(found)) == kept


@pytest.mark.parametrize("name", ["withdrawn", "moves", "published"])
def test_a_faulty_line_of_the_history_is_never_left_out(tmp_path: Path, name: str) -> None:
    folder = interchange(tmp_path, documents=[D], passages=[P2], **{name: [{"document": "d"}]})
    assert refusal(folder)[1] == "never-left-out"


def test_of_a_compressed_file_that_is_cut_short_the_readable_part_stays(tmp_path: Path) -> None:
    folder = interchange(tmp_path, documents=[D], passages=[])
    lines = [
        json.dumps({"document": "d", "id": f"p{n}", "text": f"{n} {fingerprint(str(n))}"})
        for n in range(2000)
    ]
    (folder / "passages.jsonl").unlink()
    whole = gzip.compress("\n".join(lines).encode())
    (folder / "passages.jsonl.gz").write_bytes(whole)
    publish(folder)
    (folder / "passages.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    found = rest(folder)
    assert names(found)[0] == ("passages", "*", "broken-file")
    assert 0 < len(addresses(found)) < 2000
    # the line at which it breaks off is read as far as it goes
    assert len(addresses(found)) + len(found.left_out_passages) == 2000
    assert not found.withdrawn


def test_lines_in_another_encoding_are_left_out(tmp_path: Path) -> None:
    folder = interchange(tmp_path, documents=[D], passages=[P2])
    latin = json.dumps(P2 | {"id": "p3", "text": "caf\xe9"}, ensure_ascii=False).encode("latin-1")
    with (folder / "passages.jsonl").open("ab") as file:
        file.write(latin + b"\n")
    assert names(rest(folder)) == [("passages", "*", "not-utf8")]


def test_what_refers_to_nothing_is_found_once_the_rest_is_out(folder: Path, edit: Edit) -> None:
    edit(THEME, "treaty/a1", "treaty/a9")
    edit(TREATY, "{: #preamble }\n", "")
    assert ("passages", "cooperation/extradition", "quoted-left-out") in names(rest(folder))
    edit(TREATY, "Recalling the Protocol,", "Recalling the Protocol,\n{: #preamble }")
    edit(TREATY, 'themes="cooperation"', 'themes="nowhere"')
    assert ("passages", "cooperation/extradition", "unknown-quoted-passage") in names(rest(folder))


def test_a_repeated_text_is_not_taken_for_the_one_left_out(folder: Path, edit: Edit) -> None:
    long = " ".join(f"word{n}" for n in range(30))
    for slug in ("one", "two"):
        front = f"---\nslug: {slug}\ntitle: {slug}\nkind: report\n---\n"
        (folder / f"documents/{slug}.md").write_text(f"{front}{long}\n{{: #p1 }}\n", encoding="utf-8")
        publish(folder)
    edit("documents/one.md", "kind: report", "kind: report\nlanguage: English")
    (folder / "documents/three.md").write_text(
        f"---\nslug: three\ntitle: three\nkind: report\n---\n{long}\n{{: #p1 }}\n", encoding="utf-8"
    )
    assert {"two/p1", "three/p1"} <= addresses(rest(folder))


def test_the_order_of_reading_is_kept(folder: Path, edit: Edit) -> None:
    edit(TREATY, "#preamble", "#x y")
    found = rest(folder)
    assert [one.id for one in found.passages["treaty"]] == ["a1", "a2"]
