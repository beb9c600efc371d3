"""The labels in a text that may number its parts, as opposed to mentions of other labels.

A label may begin a line, `(a) provide ...`, or follow within one: `shall: (a) provide ...; (b) ensure ...`. A
text also mentions labels: `paragraph 1 (a), (b) and (c) of article 5`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.numbering.labels import Label, Reading, label_of

__all__ = ["ListLabel", "list_labels"]

_MAX_LABEL_CHARS = 24
_MAX_CONTEXT_CHARS = 60

_PLACE = re.compile(r"(?:\A|(?<=\n))[^\S\n]*(?=\S)|(?<=\s)(?=[(\[]\w{1,4}\s?[)\]]|\d{1,3}[.)]|\w\))")

_AND = r"(?:and|or|and/or|et|ou|et/ou|y|o|e|u|y/o|und|oder|en|of|и|или|и/или|و|أو|และ|หรือ)"
_JOINED = re.compile(rf"(?<=[;,:.—–])(?P<quote>[\"”’»)]?)\s+{_AND}\Z", re.IGNORECASE)
_AFTER_LABEL = re.compile(
    r"(?:and|or|of|above|below|to(?=\s+[(\[\d])|et|ou|y|o|und|oder|du|de|del|bis|и|или|و|أو)\b(?!\s+(?:be|the)\b)|[,;.)]",
    re.IGNORECASE,
)
_REFERRING_WORDS = """
article articles art arts paragraph paragraphs para paras par subparagraph subparagraphs section
sections sec secs s ss subsection subsections clause clauses rule rules regulation regulations chapter
part item items point points letter letters lit no nos annex appendix schedule figure table footnote
note page p pp vol recommendation guideline principle of under in to with by from and or see than
through both per within paragraphe paragraphes alinéa alinéas lettre lettres numéro apartado apartados
párrafo párrafos inciso incisos letra letras artículo artículos artigo alínea alíneas absatz abs nr
buchstabe artikel пункт пункта пункте пунктом пунктов подпункт подпункта подпункте статья статьи статье
المادة الفقرة الفقرتين الفقرات البند البندين للفقرة للمادة มาตรา ข้อ วรรค อนุมาตรา
"""
_REFERRING = frozenset(_REFERRING_WORDS.split())
"""After one of these words a label refers to another place."""

_LAST_WORD = re.compile(r"[^\W\d_][\w’'-]*\.?\Z")


@dataclass(frozen=True, slots=True)
class ListLabel:
    """A label at `at`; `is_at_line` where a line begins with it.

    `is_sure` is false where it follows neither a line end nor a punctuation mark: it may be a mention.
    """

    at: int
    label: Label
    is_at_line: bool
    is_sure: bool

    @property
    def readings(self) -> tuple[Reading, ...]:
        return self.label.readings


def list_labels(text: str) -> Iterator[ListLabel]:
    """The labels in a text, in order, without those that are certainly mentions."""
    for place in _PLACE.finditer(text):
        at = place.end()
        label = label_of(text[at : at + _MAX_LABEL_CHARS])
        if label is None or label.is_bullet or label.is_article:
            continue
        behind = text[at + label.end : at + label.end + 12]
        line = text.rfind("\n", 0, at) + 1
        if not text[line:at].strip():
            yield ListLabel(at, label, True, True)
        elif not _AFTER_LABEL.match(behind):
            yield from _inline(text, at, label)


def _inline(text: str, at: int, label: Label) -> Iterator[ListLabel]:
    before = text[max(0, at - _MAX_CONTEXT_CHARS) : at].rstrip()
    stop, rest = _stop(before)
    if _is_reference(rest) or (stop == "," and rest[-1:] in ")0123456789"):
        return
    is_bracketed = label.form.startswith(("(", "["))
    # `2.` within a line begins a sentence; a letter with a full stop or a bracket may be anything
    is_numbered = label.form == "#." and label.readings[0].kind == "number" and stop in (".", ";", ":")
    is_sure = bool(stop) and (is_bracketed or is_numbered or (label.form == "#)" and stop != ","))
    if is_sure or (is_bracketed and rest[-1:] not in ")0123456789"):
        yield ListLabel(at, label, False, is_sure)


def _stop(before: str) -> tuple[str, str]:
    """The punctuation mark before a label, even across an `and`, and the text before that mark."""
    words = _JOINED.sub(r"\g<quote>", before).rstrip()
    bare = words.rstrip('"”’»')
    if bare[-1:] in tuple(".;:,—–،؛"):
        return bare[-1], bare[:-1].rstrip()
    return "", words


def _is_reference(before: str) -> bool:
    word = _LAST_WORD.search(before)
    return word is not None and word[0].rstrip(".").replace("-", "").casefold() in _REFERRING
