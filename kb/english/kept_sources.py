"""Sources beside an index: whether they are there, and as they were."""

from __future__ import annotations

from kb.messages import Advice, MessageCatalogue

_REMEDY = "run kb build --from-scratch where the content is"

ENGLISH: MessageCatalogue = {
    "kept-source-damaged": Advice("{path}: this copy of a source was changed or damaged", _REMEDY),
    "kept-source-missing": Advice("{path}: this copy of a source is missing", _REMEDY),
    "kept-source-unreadable": Advice("{path}: cannot read this copy of a source ({reason})", _REMEDY),
}
