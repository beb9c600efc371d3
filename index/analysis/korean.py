"""Korean nouns without their particles: 피해자, 피해자의, 피해자를 and 피해자들에게 are one word.

A particle is attached to its noun, and many follow only a syllable that ends in a consonant, or only one
that does not (을 and 를): that tells most particles from the last syllable of a noun (마을, 국가). Particles
can be stacked (피해자들에게는), so they are removed until none is left. A noun cut short by this
(민주주의, 민주주) is cut alike wherever it stands. Source: 한글 맞춤법, 제41항; the particles of the standard
dictionary (표준국어대사전) that occur in formal prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["HANGUL", "ends_noun", "is_noun_alone", "without_particles"]

_FIRST, _LAST = "가", "힣"
HANGUL = f"{_FIRST}-{_LAST}"
"""The syllables, as a range for a class in a regular expression."""

_FINALS, _RIEUL = 28, 8
"""The final consonants of a syllable, none among them, and the number of ㄹ."""

_BEHIND_ANY = "의 에 에게 에게서 에서 께 께서 한테 한테서 도 만 들 부터 까지 처럼 보다 마다 조차 마저 밖에"
_BEHIND_CONSONANT = "은 이 을 과 으로 으로서 으로써 으로부터 이나"
_BEHIND_VOWEL = "는 가 를 와 나"
_BEHIND_VOWEL_OR_RIEUL = "로 로서 로써 로부터"

_OBJECT_OR_TOPIC = frozenset("을를은는")
"""These may follow a noun of one syllable (법을), as longer particles may (법으로). Any other ending of one
syllable is then rather part of the noun: 회의."""

_NOUNS_WITH_DO = frozenset("제정속지태강온각용연한빈밀인")
"""Followed by 도, these form a noun rather than a noun with “also”: 제도, 인도."""

_VERBS = frozenset("하한할함합해했되된될됨됩돼")
"""The first syllables of 하다 and 되다, which make a verb of a noun."""

_FOREIGN = -1
_CONSONANT, _VOWEL = frozenset([_FOREIGN, *range(1, _FINALS)]), frozenset([_FOREIGN, 0])


def _table(*rows: tuple[str, frozenset[int]]) -> Iterable[tuple[str, frozenset[int]]]:
    for particles, finals in rows:
        yield from ((particle, finals) for particle in particles.split())


_FINALS_BEFORE: Mapping[str, frozenset[int]] = dict(
    _table(
        (_BEHIND_ANY, _CONSONANT | _VOWEL),
        (_BEHIND_CONSONANT, _CONSONANT),
        (_BEHIND_VOWEL, _VOWEL),
        (_BEHIND_VOWEL_OR_RIEUL, _VOWEL | {_RIEUL}),
    )
)
"""For each particle, the final consonants of the syllables that it follows; foreign letters may have any."""

_MAX_PARTICLE = max(map(len, _FINALS_BEFORE))


def without_particles(form: str) -> str:
    """A form without the Korean particles at its end; any other form as it is."""
    while _FIRST <= form[-1:] <= _LAST and (shorter := _without_last(form)) != form:
        form = shorter
    return form


def is_noun_alone(form: str) -> bool:
    """Whether a form may be a Korean noun of several syllables without a particle."""
    return (
        len(form) > 1
        and all(_FIRST <= syllable <= _LAST for syllable in form)
        and without_particles(form) == form
    )


def ends_noun(form: str, noun: str) -> bool:
    """Whether a form is this noun with particles, or with a verb attached: 압수하는, 압수된."""
    return form.startswith(noun) and (form[len(noun)] in _VERBS or without_particles(form) == noun)


def _without_last(form: str) -> str:
    for size in range(min(_MAX_PARTICLE, len(form) - 1), 0, -1):
        noun, particle = form[:-size], form[-size:]
        finals = _FINALS_BEFORE.get(particle)
        if not finals or _final(noun) not in finals or (particle == "도" and noun[-1] in _NOUNS_WITH_DO):
            continue
        if len(form) > 2 or particle in _OBJECT_OR_TOPIC:
            return noun
    return form


def _final(noun: str) -> int:
    """The index of the final consonant of a noun's last syllable, 0 for none; `_FOREIGN` if not Hangul."""
    return (ord(noun[-1]) - ord(_FIRST)) % _FINALS if _FIRST <= noun[-1] <= _LAST else _FOREIGN
