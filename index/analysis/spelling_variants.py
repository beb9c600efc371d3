"""British and American spelling: a word as either country writes it, and all its spellings.

A form differs in *slots*: places where one of a few spellings may stand, the British first, the
American second. Slots are found by tables of words and parts of words
(`spelling.tsv`) and by two rules, for -ise and for -yse. What none of them knows
stays as it is: a pair that is missed costs a passage its rank, a false one finds another word. All
spellings of a form have the same slots, so whichever is typed finds the others alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from index.analysis.spelling_tables import Affixes, Context, read_spelling_tables

__all__ = ["american", "british", "variants"]

_MIN_LETTERS = 3
"""The length of the shortest word that differs."""

_MAX_SLOTS = 4
"""More than any word has: what is not a word must not have a million spellings."""

_TABLES = read_spelling_tables()


class Slot(NamedTuple):
    """The place `form[start:end]`, in which any of the spellings may stand."""

    start: int
    end: int
    spellings: tuple[str, ...]


def british(form: str) -> str:
    """A form, as `index.analysis.analyzer.fold` gives it, in British spelling with -ise rather than -ize.

    Where both countries have two spellings it is the commoner: this is one form for all spellings.
    """
    return _respelt(form, 0)


def american(form: str) -> str:
    """A form in American spelling; itself where no other is known."""
    return _respelt(form, 1)


def variants(form: str) -> tuple[str, ...]:
    """All other spellings of a form, the British first."""
    slots = _slots(form)
    if not slots:  # as of most words
        return ()
    spelt = (_filled(form, slots, choice) for choice in product(*(slot.spellings for slot in slots)))
    return tuple(one for one in dict.fromkeys(spelt) if one != form)


def _respelt(form: str, country: int) -> str:
    slots = _slots(form)
    return _filled(form, slots, [slot.spellings[country] for slot in slots]) if slots else form


def _filled(form: str, slots: Iterable[Slot], choice: Iterable[str]) -> str:
    pieces, done = [], 0
    for slot, spelling in zip(slots, choice, strict=True):
        pieces += [form[done : slot.start], spelling]
        done = slot.end
    return "".join(pieces) + form[done:]


@lru_cache(maxsize=200_000)
def _slots(form: str) -> tuple[Slot, ...]:
    """The slots of a form in their order; of two that overlap the more particular."""
    if len(form) < _MIN_LETTERS or form in _unchanged:
        return ()
    slots: list[Slot] = []
    for one in (*_word(form), *_ending(form), *_parts(form)):
        if all(one.end <= other.start or other.end <= one.start for other in slots):
            slots.append(one)
    return tuple(sorted(slots)) if len(slots) <= _MAX_SLOTS else ()


def _spelt(rows: Iterable[Affixes]) -> Iterator[tuple[str, Slot]]:
    """Every form that the rows spell, with its slot."""
    for spellings, heads, tails in rows:
        for head, spelling in product(heads, spellings):
            slot = Slot(len(head), len(head) + len(spelling), spellings)
            for tail in tails:
                yield head + spelling + tail, slot


_unchanged = frozenset(_TABLES.unchanged)
_words = dict(_spelt(_TABLES.words))
_whole = _words | dict(_spelt(_TABLES.whole_words))
_prefix = re.compile("|".join(sorted(_TABLES.prefixes, key=len, reverse=True)))


def _word(form: str) -> Sequence[Slot]:
    """The slot of a word of the tables, as it stands or after a prefix."""
    if slot := _whole.get(form):
        return (slot,)
    if (prefix := _prefix.match(form)) and (slot := _words.get(form[(size := prefix.end()) :])):
        return (Slot(slot.start + size, slot.end + size, slot.spellings),)
    return ()


# What stands before -ise: few vowels (not raise, seize), and not what makes it the end of advise, exercise,
# franchise, premise, promise, surmise, despise, comprise, size, advertise, expertise, practise, wise.
_BEFORE = (
    "[a-z]{2,}(?:[bdfgjklnqxyz]|(?<=[ai])[cv]|(?<!nc)h|(?<!pre|pro|sur)m|(?<!des)p|(?<=[aeiouty])r"
    "|(?<=ha|he|ta)s|(?<!adver|exper)(?<!ac)t)|apotheos|archa|bolshev|colloqu|ghetto|hebra|hero|juda|soliloqu"
)
_may_end_so = re.compile("[iy][sz][aei]")
_ise = re.compile(f"({_BEFORE})i([sz])(?:{'|'.join(_TABLES.ise_endings)})")
_yse = re.compile("[a-z]+[ao]ly([sz])(?:e|ed|er|ers|es|ing|ingly|able|ation)")
_kept = {found[1] for word in _TABLES.kept if (found := _ise.fullmatch(word))}


def _ending(form: str) -> Sequence[Slot]:
    """The slot of a verb in -ise or -yse and of what is made from one."""
    if not _may_end_so.search(form):
        return ()
    if (found := _ise.fullmatch(form)) and not _is_kept(found[1]):
        return (Slot(*found.span(2), ("s", "z")),)
    if found := _yse.fullmatch(form):
        # "analyses" is a noun besides, and the same one in both countries
        return (Slot(*found.span(1), ("s", "s", "z") if form.endswith("yses") else ("s", "z")),)
    return ()


def _is_kept(stem: str) -> bool:
    prefix = _prefix.match(stem)
    return stem in _kept or (prefix is not None and stem[prefix.end() :] in _kept)


def _any_of(contexts: Iterable[Context]) -> str:
    """A pattern of all contexts, each with one group: where its spellings stand."""
    return "|".join(f"{before}({'|'.join(spellings)})(?={after})" for spellings, before, after in contexts)


_begins = re.compile(f"(?:{_prefix.pattern})?(?:{_any_of(_TABLES.beginnings)})")
_stands = re.compile(_any_of(_TABLES.parts))
_may_stand = re.compile(
    "|".join(
        f"{before if before.isalpha() else ''}{each}(?={after})"
        for spellings, before, after in _TABLES.parts
        for each in spellings
    )
)
"""The spellings, after plain letters but not patterns: rules most words out in a fifth of the time."""


def _parts(form: str) -> Sequence[Slot]:
    """The slots of parts of words, at the beginning and anywhere."""
    found = _begins.match(form)
    slots = [_slot(found, _TABLES.beginnings)] if found else []
    if _may_stand.search(form):
        slots += [_slot(each, _TABLES.parts) for each in _stands.finditer(form)]
    return slots


def _slot(found: re.Match[str], contexts: Sequence[Context]) -> Slot:
    group = found.lastindex or 0
    return Slot(*found.span(group), contexts[group - 1].spellings)
