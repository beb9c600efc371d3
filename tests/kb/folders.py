"""Content folders for tests that read them."""

from __future__ import annotations

import json
from pathlib import Path

from kb.collection.loader import read_collection

__all__ = ["interchange", "problems"]


def problems(*folders: Path) -> list[str]:
    return [
        f"{fault.path.name}:{fault.line}: {fault.problem}; {fault.remedy}"
        for fault in read_collection(folders)[1]
    ]


def interchange(folder: Path, documents: object = (), passages: object = (), **others: object) -> Path:
    folder.mkdir(exist_ok=True)
    for name, objects in ({"documents": documents, "passages": passages} | others).items():
        text = "".join(json.dumps(one) + "\n" for one in objects)  # type: ignore[attr-defined]
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder
