"""All kinds of content loaded together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kb.collection import loader
from kb.collection.loader import load, read_collection
from kb.curated.instruments_file import INSTRUMENTS_FILE
from kb.curated.thesaurus_file import THESAURUS_FILE
from kb.errors import ContentError
from kb.interchange.writer import write_interchange
from kb.permanence.ledger import LEDGER_FILE
from kb.site import Site
from kb.sources.instrument import Instrument
from tests.kb.folders import interchange, problems

Edit = Callable[[str, str, str], None]
TREATY = "documents/treaty.md"
THEME = "themes/01-cooperation.md"


def test_a_curated_folder_is_read_whole(folder: Path) -> None:
    found = loader.load([folder])
    assert [theme.slug for theme in found.themes] == ["cooperation"]
    assert [document.id for document in found.documents] == ["treaty", "cooperation"]
    assert [one.address for one in found.all_passages()] == [
        "treaty/preamble",
        "treaty/a1",
        "treaty/a2",
        "cooperation/introduction",
        "cooperation/extradition",
    ]
    assert found.passages["treaty"][1].heading == "Part I"
    assert found.instruments["untoc-2000"] == Instrument("untoc-2000", "The Convention", ("UNTOC (2000)",))


def test_both_forms_in_one_folder_are_merged_notes_last(folder: Path) -> None:
    passage = {"document": "d", "id": "p1", "text": "Words.", "themes": ["cooperation/extradition", "new"]}
    interchange(folder, [{"id": "d", "title": "D"}], [passage])
    found = loader.load([folder])
    assert [document.id for document in found.documents] == ["treaty", "d", "cooperation"]
    assert [(theme.slug, theme.order) for theme in found.themes] == [("cooperation", 1), ("new", 2)]
    assert found.passages["d"][0].themes == ("cooperation", "cooperation/extradition", "new")


def test_several_folders_are_merged_in_their_order(folder: Path, tmp_path: Path) -> None:
    one = interchange(
        tmp_path / "one", [{"id": "a", "title": "A"}], [], themes=[{"slug": "t", "title": "T", "order": 5}]
    )
    two = interchange(
        tmp_path / "two", [{"id": "b", "title": "B"}], [], themes=[{"slug": "t", "title": "T", "order": 5}]
    )
    survey = loader.survey([two, folder, one, two])
    assert survey.faults == ()
    found = survey.collection
    assert [document.id for document in found.documents] == ["b", "treaty", "a", "cooperation"]
    assert [theme.slug for theme in found.themes] == ["cooperation", "t"]
    assert [part.path for part in survey.folders] == [two, folder, one]
    assert survey.folders[1].passages(found) == [
        *found.passages["treaty"],
        *found.passages["cooperation"],
    ]


def test_themes_made_in_two_folders_are_one(tmp_path: Path) -> None:
    folders = [
        interchange(
            tmp_path / id,
            [{"id": id, "title": id}],
            [{"document": id, "id": "p", "text": "x", "themes": [tag]}],
        )
        for id, tag in (("a", "t/x"), ("b", "t/y"))
    ]
    (theme,) = loader.load(folders).themes
    assert [subpoint.slug for subpoint in theme.subpoints] == ["x", "y"]


def test_the_same_theme_described_otherwise_is_a_fault(folder: Path, tmp_path: Path) -> None:
    other = interchange(tmp_path / "other", themes=[{"slug": "cooperation", "title": "Other"}])
    assert any(
        "the theme “cooperation” is defined differently in 01-cooperation.md" in one
        for one in problems(folder, other)
    )


def test_a_sub_point_twice_in_a_theme_is_a_fault(tmp_path: Path) -> None:
    points = [{"slug": "x", "title": "X"}, {"slug": "x", "title": "Y"}]
    other = interchange(tmp_path / "other", themes=[{"slug": "t", "title": "T", "subpoints": points}])
    assert any("duplicate sub-point “x” in theme “t”" in one for one in problems(other))


def test_a_document_id_in_two_files_is_a_fault(folder: Path) -> None:
    text = (folder / TREATY).read_text(encoding="utf-8")
    (folder / "documents/zweit.md").write_text(text, encoding="utf-8")
    assert problems(folder) == [
        "zweit.md:1: the document “treaty” is also in treaty.md, line 1; give one of them another slug"
    ]


def test_two_theme_files_with_one_slug_are_a_fault(folder: Path) -> None:
    text = (folder / THEME).read_text(encoding="utf-8")
    (folder / "themes/02-again.md").write_text(text, encoding="utf-8")
    assert any("02-again.md:1: the document “cooperation” is also in" in one for one in problems(folder))


def test_a_folder_without_content_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="this folder has no content"):
        loader.load([tmp_path])


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (
            TREATY,
            "cooperation/extradition",
            "cooperation/deportation",
            "treaty.md:15: unknown theme or sub-point",
        ),
        (TREATY, 'themes="cooperation"', 'themes="x"', "treaty.md:19: unknown theme or sub-point “x”"),
        (
            TREATY,
            "kind: treaty",
            "kind: t\nstatus: superseded\nsuperseded_by: e",
            "treaty.md:6: there is no other document",
        ),
        (
            TREATY,
            "source: treaty.txt",
            "source: other.txt",
            "treaty.md:7: source file sources/other.txt not found",
        ),
        (
            TREATY,
            "source: treaty.txt",
            "source: ../thesaurus.yaml",
            "treaty.md:7: the source is not a file in sources/",
        ),
        (
            TREATY,
            "source: treaty.txt",
            "source: /etc/passwd",
            "treaty.md:7: the source is not a file in sources/",
        ),
        (
            TREATY,
            "source: treaty.txt",
            "source: c:\\a.txt",
            "treaty.md:7: the source is not a file in sources/",
        ),
        (TREATY, "shall protect", "must protect", "it has “must” where the source has “shall”"),
        (TREATY, "They shall protect victims.", "Unheard.", "no word of “a2” is in the source"),
        (TREATY, "victims.", "victims. " + "more " * 90, "“a2” is not verbatim: "),
        (
            THEME,
            "treaty/a1",
            "treaty/a9",
            "01-cooperation.md:10: the quoted passage “treaty/a9” does not exist",
        ),
        (
            THEME,
            "co-operate in",
            "co-operating in",
            "01-cooperation.md:10: “treaty/a1” does not contain “co-operating in extradition”",
        ),
        (
            THEME,
            "| UNTOC (2000)",
            "| UNTOC",
            "01-cooperation.md:10: unknown instrument “UNTOC” in “extradition”; write UNTOC (2000), if",
        ),
        (
            THESAURUS_FILE,
            "never_conflate:",
            "never:",
            "thesaurus.yaml:7: unknown key “never”",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_a_fault(
    folder: Path, edit: Edit, name: str, old: str, new: str, problem: str
) -> None:
    edit(name, old, new)
    assert any(problem in found for found in problems(folder)), problems(folder)


def test_without_a_thesaurus_any_instrument_may_be_named(folder: Path) -> None:
    (folder / THESAURUS_FILE).unlink()
    assert problems(folder) == []


def register(folder: Path, *articles: str) -> None:
    """A registry with one instrument, the one that the thesaurus calls “The Convention”."""
    listed = "".join(f"    {each}\n" for each in articles)
    text = f"untoc:\n  title: The whole title\n  names: [UNTOC (2000)]\n  articles:\n{listed}"
    (folder / INSTRUMENTS_FILE).write_text(text, encoding="utf-8")


def test_the_registry_takes_the_place_of_a_list_in_the_thesaurus(folder: Path) -> None:
    register(folder, "16: Extradition")
    found = loader.load([folder]).instruments
    assert {id: one.title for id, one in found.items()} == {
        "untoc": "The whole title",
        "the-guidelines": "The long name",
    }


@pytest.mark.parametrize(
    ("articles", "problem"),
    [
        (("16: Extradition",), ""),
        ((), ""),
        (
            ("17: Transfer",),
            "“extradition” cites UNTOC (2000), 16, which the registry does not list; write 17,",
        ),
        (("3: Use of terms",), "which the registry does not list; correct it, or add the article to “untoc”"),
    ],
)
def test_a_provision_cites_an_article_that_its_instrument_lists(
    folder: Path, articles: Sequence[str], problem: str
) -> None:
    register(folder, *articles)
    faults = [str(fault) for fault in read_collection([folder])[1]]
    assert len(faults) == bool(problem)
    assert all("01-cooperation.md:10: " in fault and problem in fault for fault in faults)


def test_all_faults_come_in_one_run(folder: Path, edit: Edit) -> None:
    edit(TREATY, "shall protect", "must protect")
    edit(THEME, "order: 1", "order: x")
    edit(THESAURUS_FILE, "[labour, labor]", "[labour]")
    (folder / LEDGER_FILE).write_text("{\n", encoding="utf-8")
    assert {problem.partition(":")[0] for problem in problems(folder)} == {
        "treaty.md",
        "01-cooperation.md",
        "thesaurus.yaml",
        "ledger.jsonl",
    }


def test_of_several_site_files_the_first_counts(tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "documents.jsonl").write_text('{"id": "d", "title": "D"}\n', encoding="utf-8")
    assert load([other, folder]).site == Site()
    (folder / "site.yaml").write_text("title: Second\nbase_url: https://b.example\n", encoding="utf-8")
    assert load([other, folder]).site == Site("Second", "https://b.example")
    (other / "site.yaml").write_text("title: First\n", encoding="utf-8")
    assert load([other, folder]).site == Site("First")


def test_the_site_survives_an_export(tmp_path: Path, folder: Path) -> None:
    for site in (Site("Our site", "https://kb.example.org"), Site()):
        found = replace(load([folder]), site=site)
        write_interchange(found, tmp_path / "exported")
        assert load([tmp_path / "exported"]).site == site


def test_a_wrong_base_url_refuses_the_content(folder: Path) -> None:
    (folder / "site.yaml").write_text("base_url: kb.example.org\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"site\.yaml:1: “kb\.example\.org” is not the address of a site"):
        load([folder])
