"""`kb export`: what is written, read back, and never overwritten."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.cli.main import main
from kb.collection.loader import Survey, load, survey
from kb.collection.publication import pending_entries
from kb.exporting.markdown import write_markdown
from kb.exporting.placing import placed
from kb.exporting.table import COLUMNS
from kb.formats.json.lines import dump_lines
from kb.interchange.writer import write_interchange
from kb.model import Collection, Document, Passage, SubPoint, Theme
from kb.published import Move, Published, Withdrawal
from kb.settings import shipped_content
from kb.site import ENGINES, NOTES_ORDERS, Site
from kb.sources.instrument import Article, Instrument
from kb.sources.unit_kinds import UNIT_KINDS
from kb.text.fingerprint import fingerprint
from tests.engines import build


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


def parts(content: Collection) -> tuple[Any, ...]:
    """All of a collection, its documents in the order of their ids."""
    ordered = sorted(content.documents, key=lambda one: one.id)
    passages = {one.id: tuple(content.passages.get(one.id, ())) for one in ordered}
    history = content.withdrawn, content.moves, dict(content.published)
    return (content.themes, ordered, passages, *history, content.instruments, content.thesaurus, content.site)


texts = st.text(st.sampled_from(list('ab *#\\\n{}:"&é>=1.')), min_size=1, max_size=12).filter(
    lambda text: bool(text.split())
)
THEMES = (Theme("a", "Alpha", "Alpha", 1, subpoints=(SubPoint("x", "Xi"),)), Theme("b", "Beta", "Beta", 2))
sites = st.builds(
    Site,
    title=texts.map(lambda text: " ".join(text.split())),
    notes=st.sampled_from(NOTES_ORDERS),
    engine=st.sampled_from(("", *ENGINES)),
)
pages = st.tuples(st.integers(1, 9), st.integers(0, 2)).map(lambda pair: (pair[0], sum(pair)))


@st.composite
def collections(draw: st.DrawFn) -> Collection:
    documents, passages = [], {}
    for id in draw(st.lists(st.sampled_from(["d", "e", "F", "g.1"]), unique=True, min_size=1, max_size=3)):
        further = draw(st.lists(st.tuples(st.sampled_from(["symbol", "country"]), texts), max_size=1))
        kind = draw(st.sampled_from(["report", "treaty", ""]))
        documents.append(Document(id, draw(texts), kind, "2015-03", further=tuple(further)))
        passages[id] = tuple(draw(passage(id, f"p{at}")) for at in range(draw(st.integers(1, 4))))
    gone = Withdrawal("d", "gone", fingerprint("gone"), "2020-01-01")
    old = Published("d", "p0", fingerprint("old words"), "2019-01-01", "old words")
    has_d = "d" in passages
    return Collection(
        site=draw(sites),
        themes=THEMES,
        documents=tuple(documents),
        passages=passages,
        withdrawn=(gone,) if has_d else (),
        moves=(Move("d", "was", "d/p0"),) if has_d else (),
        published={"d/p0": (old,)} if has_d else {},
        instruments={
            "untoc": Instrument("untoc", "Convention", ("UNTOC",), articles=(Article("16", "Extradition"),))
        },
    )


@st.composite
def passage(draw: st.DrawFn, document: str, id: str) -> Passage:
    page, page_end = draw(pages | st.just((None, None)))
    return Passage(
        document,
        id,
        draw(texts),
        locator=draw(st.sampled_from(["", "para 1", 'x"y'])),
        heading=draw(st.sampled_from(["", "I", "I > II", "a *b*"])),
        themes=draw(st.sampled_from([(), ("a",), ("a", "a/x"), ("a", "a/x", "b")])),
        further=draw(st.sampled_from([(), (), (), (("speaker", "Minister"),)])),
        unit=draw(st.sampled_from(["", *UNIT_KINDS])),
        page=page,
        page_end=page_end,
    )


@pytest.mark.slow
@given(collections())
@settings(deadline=None, max_examples=15)
def test_a_collection_exported_in_either_form_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, content: Collection
) -> None:
    folder = tmp_path_factory.mktemp("exported")
    write_interchange(content, folder / "lines")
    first = load([folder / "lines"])
    write_markdown(survey([folder / "lines"]), folder / "markdown")
    assert parts(load([folder / "markdown"])) == parts(first)
    write_interchange(load([folder / "markdown"]), folder / "again")
    assert parts(load([folder / "again"])) == parts(first)
    assert [one.id for one in first.documents] == [one.id for one in content.documents]


@pytest.mark.slow
def test_the_shipped_collection_reads_back_the_same_with_its_notes_and_its_ledger(
    tmp_path: Path, shipped_collection: Collection
) -> None:
    first = shipped_collection
    for name in ("jsonl", "markdown"):
        made = run(tmp_path / name, "--format", name)
        assert (made.exit_code, made.stderr) == (0, "")
        assert parts(load([tmp_path / name])) == parts(first)
        assert load([tmp_path / name]).sources.keys() == first.sources.keys()
    lines = [path.name for path in (tmp_path / "markdown").glob("*.jsonl")]
    assert lines == ["ledger.jsonl"]
    for name in lines:
        assert (tmp_path / "markdown" / name).read_bytes() == (shipped_content() / name).read_bytes()


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A collection of two documents, one of them in JSON lines, and a draft."""
    folder = tmp_path / "ours"
    (folder / "documents").mkdir(parents=True)
    (folder / "drafts").mkdir()
    body = 'Report\n{: #p1 locator="para 1" unit="paragraph" page="3" page_end="4" }\n\n=1+1\n{: #p2 }\n'
    head = "---\nslug: {}\ntitle: Fees\nkind: report\nlanguage: fr\n---\n"
    (folder / "documents/fees.md").write_text(f"{head.format('fees')}## Part\n{{: #part }}\n\n{body}")
    (folder / "drafts/draft.md").write_text(head.format("draft") + body)
    (folder / "documents.jsonl").write_text('{"id": "bare", "title": "Without a kind"}\n')
    (folder / "passages.jsonl").write_text('{"document": "bare", "id": "p1", "text": "x", "colour": "red"}\n')
    (folder / "site.yaml").write_text("title: Ours\nbase_url: https://kb.example\n")
    return folder


def test_what_markdown_cannot_say_stays_in_json_lines_and_is_named(ours: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = run(out, "--format", "markdown", "--content", ours)
    assert (made.exit_code, made.stdout) == (0, f"{out}: 3 passages and 1 heading written\n")
    assert "one document cannot be written as Markdown, and is in JSON lines beside it: bare" in made.stderr
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*")) == [
        *("documents.jsonl", "documents/fees.md", "passages.jsonl", "site.yaml")
    ]
    assert parts(load([out])) == parts(load([ours]))


def test_themes_that_nobody_accepted_are_not_exported_as_themes(ours: Path, tmp_path: Path) -> None:
    text = (ours / "documents/fees.md").read_text(encoding="utf-8")
    suggested = text.replace("{: #p2 }", '{: #p2 suggested="fees" because="fees 80 %: receipt" }')
    (ours / "documents/fees.md").write_text(suggested, encoding="utf-8")
    (ours / "theme-terms.yaml").write_text("fees: [receipt]\n", encoding="utf-8")
    for name in ("jsonl", "markdown"):
        assert run(tmp_path / name, "--format", name, "--content", ours).exit_code == 0
        assert parts(load([tmp_path / name])) == parts(load([ours]))
    assert (tmp_path / "markdown/theme-terms.yaml").read_text(encoding="utf-8") == "fees: [receipt]\n"


def edited(folder: Path, old: str, new: str, publish: bool = True) -> None:
    """Changes words of the one document, and publishes that on the same day as all before."""
    path = folder / "documents/fees.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    if publish:
        made = CliRunner().invoke(
            main, ["publish", "--yes", "--content", str(folder), "--date", "2026-11-01"]
        )
        assert made.exit_code == 0, made.output


LONG = "The recruiter kept the receipt of every worker who had paid a fee in advance"


@pytest.fixture
def with_a_past(ours: Path) -> Path:
    """A collection with words amended twice on a day and back, a passage moved, and one withdrawn."""
    more = (f"{LONG}.\n{{: #p2 }}", "Gone soon, said she.\n{: #p3 }", "Moves soon, said they.\n{: #p4 }")
    edited(ours, "=1+1\n{: #p2 }\n", "\n\n".join(more) + "\n")
    for old, new in ((LONG, f"{LONG} today"), (f"{LONG} today", LONG), (LONG, f"{LONG} or later")):
        edited(ours, old, new)
    edited(ours, "Gone soon, said she.\n{: #p3 }\n\n", "")
    edited(ours, "{: #p4 }", '{: #p5 formerly="p4" }')
    return ours


@pytest.mark.parametrize("name", ["jsonl", "markdown"])
def test_a_copy_has_the_whole_past_and_is_copied_to_the_same_bytes(
    with_a_past: Path, tmp_path: Path, name: str
) -> None:
    folders = [with_a_past, tmp_path / "one", tmp_path / "two"]
    for source, out in pairwise(folders):
        assert run(out, "--format", name, "--content", source).exit_code == 0
        assert parts(load([out])) == parts(load([with_a_past]))
        assert (out / "ledger.jsonl").read_bytes() == (with_a_past / "ledger.jsonl").read_bytes()
    one, two = (
        {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
        for out in folders[1:]
    )
    assert one == two
    assert run(folders[1], "--format", name, "--content", with_a_past, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("way", "new"), [(("a", "b"), LONG), (("b", "a"), LONG), (("a", "b"), f"{LONG} today")]
)
@pytest.mark.parametrize("days", [("01", "02", "03"), ("01", "01", "01")])
def test_the_ledgers_of_two_folders_are_one_in_a_copy(
    tmp_path: Path, way: tuple[str, str], days: Sequence[str], new: str
) -> None:
    """A document goes from one folder to the other, and then leaves the collection."""
    places = [tmp_path / "a", tmp_path / "b"]
    steps = ({way[0]: LONG}, {way[1]: new}, {})
    for at, (day, step) in enumerate(zip(days, steps, strict=True)):
        for place in places:
            place.mkdir(exist_ok=True)
            texts = {f"of-{place.name}": "Stays here."} | (
                {"d": step[place.name]} if place.name in step else {}
            )
            titles = [{"id": id, "title": id, "kind": "report"} for id in texts]
            lines = [{"document": id, "id": "p1", "text": text} for id, text in texts.items()]
            (place / "documents.jsonl").write_text("".join(dump_lines(titles)), encoding="utf-8")
            (place / "passages.jsonl").write_text("".join(dump_lines(lines)), encoding="utf-8")
        found = survey(places)
        assert found.faults == ()
        for one in pending_entries(found, date(2026, 11, int(day))):
            one.write()
        out = tmp_path / f"copy {at}"
        assert run(out, "--content", places[0], "--content", places[1]).exit_code == 0
        copy = survey([out])
        assert (copy.faults, pending_entries(copy, date(2026, 11, 4))) == ((), [])
        assert parts(copy.collection) == parts(load(places))


def edited_copy(content: Path, out: Path, old: str, new: str) -> Survey:
    """A copy in JSON lines, in which one line was edited or is gone."""
    assert run(out, "--content", content).exit_code == 0
    path = out / "passages.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = [at for at, line in enumerate(lines) if old in line]
    lines[at] = lines[at].replace(old, new) if new else ""
    path.write_text("".join(lines), encoding="utf-8")
    return survey([out])


@pytest.mark.parametrize(
    ("old", "new", "pending"),
    [
        ("Report", "Report", []),
        ("Report", "", ["withdrawn"]),
        (f"{LONG} or later", "", ["withdrawn"]),
        (f"{LONG} or later", f"{LONG} and later", ["amended"]),
        ('"id": "p5"', "", ["withdrawn"]),
    ],
)
def test_a_copy_in_json_lines_knows_what_was_published(
    with_a_past: Path, tmp_path: Path, old: str, new: str, pending: list[str]
) -> None:
    found = edited_copy(with_a_past, tmp_path / "copy", old, new)
    entries = [entry for one in pending_entries(found, date(2026, 11, 2)) for entry in one.entries]
    assert (found.faults, [one.status for one in entries if one.id != "p4"]) == ((), pending)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f"{LONG} or later", "Nothing of the kind", "“p2” was published with different words"),
        ('"id": "p2"', '"id": "q"', "these words were published as “p2”"),
        ('"id": "p5"', '"id": "p3"', "these words were published as “p5”"),
    ],
)
def test_a_copy_in_json_lines_is_held_to_what_was_published(
    with_a_past: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    faults = edited_copy(with_a_past, tmp_path / "copy", old, new).faults
    assert any(said in str(one) for one in faults), faults


def test_the_table_has_a_row_for_each_passage_and_no_formula(ours: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.csv"
    assert run(out, "--format", "csv", "--content", ours).exit_code == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,document,")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == ["part", "p1", "p2", "p1"]
    assert [row["unit"] for row in rows] == ["heading", "paragraph", "", ""]
    assert rows[1] | {"citation": ""} == {
        "id": "p1",
        "document": "fees",
        "title": "Fees",
        "date": "",
        "language": "fr",
        "locator": "para 1",
        "heading": "Part",
        "page": "3–4",
        "unit": "paragraph",
        "themes": "",
        "text": "Report",
        "citation": "",
        "address": "https://kb.example/passages/fees/p1",
    }
    assert "para 1" in rows[1]["citation"]
    assert rows[2]["text"] == "'=1+1"


@pytest.mark.parametrize("name", ["jsonl", "markdown", "csv"])
def test_nothing_is_written_over_without_force(ours: Path, tmp_path: Path, name: str) -> None:
    out, arguments = tmp_path / "out", ("--format", name, "--content", ours)
    assert run(out, *arguments).exit_code == 0
    before = sorted(path.name for path in tmp_path.iterdir())
    again = run(out, *arguments)
    assert (again.exit_code, "this is already here; choose another name" in again.stderr) == (1, True)
    assert run(out, *arguments, "--force").exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("place", "arguments", "said"),
    [
        ("ours", (), "the content itself is here"),
        (".", (), "the content itself is here"),
        ("else", (), "this folder contains my-notes.txt, which is not part of an export"),
        ("else", ("--format", "csv"), "a folder where the export is a file"),
        ("else/my-notes.txt", ("--format", "jsonl"), "a file where the export is a folder"),
    ],
)
def test_force_replaces_nothing_but_an_export(
    ours: Path, tmp_path: Path, place: str, arguments: Sequence[str], said: str
) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "else/my-notes.txt").write_text("mine")
    refused = run(tmp_path / place, "--content", ours, "--force", *arguments)
    assert (refused.exit_code, said in refused.stderr) == (1, True), refused.stderr
    assert (tmp_path / "else/my-notes.txt").read_text() == "mine"
    assert (ours / "documents/fees.md").exists()


@pytest.mark.parametrize("name", ["jsonl", "markdown"])
def test_force_never_loses_what_was_published_in_a_copy(ours: Path, tmp_path: Path, name: str) -> None:
    out, arguments = tmp_path / "out", ("--format", name, "--content", ours, "--force")
    assert run(out, *arguments).exit_code == 0
    published = CliRunner().invoke(main, ["publish", "--yes", "--content", str(out)])
    assert published.exit_code == 0, published.output
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    refused = run(out, *arguments)
    assert refused.exit_code == 1
    assert f"{out / 'ledger.jsonl'}: this ledger has published passages that" in refused.stderr
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["jsonl", "markdown"])
def test_force_replaces_a_copy_by_one_with_more_of_the_same_past(
    with_a_past: Path, tmp_path: Path, name: str
) -> None:
    out, arguments = tmp_path / "out", ("--format", name, "--content", with_a_past, "--force")
    assert run(out, *arguments).exit_code == 0
    past = (with_a_past / "ledger.jsonl").read_bytes()
    edited(with_a_past, f"{LONG} or later", LONG)
    assert run(out, *arguments).exit_code == 0
    assert (out / "ledger.jsonl").read_bytes() == (with_a_past / "ledger.jsonl").read_bytes()
    (with_a_past / "ledger.jsonl").write_bytes(past)  # publishes the same words once less
    refused = run(out, *arguments)
    assert (refused.exit_code, "this ledger has published passages that" in refused.stderr) == (1, True)


def test_an_export_that_is_stopped_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "themes.jsonl").write_text("old")

    def stop() -> None:
        with placed(out) as place:
            place.mkdir()
            (place / "themes.jsonl").write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (out / "themes.jsonl").read_text() == "old"


def test_faulty_content_is_not_exported(ours: Path, tmp_path: Path) -> None:
    (ours / "documents/fees.md").write_text("no fields", encoding="utf-8")
    refused = run(tmp_path / "out", "--content", ours)
    assert refused.exit_code == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_an_export_that_is_built_over_its_collection_changes_nothing(
    tmp_path: Path, shipped_collection: Collection
) -> None:
    build(shipped_collection, tmp_path / "index")
    for name in ("jsonl", "markdown"):
        run(tmp_path / name, "--format", name)
        assert not build(load([tmp_path / name]), tmp_path / "index").published, name
