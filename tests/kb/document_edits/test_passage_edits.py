"""Edits of passages: what they write, what they leave, and that every word still matches the source."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.collection.source_files import check_source
from kb.document_edits.document_state import DocumentFiles, DocumentState, EditRefused
from kb.document_edits.open_document import OpenDocument, open_document
from kb.document_edits.passage_edits import PassageEdits
from kb.sources.lines import Span
from kb.sources.unit_kinds import UNIT_KINDS
from tests.kb.document_edits.sample_draft import SLUG, draft_folder, write_draft

THAI = "ประเทศไทยห้ามการค้ามนุษย์"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return draft_folder(tmp_path / "ours")


def files_of(folder: Path, slug: str = SLUG) -> DocumentFiles:
    return DocumentFiles.of(folder, folder / f"drafts/{slug}.md")


def opened(folder: Path, slug: str = SLUG) -> OpenDocument:
    files = files_of(folder, slug)
    return open_document(files.read(), files.markdown, files.extract)


def edited(folder: Path, edit: Callable[[PassageEdits], DocumentState], slug: str = SLUG) -> OpenDocument:
    """The document with one edit, written to its files and read again."""
    before = opened(folder, slug)
    files_of(folder, slug).write(edit(PassageEdits(before)), before.state)
    return opened(folder, slug)


def faults(folder: Path, document: OpenDocument) -> list[str]:
    """What a build would find wrong with the words of the document."""
    place = document.document.path
    return [str(one) for one in check_source(folder, document.document, document.passages, place).faults]


def words(document: OpenDocument) -> list[tuple[str, str]]:
    return [(one.id, one.text) for one in document.passages]


def test_merged_passages_are_one_that_is_made_of_the_lines_of_both(folder: Path) -> None:
    after = edited(folder, lambda edits: edits.merge("p1"))
    (first, *others) = after.passages
    assert first.text == (
        "Most workers said that they had paid fees, and that recruiters never gave them a receipt. "
        "The workers asked how unpaid wages could be recovered. Nobody knew."
    )
    assert first.locator == "para 1"
    assert [one.id for one in others] == ["p3", "p4"]
    assert after.extract
    assert after.extract.replayed("p1") == first.text
    assert "p2" not in after.extract.passages
    assert faults(folder, after) == []


def test_an_edit_leaves_the_bytes_of_all_other_passages(folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    odd = path.read_text(encoding="utf-8").replace("Nobody knew.\n{: #p2 ", "Nobody\nknew.\n{:   #p2   ")
    path.write_bytes(b"\xef\xbb\xbf" + odd.replace("\n", "\r\n").encode())
    before = path.read_bytes()
    after = edited(folder, lambda edits: edits.change("p3", locator="para 3(a)"))
    assert after.state.markdown == before.replace(b'locator="para 3"', b'locator="para 3(a)"')
    assert edited(folder, lambda edits: edits.split("p3", 14, "")).state.markdown.startswith(
        before[: before.index(b"## Part II")]
    )


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("they had paid recruit-", "ment fees.", "they had paid recruitment fees."),
        ("they had a self-", "made man.", "they had a self-made man."),
        ("Signed by Anne-", "Marie.", "Signed by Anne- Marie."),
        (THAI, THAI, THAI + THAI),
        ("They asked.", "Nobody knew.", "They asked. Nobody knew."),
    ],
)
def test_words_are_joined_as_the_script_and_a_hyphen_at_the_end_say(
    tmp_path: Path, first: str, second: str, text: str
) -> None:
    lines = [(first, 1), (second, 1), ("The recruitment of workers.", 1)]
    spans = [(f"p{n}", "", (Span(n, 0, len(line)),)) for n, (line, _) in enumerate(lines)]
    write_draft(tmp_path, "joined", spans, lines)
    after = edited(tmp_path, lambda edits: edits.merge("p0"), "joined")
    assert after.passages[0].text == text
    assert faults(tmp_path, after) == []


def test_a_split_passage_is_two_that_are_each_made_of_their_lines(folder: Path) -> None:
    text = opened(folder).passages[1].text
    at = text.index("Nobody")
    after = edited(folder, lambda edits: edits.split("p2", at, "para 2, second sentence"))
    assert words(after)[1:3] == [
        ("p2", "The workers asked how unpaid wages could be recovered."),
        ("p2-2", "Nobody knew."),
    ]
    assert after.passages[2].locator == "para 2, second sentence"
    assert after.extract
    assert after.extract.passages["p2-2"].spans == (Span(4, 9, 21),)
    assert list(after.extract.passages) == ["p1", "p2", "p2-2", "p3", "p4"]
    assert faults(folder, after) == []


@pytest.mark.parametrize("offset", [-1, 0, 2, 10_000])
def test_a_passage_is_split_between_words_only(folder: Path, offset: int) -> None:
    with pytest.raises(EditRefused, match="between two words"):
        PassageEdits(opened(folder)).split("p1", offset, "")


def test_a_new_id_was_never_that_of_another_passage(folder: Path) -> None:
    before = opened(folder)
    edits = PassageEdits(before, published=frozenset({"p1-2"}))
    files_of(folder).write(edits.split("p1", 5, ""), before.state)
    assert [one.id for one in opened(folder).passages][:2] == ["p1", "p1-3"]


def test_a_published_id_that_is_merged_away_leads_to_the_merged_passage(folder: Path) -> None:
    before = opened(folder)
    edits = PassageEdits(before, published=frozenset({"p2"}))
    files_of(folder).write(edits.merge("p1"), before.state)
    assert opened(folder).passages[0].formerly == (f"{SLUG}/p2",)


def test_a_dropped_passage_can_be_brought_back_to_its_place(folder: Path) -> None:
    before = opened(folder)
    dropped = edited(folder, lambda edits: edits.drop("p2"))
    assert [one.id for one in dropped.passages] == ["p1", "p3", "p4"]
    (gone,) = PassageEdits(dropped).dropped()
    assert (gone.id, gone.text) == ("p2", before.passages[1].text)
    after = edited(folder, lambda edits: edits.bring_back(replace(gone, locator="para 2")))
    assert after.state.markdown == before.state.markdown
    assert faults(folder, after) == []


def test_a_heading_counts_for_what_follows_it_and_can_be_made_words_again(folder: Path) -> None:
    after = edited(folder, lambda edits: edits.change("p3", unit="heading"))
    assert after.passages[2].unit == "heading"
    assert after.passages[3].heading == after.passages[2].text
    assert faults(folder, after) == []
    back = edited(folder, lambda edits: edits.change("p3", unit="paragraph"))
    assert back.passages[2].unit == "paragraph"
    assert back.passages[3].heading == "Part II"
    with pytest.raises(EditRefused, match="heading and a passage"):
        PassageEdits(after).merge("p3")


def test_themes_units_and_locators_are_changed_and_bad_ones_refused(folder: Path) -> None:
    change = {"locator": " para  9 ", "unit": "article", "themes": ["work/fees"]}
    after = edited(folder, lambda edits: edits.change("p1", **change))  # type: ignore[arg-type]
    passage = after.passages[0]
    assert (passage.locator, passage.unit, passage.themes) == ("para 9", "article", ("work", "work/fees"))
    for wrong in ({"locator": "x" * 201}, {"locator": "a\x07"}, {"unit": "chapter"}, {"themes": ["a b"]}):
        with pytest.raises(EditRefused):
            PassageEdits(after).change("p1", **wrong)  # type: ignore[arg-type]


def with_suggestions(folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    given = 'suggested="work/fees work" because="work/fees 96 %: fees, paid; work 51 %: workers" }'
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('locator="para 1" }', f'locator="para 1" {given}'), encoding="utf-8")


def test_suggested_themes_are_accepted_and_struck(folder: Path) -> None:
    with_suggestions(folder)
    accepted = edited(folder, lambda edits: edits.settle("p1", ["work/fees"], []))
    assert accepted.passages[0].themes == ("work", "work/fees")
    assert accepted.passages[0].suggested == ()
    assert "because" not in accepted.state.markdown.decode()
    with pytest.raises(EditRefused, match="not suggested"):
        PassageEdits(accepted).settle("p1", ["work/wages"], [])


def test_a_struck_suggestion_leaves_the_others_and_merging_keeps_those_of_both(folder: Path) -> None:
    with_suggestions(folder)
    struck = edited(folder, lambda edits: edits.settle("p1", [], ["work/fees"]))
    (left,) = struck.passages[0].suggested
    assert (left.value, left.confidence, left.words) == ("work", 51, ("workers",))
    assert edited(folder, lambda edits: edits.merge("p1")).passages[0].suggested == (left,)
    assert edited(folder, lambda edits: edits.change("p1", themes=["work"])).passages[0].suggested == ()


def test_a_passage_whose_words_were_changed_by_hand_is_still_told_of_after_an_edit(folder: Path) -> None:
    path = folder / f"drafts/{SLUG}.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Nobody", "Somebody"), encoding="utf-8")
    with pytest.raises(EditRefused, match="not in the source"):
        PassageEdits(opened(folder)).split("p2", 4, "")
    after = edited(folder, lambda edits: edits.merge("p1"))
    assert len(faults(folder, after)) == 1


def test_a_file_with_faults_is_not_edited(folder: Path) -> None:
    with (folder / f"drafts/{SLUG}.md").open("a", encoding="utf-8") as file:
        file.write("\nNo id\n")
    with pytest.raises(EditRefused, match="has faults"):
        PassageEdits(opened(folder)).merge("p1")


def with_pages(folder: Path) -> None:
    """Says in the draft on which pages its passages are."""
    path = folder / f"drafts/{SLUG}.md"
    text = path.read_text(encoding="utf-8")
    for id, pages in (
        ("p1", 'page="1"'),
        ("p2", 'page="1" page_end="2"'),
        ("p3", 'page="2"'),
        ("p4", 'page="2"'),
    ):
        text = text.replace(f"#{id} ", f"#{id} {pages} ")
    path.write_text(text, encoding="utf-8")


def test_pages_follow_the_words_also_of_a_passage_that_had_none(folder: Path) -> None:
    with_pages(folder)
    at = opened(folder).passages[1].text.index("Nobody")
    split = edited(folder, lambda edits: edits.split("p2", at, ""))
    assert [(one.page, one.page_end) for one in split.passages[1:3]] == [(1, 2), (2, 2)]
    dropped = edited(folder, lambda edits: edits.drop("p1"))
    (gone,) = PassageEdits(dropped).dropped()
    edited(folder, lambda edits: edits.bring_back(replace(gone, page=None, page_end=None)))
    edited(folder, lambda edits: edits.merge("p1"))
    merged = edited(folder, lambda edits: edits.merge("p1"))
    assert (merged.passages[0].page, merged.passages[0].page_end) == (1, 2)
    assert faults(folder, merged) == []


def random_edit(edits: PassageEdits, chance: random.Random) -> DocumentState:
    """Any edit of any passage."""
    passage = chance.choice(edits.open.passages)
    spaces = [at for at, character in enumerate(passage.text) if character == " "] or [0]
    dropped = edits.dropped() or [passage]
    return chance.choice(
        [
            lambda: edits.merge(passage.id),
            lambda: edits.split(passage.id, chance.choice(spaces), "para x"),
            lambda: edits.drop(passage.id),
            lambda: edits.bring_back(chance.choice(dropped)),
            lambda: edits.change(passage.id, unit=chance.choice(UNIT_KINDS)),
            lambda: edits.change(passage.id, themes=[chance.choice(["work", "work/fees", "work/wages"])]),
            lambda: edits.change(passage.id, locator=chance.choice(["", "para 1", 'a "b" \\ c'])),
        ]
    )()


@given(seed=st.integers(0, 10**9), length=st.integers(1, 8))
def test_after_any_edits_the_file_reads_and_every_word_is_in_the_source(
    tmp_path_factory: pytest.TempPathFactory, seed: int, length: int
) -> None:
    folder = draft_folder(tmp_path_factory.mktemp("edits") / "ours")
    if seed % 2:
        with_pages(folder)
    chance = random.Random(seed)  # noqa: S311
    document, codes = opened(folder), list[str]()
    for _ in range(length):
        try:
            new = random_edit(PassageEdits(document), chance)
        except EditRefused as refused:
            codes.append(refused.message.code if refused.message else "")
            continue
        files_of(folder).write(new, document.state)
        document = opened(folder)
        assert document.faults == document.extract_faults == ()
        assert faults(folder, document) == []
    assert "edit-not-readable" not in codes


def test_passages_with_other_words_between_them_in_a_plain_source_are_not_merged(folder: Path) -> None:
    edits = PassageEdits(replace(opened(folder), extract=None), source="unused")
    first, second = (one.text for one in edits.open.passages[:2])
    with pytest.raises(EditRefused, match="other words"):
        replace(edits, source=f"{first} [seal] {second}").merge("p1")
    assert replace(edits, source=f"{first}\n\n{second}").merge("p1").markdown
