"""A small collection on disk, written anew for each test."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.settings import shipped_content

SOURCE = """Recalling the Protocol,

States Parties shall co-operate in extradition.
They shall protect victims.
"""

DOCUMENT = """---
slug: treaty
title: A treaty
kind: treaty
date: 2000-11-15
issuers: [United Nations]
source: treaty.txt
sha256: {sha256}
---
Recalling the Protocol,
{{: #preamble }}

## Part I

States Parties shall co-operate
in extradition.
{{: #a1 locator="art 1" subpoints="cooperation/extradition" }}

They shall protect victims.
{{: #a2 locator="art 2" themes="cooperation" }}
"""

THEME = """---
slug: cooperation
title: Cooperation
label: Working together
order: 1
related: [extradition, assistance]
---
What States do together.

## Extradition {: #extradition passage="treaty/a1" words="co-operate in extradition" }

How a person is *handed over* to another State.

| Instrument | Article | Heading |
| --- | --- | --- |
| UNTOC (2000) | 16 | Extradition |
| The Guidelines | Guideline 2 | Persons & \\| States |
"""

THESAURUS = """
same:
  - [labour, labor]
acronyms: {MLA: mutual legal assistance}
one_way: {victim: [survivor]}
never_conflate:
  - [extradition, surrender]
instruments:
  UNTOC (2000): The Convention
  The Guidelines: The long name
"""

Edit = Callable[[str, str, str], None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A curated content folder without a fault."""
    content = tmp_path / "content"
    for name in ("documents", "themes", "sources"):
        (content / name).mkdir(parents=True)
    source = SOURCE.encode()
    document = DOCUMENT.format(sha256=hashlib.sha256(source).hexdigest())
    (content / "sources/treaty.txt").write_bytes(source)
    (content / "documents/treaty.md").write_text(document, encoding="utf-8")
    (content / "themes/01-cooperation.md").write_text(THEME, encoding="utf-8")
    (content / "thesaurus.yaml").write_text(THESAURUS, encoding="utf-8")
    return content


@pytest.fixture
def edit(folder: Path) -> Edit:
    """A function that replaces words in a file of the folder, once, and fails if they are not there."""

    def replace(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A copy of the content that ships."""
    copy = tmp_path / "shipped"
    shutil.copytree(shipped_content(), copy)
    return copy
