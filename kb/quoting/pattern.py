"""A quotation read as what must stand in its source, and what quoting may change.

What typesetting changes is folded (`kb.text.folding`). Quoting may besides begin with a capital or a small
letter, leave words out where an ellipsis stands ("..." or "[...]"), and put words of the quoter's own
in square brackets, added or in place of words of the source; "[T]he" marks a changed letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kb.text.folding import Folded, cuts_word, fold

__all__ = ["MAX_JOINTS", "Joint", "PatternPiece", "QuotationPattern", "read_pattern"]

MAX_JOINTS = 400
"""Ellipses, brackets and hyphens at line ends that are heeded in one quotation; bounds the time."""

_MAX_PLACES = 1_000
"""Places of one piece in one text that are followed up."""

_MAX_REPLACED_CHARS = 100
"""Characters of the source that words in brackets may stand for."""

_MAX_LETTERS_WITHIN = 20
"""Letters that a bracket within a word may stand for."""

_ELLIPSIS = r"[\[(]\s?\.(?:\s?\.)++\s?[\])]|\.(?:\s?\.){2,}+"
_BRACKET = r"\[[^\[\]]*+\]"
_JOINT = re.compile(f"(?P<skip>{_ELLIPSIS})|{_BRACKET}")


JointRule = Literal["skip", "bracket", "within", "hyphen", "next"]
_RULES: tuple[JointRule, ...] = ("skip", "bracket", "within", "hyphen", "next")
"""From the one that allows most to the one that allows least."""


@dataclass(frozen=True, slots=True)
class Joint:
    """What parts two pieces, at `start` to `end` of the folded quotation.

    An ellipsis; `words` in brackets; a bracket within a word; a hyphen that may part a word at a line's
    end; or nothing but that a letter whose case was changed comes next.
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
                # brackets of the source's own are its words
                return end - start <= _MAX_REPLACED_CHARS and ("[" not in between or between == self.words)
            case "within":
                between = text[start:end].strip()
                return end - start <= _MAX_LETTERS_WITHIN and (not between or between.isalnum())
            case "hyphen":
                return text[start:end] in ("", "-")
            case "next":
                return text[start:end] in ("", " ")

    def merged(self, other: Joint) -> Joint:
        """One joint for two with no words between."""
        rule = min(self.rule, other.rule, key=_RULES.index)
        return Joint(rule, self.start, other.end, f"{self.words} {other.words}".strip())


@dataclass(frozen=True, slots=True)
class PatternPiece:
    """Words that must stand as they are, at `start` to `end` of the folded quotation.

    `spellings` has two where the case of the first letter is free; `whole` says of the beginning and
    the end whether no letter may adjoin there.
    """

    start: int
    end: int
    spellings: tuple[str, ...]
    whole: tuple[bool, bool]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where it stands in a folded text, in order, a thousand places at most."""
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
    """A quotation as pieces and the joints between them: one before the first, one behind the last.

    These two, and only these, may be None. Without pieces no word stands in the quotation.
    """

    folded: Folded
    pieces: tuple[PatternPiece, ...]
    joints: tuple[Joint | None, ...]


def read_pattern(quotation: str) -> QuotationPattern:
    """The pattern of a quotation, in time linear in its length."""
    folded = fold(quotation)
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
    found = [Joint(_rule(one, text), *one.span(), one[0]) for one in _JOINT.finditer(text)]
    bare = "".join(text[a.end : b.start] for a, b in zip([_START, *found], [*found, _end(text)], strict=True))
    if not any(map(str.isalnum, bare)):  # nothing but brackets: their words are meant
        found = [joint for joint in found if joint.rule == "skip"]
    inside = {at for joint in found for at in range(joint.start, joint.end)} if folded.breaks else set()
    found = [Joint("next", one.start, one.start) if one.rule == "next" else one for one in found]
    found += [Joint("hyphen", at, at + 1) for at in folded.breaks if at not in inside]
    return sorted(found, key=lambda joint: joint.start)[:MAX_JOINTS]


_START = Joint("next", 0, 0)


def _end(text: str) -> Joint:
    return Joint("next", len(text), len(text))


def _rule(found: re.Match[str], text: str) -> JointRule:
    if found["skip"]:
        return "skip"
    before, behind = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    inner = found[0][1:-1]
    if len(inner) == 1 and inner.isalpha() and behind.isalpha() and not before.isalnum():
        return "next"
    return "within" if inner.isalpha() and (before.isalpha() or behind.isalpha()) else "bracket"


def _piece(
    text: str, start: int, end: int, before: Joint | None, behind: Joint | None
) -> PatternPiece | None:
    """The piece between two joints; None where no word stands there."""
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    words = text[start:end]
    changed = re.match(r"\[(\w)\](?=\w)", words)
    if changed:
        words = changed[1] + words[3:]
    if not any(map(str.isalnum, words)):
        return None
    free = changed or start == 0 or before is None or text[: before.start].strip() == ""
    whole = tuple(joint is None or joint.rule not in ("within", "hyphen") for joint in (before, behind))
    return PatternPiece(start, end, _either_case(words) if free else (words,), (whole[0], whole[1]))


def _either_case(words: str) -> tuple[str, ...]:
    """The words as they are, and with the case of their first letter changed."""
    at = next(at for at, sign in enumerate(words) if sign.isalnum())
    other = words[at].swapcase()
    return (
        (words,) if len(other) != 1 or other == words[at] else (words, words[:at] + other + words[at + 1 :])
    )
