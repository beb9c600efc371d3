"""Amended words and other words, with the words of treaties."""

from __future__ import annotations

from kb.text.similarity import amended
from tests.tables import table

PROSECUTE = (
    "Each State Party shall adopt such legislative and other measures as may be necessary to establish as "
    "criminal offences the conduct set forth in article 3 of this Protocol, when committed intentionally."
)
PRIVACY = (
    "In appropriate cases and to the extent possible under its domestic law, each State Party shall protect "
    "the privacy and identity of victims of trafficking in persons, including, inter alia, by making legal "
    "proceedings relating to such trafficking confidential."
)
RESIDENCE = (
    "In addition to taking measures pursuant to article 6 of this Protocol, each State Party shall consider "
    "adopting legislative or other appropriate measures that permit victims of trafficking in persons to "
    "remain in its territory, temporarily or permanently, in appropriate cases."
)


@table(
    ("old", "new"),
    [
        ("Extraditon", "Extradition"),
        ("Shall protect victms", "Must protect victims"),
        ("States Parties shall cooperate.", "States Parties shall co-operate."),
        (PRIVACY, PRIVACY.replace("shall protect", "shall at once protect").replace("inter alia, ", "")),
        (RESIDENCE, RESIDENCE.replace("consider adopting", "adopt").replace(", in appropriate cases", "")),
        (PROSECUTE, f"{PROSECUTE} {PRIVACY}"),
        (PRIVACY, PRIVACY.partition(", including")[0] + "."),
        (
            "Each State Party shall protect the privacy of victims of trafficking.",
            f"Each State Party shall protect the privacy of victims of trafficking. {RESIDENCE} {PROSECUTE}",
        ),
        (PRIVACY, PRIVACY.upper()),
    ],
)
def test_a_correction_or_amendment_is_told(old: str, new: str) -> None:
    assert amended(old, new)
    assert amended(new, old)


@table(
    ("old", "new"),
    [
        ("Extradition", "Confiscation"),
        ("Recalling the Protocol,", "They shall protect victims."),
        ("States Parties shall exchange information.", "Victims may remain in the territory."),
        (PROSECUTE, PRIVACY),
        (PRIVACY, RESIDENCE),
        (RESIDENCE, PROSECUTE),
        ("Extradition", PRIVACY),
        (PRIVACY, " ".join(sorted(PRIVACY.split()))),
    ],
)
def test_a_replacement_is_told(old: str, new: str) -> None:
    assert not amended(old, new)
    assert not amended(new, old)


def test_long_texts_with_the_same_vocabulary_are_not_alike() -> None:
    words = f"{PROSECUTE} {PRIVACY} {RESIDENCE}".split()
    one, other = (" ".join(words[step * at % len(words)] for at in range(5000)) for step in (7, 11))
    assert amended(one, one)
    assert not amended(one, other)
