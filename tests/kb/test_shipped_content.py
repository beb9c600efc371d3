"""The content that ships."""

from __future__ import annotations

from pathlib import Path

from kb import collection
from kb.provenance import occurs
from kb.settings import shipped_content


def test_the_shipped_content_is_whole_and_clean() -> None:
    found = collection.load([shipped_content()])
    assert len(found.themes) == 7
    assert sum(len(theme.subpoints) for theme in found.themes) == 28
    assert len(found.documents) == 8
    assert [one.locator for one in found.passages[found.documents[0].id]] == [
        f"para {n}" for n in range(1, 11)
    ]


def test_every_shipped_passage_of_a_source_is_verbatim() -> None:
    found = collection.load([shipped_content()])
    for document in found.documents:
        if document.source:
            source = (shipped_content() / "sources" / document.source).read_text(encoding="utf-8")
            assert all(occurs(passage.text, source) for passage in found.passages[document.id])


def test_every_shipped_sub_point_has_a_note_that_quotes_a_source() -> None:
    found = collection.load([shipped_content()])
    for theme in found.themes:
        notes = {note.id: note for note in found.passages[theme.slug]}
        assert all(notes[subpoint.slug].quotation for subpoint in theme.subpoints)
        assert any(note.provisions for note in notes.values())


def test_one_changed_word_in_any_shipped_passage_is_named(shipped: Path) -> None:
    (path,) = (shipped / "documents").glob("*.md")
    text = path.read_text(encoding="utf-8")
    for passage in collection.load([shipped]).passages[path.stem]:
        word = passage.text.split()[1]
        at = text.index(word, sum(len(line) + 1 for line in text.split("\n")[: passage.line - 1]))
        path.write_text(text[:at] + "altered" + text[at + len(word) :], encoding="utf-8")
        (fault,) = collection.read([shipped])[1][:1]
        assert fault.line == passage.line
        assert f"“{passage.id}” is not in the words of the source: it has “altered” where" in fault.problem
