"""What is written as JSON is read back unchanged."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from index.engines.records.catalogue_record import (
    plain_document,
    plain_record,
    read_document,
    read_instrument,
    read_site,
    read_theme,
    read_thesaurus,
)
from index.engines.records.passage_record import read_passage, write_passage
from kb.model import Collection


def again(value: Any) -> Any:
    return json.loads(json.dumps(value))


def test_all_that_ships_is_read_back_as_it_was_written(shipped_collection: Collection) -> None:
    content = shipped_collection
    for document in content.documents:
        assert read_document(again(plain_document(document))) == document
        for passage in content.passages[document.id]:
            assert read_passage(write_passage(passage)) == passage
    assert tuple(read_theme(again(plain_record(one))) for one in content.themes) == content.themes
    for instrument in content.instruments.values():
        assert read_instrument(again(plain_record(instrument))) == instrument
    assert read_site(again(asdict(content.site))) == content.site
    assert read_thesaurus(again(asdict(content.thesaurus))) == content.thesaurus
