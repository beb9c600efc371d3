"""Every letter of a unit occurs, in order, in what another program (pypdf) reads on its pages."""

from __future__ import annotations

import logging
import re
import unicodedata

import pypdf
import pytest

from kb.importers.registry import read_source
from kb.importers.segmenting.segmenter import segmented
from tests.bench.importing import SHARED

pytestmark = [
    pytest.mark.skipif(
        not SHARED.exists(), reason="the documents are not beside the checkout: ../shared/import"
    ),
    pytest.mark.slow,
]

EXCEPTIONS = {
    "un-upr-uae-2009.pdf": {"footnote *"},  # a job number at the foot of the page goes on with the note
}


def letters(text: str) -> str:
    """Only the letters: pypdf leaves note marks in the words."""
    return re.sub(r"[\W\d_]+", "", unicodedata.normalize("NFKC", text))


def is_on(wanted: str, pages: list[str]) -> bool:
    """Whether the letters are on one page, or the first of them on it and the rest on the next."""
    if any(wanted in page for page in pages):
        return True
    first, *others = pages
    head = next((size for size in range(len(wanted), 0, -1) if wanted[:size] in first), 0)
    return any(wanted[head:] in page for page in others)


@pytest.mark.parametrize(
    "name",
    ["iacthr-president-2023-es.pdf", "un-ares-48-161-en.pdf", "un-udhr-german.pdf", "un-upr-uae-2009.pdf"],
)
def test_another_program_reads_the_same_words_on_the_same_pages(name: str) -> None:
    path = SHARED / "documents" / name
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    read = [letters(page.extract_text()) for page in pypdf.PdfReader(path).pages]
    for unit in segmented(read_source(path)).units:
        assert unit.page is not None
        assert unit.page_end is not None
        found = is_on(letters(unit.text), read[unit.page - 1 : unit.page_end])
        assert found or unit.locator in EXCEPTIONS[name], (unit.locator, unit.text)
