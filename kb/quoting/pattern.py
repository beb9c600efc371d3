"""A quotation as a pattern: what its source must say, and what quoting may change.

What typesetting changes is folded (`kb.text.folding`). A quotation may also begin with a capital or a
small letter, leave words out at an ellipsis ("..." or "[...]"), and have words in square brackets that
are the quoter's own, added or replacing the source's; "[T]he" marks a changed letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kb.text.folding import Folded, fold
from kb.text.note_marks import without_labels, without_marks
from kb.text.scripts import UNSPACED, cuts_word, is_unspaced

__all__ = ["MAX_JOINTS", "Joint", "PatternPiece", "QuotationPattern", "read_pattern", "read_patterns"]

MAX_JOINTS = 400
"""Ellipses, brackets and hyphens at line ends that count in one quotation; bounds the time."""

_MAX_PLACES = 1_000
"""How many places of one piece are looked at in one text; bounds the time."""

_MAX_REPLACED_CHARS = 100
"""How much of the source words in brackets may replace."""

_MAX_LETTERS_WITHIN = 20
"""How much of the source a bracket within a word may replace."""

_ELLIPSIS = r"[\[(]\s?\.(?>(?:\s?\.)+)\s?[\])]|\.(?>(?:\s?\.){2,})"
_BRACKET = r"\[[^\[\]]*+\]"
_JOINT = re.compile(f"(?P<skip>{_ELLIPSIS})|{_BRACKET}")
_CHANGED_LETTER = re.compile(rf"\[(\w)\](?=[^\W{UNSPACED}])")


JointRule = Literal["skip", "bracket", "within", "hyphen", "next"]
_RULES: tuple[JointRule, ...] = ("skip", "bracket", "within", "hyphen", "next")
"""From the most to the least permissive."""


@dataclass(frozen=True, slots=True)
class Joint:
    """What separates two pieces, from `start` to `end` in the folded quotation.

    An ellipsis; `words` in brackets; a bracket within a word; a hyphen or space that a line break may have
    put into a word; or nothing, before a letter of changed case.
    """

    rule: JointRule
    start: int
    end: int
    words: str = ""

    def allows(self, text: str, start: int, end: int) -> bool:
        """Whether the source may have `text[start:end]` between the two pieces."""
        match self.rule:
            case "skip":
                return True
            case "bracket":
                between = text[start:end].strip()
                # the source's own brackets are part of its words
                return end - start <= _MAX_REPLACED_CHARS and ("[" not in between or between == self.words)
            case "within":
                between = text[start:end].strip()
                return end - start <= _MAX_LETTERS_WITHIN and (not between or between.isalnum())
            case "hyphen":
                return text[start:end] in ("", self.words)
            case "next":
                return text[start:end] in ("", " ")

    def merged(self, other: Joint) -> Joint:
        """One joint in place of this and the next, which have no words between them."""
        rule = min(self.rule, other.rule, key=_RULES.index)
        return Joint(rule, self.start, other.end, f"{self.words} {other.words}".strip())


@dataclass(frozen=True, slots=True)
class PatternPiece:
    """Words that the source must have, from `start` to `end` in the folded quotation.

    `spellings` has two where the first letter may be in either case; `whole` says for the beginning and
    for the end whether it must be at the edge of a word.
    """

    start: int
    end: int
    spellings: tuple[str, ...]
    whole: tuple[bool, bool]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where a folded text has the piece, in order, at most `_MAX_PLACES` times for each spelling."""
        return sorted({place for spelling in self.spellings for place in self._places(spelling, text)})

    def _places(self, spelling: str, text: str) -> Iterator[tuple[int, int]]:
        at, left = text.find(spelling), _MAX_PLACES
        while at >= 0 and left:
            end = at + len(spelling)
            if not (self.whole[0] and cuts_word(text, at)) and not (self.whole[1] and cuts_word(text, end)):
                left -= 1
                yield at, end
            at = text.find(spelling, at + 1)


@dataclass(frozen=True, slots=True)
class QuotationPattern:
    """A quotation as pieces with joints between them, one before the first and one after the last.

    Only those two may be None. Without pieces the quotation has no words.
    """

    folded: Folded
    pieces: tuple[PatternPiece, ...]
    joints: tuple[Joint | None, ...]


def read_patterns(quotation: str) -> tuple[QuotationPattern, ...]:
    """The pattern of a quotation, and that of it without note marks, bullets and list numbers."""
    original = unicodedata.normalize("NFC", quotation)
    bare = without_labels(without_marks(original))
    plain = read_pattern(original)
    if bare == original:
        return (plain,)
    unmarked = _pattern(replace(fold(bare), original=original))
    return (plain, unmarked) if unmarked.pieces else (plain,)


def read_pattern(quotation: str) -> QuotationPattern:
    """The pattern of a quotation, in time linear in its length."""
    return _pattern(fold(quotation))


def _pattern(folded: Folded) -> QuotationPattern:
    pieces: list[PatternPiece] = []
    joints: list[Joint | None] = [None]
    at = 0
    for joint in (*_joints(folded), None):
        piece = _piece(folded.text, at, joint.start if joint else len(folded.text), joints[-1], joint)
        if piece:
            pieces.append(piece)
            joints.append(joint)
        elif joint:
            joints[-1] = joints[-1].merged(joint) if joints[-1] else joint
        at = joint.end if joint else at
    return QuotationPattern(folded, tuple(pieces), tuple(joints))


def _joints(folded: Folded) -> list[Joint]:
    text = folded.text
    joints = [Joint(_rule(one, text), *one.span(), one[0]) for one in _JOINT.finditer(text)]
    edges = zip([_START, *joints], [*joints, _end(text)], strict=True)
    bare = "".join(text[before.end : behind.start] for before, behind in edges)
    if not any(map(str.isalnum, bare)):  # nothing but brackets: take their words literally
        joints = [joint for joint in joints if joint.rule == "skip"]
    inside = {at for joint in joints for at in range(joint.start, joint.end)} if folded.breaks else set()
    joints = [Joint("next", one.start, one.start) if one.rule == "next" else one for one in joints]
    joints += [Joint("hyphen", at, at + 1, text[at]) for at in folded.breaks if at not in inside]
    return sorted(joints, key=lambda joint: joint.start)[:MAX_JOINTS]


_START = Joint("next", 0, 0)


def _end(text: str) -> Joint:
    return Joint("next", len(text), len(text))


def _rule(match: re.Match[str], text: str) -> JointRule:
    if match["skip"]:
        return "skip"
    before, behind = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    inner = match[0][1:-1]
    if (
        len(inner) == 1
        and inner.isalpha()
        and _in_word(behind)
        and not (before.isdigit() or _in_word(before))
    ):
        return "next"
    return "within" if inner.isalpha() and (_in_word(before) or _in_word(behind)) else "bracket"


def _in_word(character: str) -> bool:
    """Whether a bracket beside this character is within a word; False for scripts without spaces."""
    return character.isalpha() and not is_unspaced(character)


def _piece(
    text: str, start: int, end: int, before: Joint | None, behind: Joint | None
) -> PatternPiece | None:
    """The piece between two joints; None if it has no words."""
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    words = text[start:end]
    changed = _CHANGED_LETTER.match(words)
    if changed:
        words = changed[1] + words[3:]
    if not any(map(str.isalnum, words)):
        return None
    free = changed or start == 0 or before is None or text[: before.start].strip() == ""
    whole = tuple(joint is None or joint.rule not in ("within", "hyphen") for joint in (before, behind))
    return PatternPiece(start, end, _either_case(words) if free else (words,), (whole[0], whole[1]))


def _either_case(words: str) -> tuple[str, ...]:
    """The words as they are, and with the case of their first letter changed."""
    at = next(at for at, character in enumerate(words) if character.isalnum())
    other = words[at].swapcase()
    return (
        (words,) if len(other) != 1 or other == words[at] else (words, words[:at] + other + words[at + 1 :])
    )
