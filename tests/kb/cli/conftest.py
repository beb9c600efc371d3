"""A content folder on which `kb check` has no remarks."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.curated.instruments_file import INSTRUMENTS_FILE
from kb.curated.thesaurus_file import THESAURUS_FILE

INSTRUMENTS = """
untoc:
  names: ["UNTOC (2000)"]
  title: The Convention
  kind: treaty
  articles:
    16: Extradition
guidelines:
  names: ["The Guidelines"]
  title: The long name
  kind: UN document
  articles:
    Guideline 2: "Persons & | States"
"""


@pytest.fixture
def registered(folder: Path) -> Path:
    """The folder with its instruments in a registry, not the thesaurus, and its language in the site."""
    thesaurus = folder / THESAURUS_FILE
    terms, _, _ = thesaurus.read_text(encoding="utf-8").partition("instruments:")
    thesaurus.write_text(terms, encoding="utf-8")
    (folder / INSTRUMENTS_FILE).write_text(INSTRUMENTS, encoding="utf-8")
    (folder / "site.yaml").write_text("languages: [en]\n", encoding="utf-8")
    return folder
