"""Versions of a document, one after another: what readers cited is found, or reported as gone."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.collection.loader import read_collection
from kb.permanence.location import Here, Moved, Withdrawn
from tests.kb.editing.versions.edited_texts import EDITS, passage
from tests.kb.editing.versions.editor import Editor


@pytest.mark.slow
@settings(deadline=None, max_examples=5)
@given(
    st.randoms(use_true_random=False),
    st.lists(st.lists(st.sampled_from(sorted(EDITS)), max_size=4), min_size=1, max_size=4),
)
def test_after_any_number_of_versions_every_published_id_leads_somewhere(
    draw: random.Random, versions: list[list[str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        editor = Editor(Path(folder))
        version = [(text, text) for text in (passage(draw, draw.randrange(2, 50)) for _ in range(6))]
        editor.add(*(text for text, _ in version))
        editor.publish()
        published = {id: {one.text} for id, one in editor.passages.items()}
        for edits in versions:
            before: defaultdict[str, set[str]] = defaultdict(set)
            for id, one in editor.passages.items():
                before[one.text].add(id)
            for name in edits:
                version = EDITS[name](version, draw)
            if {text for text, _ in version} == set(before):
                continue
            editor.replace(*(text for text, _ in version))
            editor.accept(open_pairs_differ=True)
            editor.publish()
            assert read_collection([editor.content])[1] == ()
            for id, one in editor.passages.items():
                assert id in before.get(one.text, {id}), "unchanged words keep their id"
                published.setdefault(id, set()).add(one.text)
            for id in published:
                found = editor.at(id)
                assert isinstance(found, Here | Moved | Withdrawn), (id, found)
