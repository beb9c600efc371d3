"""What is offered while a reader types, over the shipped content, over samples, over anything."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.content_words import is_content_word
from index.engines.whoosh.generation import open_index
from index.engines.whoosh.suggest import frequent_phrases
from index.request import Request
from index.results import Completion
from index.suggest.autocomplete import MAX_COMPLETION_CHARS, PrefixIndex
from kb.collection.loader import load
from kb.model import Theme
from kb.settings import shipped_content
from tests.engines import Snapshot, build, snapshot_of
from tests.index.engines.whoosh.matching.test_evaluator import segments_kept
from tests.index.samples import THEMES, collection, document, passage
from tests.tables import table

SPREAD = collection(
    document("a", title="Économie of the sea: A study"),
    document("b", title="Report of 2014"),
    document("c", title="Report of 2014"),
    document("d", title="Report of 2016"),
    document("e", title="Report of 2017"),
    document("f", title="Report of 2018"),
    document("old", title="Report withdrawn", status="withdrawn"),
    document("protection", title="Protection of victims", kind="note"),
    document("empty", title="Report of nothing"),
    a=[
        passage("a", "p1", "The Law of the Sea.", "crime-cooperation/extradition", "crime-cooperation"),
        passage(
            "a", "p2", "A law of the sea and of rivers; an extradition request.", heading="Law of the sea"
        ),
        passage("a", "p3", "Rivers, rivers: the law of nations, the sea."),
    ],
    b=["Re-victimisation, re-victimisation."],
    c=["Trafficker and trafficked; the traffic in arms, in arms."],
    d=["Arms of the sea, arms of the sea."],
    e=["Arms embargoes and victims.", "Trafficked again."],
    f=["Victims of arms embargoes."],
    old=["Extradition once more; secret treaties and secret treaties."],
    protection=["Our words."],
)
RELATED = replace(
    SPREAD, themes=(replace(THEMES[0], related=("arms  embargoes", 'the "sea"', "gone")), *THEMES[1:])
)


YEARS = (("b", 2014), ("d", 2016), ("e", 2017))
BALI = (
    "Communique of the Bali Process Regional Symposium on Trafficking for the Purposes of Labour Exploitation"
)


def snapshot(content: Path, folder: Path) -> Snapshot:
    return snapshot_of(load([content]), folder)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot(shipped_content(), tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(RELATED, tmp_path_factory.mktemp("index"))


def listed(snapshot: Snapshot, text: str) -> list[tuple[str, str, str]]:
    return [(each.text, each.kind, each.value) for each in snapshot.complete(text)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("extrad", ("Extradition", "sub-point", "international-crime-cooperation/extradition")),
        ("extrad", ("extradition", "phrase", "extradition")),
        ("VICTIM PRO", ("Assistance for and protection of victims", "theme", "victim-assistance-protection")),
        ("referral", ("Referral pathways", "sub-point", "awareness-prevention/referral-pathways")),
        ("mutual leg", ("mutual legal assistance", "phrase", '"mutual legal assistance"')),
        ("“mutual leg", ("mutual legal assistance", "phrase", '"mutual legal assistance"')),
        ("forced", ("forced labour", "phrase", '"forced labour"')),
        ("symposium on", (BALI, "document", "bali-process-symposium-2015")),
        ("protect vict", ("protect victimisation", "word", "protect victimisation")),
    ],
)
def test_what_is_typed_is_completed_from_the_collection(
    shipped: Snapshot, typed: str, expected: tuple[str, str, str]
) -> None:
    assert expected in listed(shipped, typed)


@table(
    ("typed", "expected"),
    [
        ("crime", [("International crime cooperation", "theme", "crime-cooperation")]),
        ("international crime coop", [("International crime cooperation", "theme", "crime-cooperation")]),
        ("crime coop", [("International crime cooperation", "theme", "crime-cooperation")]),
        ("aftercare", []),
        ("mut", []),
        ("economie of", [("Économie of the sea: A study", "document", "a")]),
        ("STUDY", [("Économie of the sea: A study", "document", "a")]),
        ("report of 2014", [("Report of 2014", "document", "b")]),
        ("report", [(f"Report of {year}", "document", name) for name, year in YEARS]),
        ("law", [("law of the sea", "phrase", '"law of the sea"')]),
        ("law ", [("law of the sea", "phrase", '"law of the sea"')]),
        ("law_of", [("law of the sea", "phrase", '"law of the sea"')]),
        ("arms emb", [("arms embargoes", "phrase", '"arms embargoes"')]),
        ("re-vict", [("re-victimisation", "word", "re-victimisation")]),
        ("revict", []),
        ("gone", []),
        ("secret", []),
        ("x", []),
        ("", []),
        (" ", []),
        ("?!", []),
        ("_", []),
        ("law AND s", []),
        ("theme:prot", []),
        ("law -se", []),
        ("traff*", []),
        ("“traffi", []),
        ("w " * 13 + "law", []),
        ("law" + " " * MAX_COMPLETION_CHARS, []),
    ],
)  # fmt: skip
def test_nothing_absent_from_the_collection_is_offered(
    samples: Snapshot, typed: str, expected: list[tuple[str, str, str]]
) -> None:
    assert listed(samples, typed) == expected


def test_words_are_completed_by_those_found_most_often_with_the_rest_of_the_query(samples: Snapshot) -> None:
    assert listed(samples, "victims emb") == [("victims embargoes", "word", "victims embargoes")]
    assert [each.text for each in samples.complete("traff")] == ["trafficked", "traffic"]


def test_matches_of_the_first_word_come_before_matches_of_later_words(shipped: Snapshot) -> None:
    texts = [each.text.casefold() for each in shipped.complete("train")]
    begun = [text.startswith("train") for text in texts]
    assert True in begun
    assert begun == sorted(begun, reverse=True)


@pytest.mark.parametrize("most", range(9))
def test_completions_are_limited_and_counted(shipped: Snapshot, most: int) -> None:
    found = shipped.complete("tra", most)
    assert found == shipped.complete("tra")[:most]
    for each in found:
        match each.kind:
            case "theme" | "sub-point":
                asked = Request(filters={"theme": (each.value,)})
            case "document":
                asked = Request(filters={"document": (each.value,)})
            case _:
                asked = Request(each.value)
        assert shipped.search(asked).total == each.count > 0


PIECES = (
    "traff",
    "victim",
    " ",
    "the",
    '"',
    "-",
    "re-",
    "é",
    "\u0e01\u0e32",
    "\ud800",
    "_",
    "’s",
    "1",
    "AND",
    "\n",
)
pieces = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)


@given(st.text(max_size=40) | pieces)
def test_every_completion_finds_something_whatever_is_typed(shipped: Snapshot, text: str) -> None:
    found = shipped.complete(text)
    assert len(set(found)) == len(found) <= 8
    assert all(each.count > 0 for each in found)


def test_an_empty_index_has_no_completions(tmp_path: Path) -> None:
    build(collection(a=["law"]), tmp_path)
    empty = snapshot_of(collection(), tmp_path)
    assert empty.complete("law") == ()
    assert empty.complete("prot") == ()


words = st.sampled_from(["law", "Sea", "état", "of"])
texts = st.lists(words, min_size=1, max_size=4).map(" ".join)


@given(st.lists(texts, max_size=12), texts, st.booleans())
def test_a_prefix_index_finds_all_texts_with_a_word_that_begins_so(
    given: list[str], key: str, cut: bool
) -> None:
    key = key.lower().replace("é", "e")
    key = key[:-1] if cut else key
    entries = [(text, Completion(text, "phrase", str(at), 1)) for at, text in enumerate(given)]
    plain = [f" {text.lower().replace('é', 'e')} " for text in given]
    first = [at for at, line in enumerate(plain) if line.startswith(f" {key}")]
    later = [at for at, line in enumerate(plain) if f" {key}" in line and at not in first]
    found = [(tier, int(each.value)) for tier, each in PrefixIndex(entries).beginning(key)]
    assert found == [*((0, at) for at in first), *((1, at) for at in later)]


def counted(texts: list[str]) -> Counter[str]:
    """Every sequence that may be offered, counted one by one."""
    found: Counter[str] = Counter()
    for text in texts:
        cut = text.split()
        for start in range(len(cut)):
            for end in range(start + 2, min(start + 8, len(cut)) + 1):
                part = cut[start:end]
                whole = all(is_content_word(word) or word == "of" for word in part)
                if whole and is_content_word(part[0]) and is_content_word(part[-1]):
                    found[" ".join(part)] += 1
    return found


def test_frequent_phrases_are_those_counted_one_by_one_in_live_passages(tmp_path: Path) -> None:
    chance = Random(7)  # noqa: S311
    texts = [" ".join(chance.choices(["law", "sea", "rule", "of", "has", "x"], k=30)) for _ in range(40)]
    named = {f"d{at}": [passage(f"d{at}", "p1", text)] for at, text in enumerate(texts)}
    with segments_kept():
        build(collection(**named, gone=[passage("gone", "p1", "sudden end " * 9)]), tmp_path)
        build(collection(**named, more=[passage("more", "p1", "x")]), tmp_path)
    expected = {text: count for text, count in counted(texts).items() if count > 1}
    found = frequent_phrases.frequent_phrases(open_index(tmp_path).segments, 10_000, ["en"])
    assert set(found) <= set(expected)
    assert [expected[text] for text in found] == sorted(map(expected.__getitem__, found), reverse=True)
    for text in set(expected) - set(found):
        longer = [other for other in expected if f" {text} " in f" {other} " and other != text]
        assert max(map(expected.__getitem__, longer)) >= 0.7 * expected[text]


def test_large_collections_are_sampled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequent_phrases, "_SAMPLE_POSITIONS", 256)
    monkeypatch.setattr(frequent_phrases, "_BLOCK_BITS", 4)
    build(
        collection(a=["The rule of law has been. " * 400], b=["One whale song, another whale song."]),
        tmp_path,
    )
    found = frequent_phrases.frequent_phrases(open_index(tmp_path).segments, 10, ["en"])
    assert found[0] == "rule of law"
    assert "whale song" not in found


def test_a_theme_without_passages_is_not_offered(tmp_path: Path) -> None:
    content = replace(collection(a=[passage("a", "p1", "x", "full")]), themes=(
        Theme("full", "Full theme", "Full", 1), Theme("bare", "Bare theme", "Bare", 2)))  # fmt: skip
    found = snapshot_of(content, tmp_path)
    assert [each.value for each in found.complete("full")] == ["full"]
    assert found.complete("bare") == ()


SCRIPTS = collection(
    document("ar", title="مكافحـــة الإتجار بالأشخاص"),
    document("fa", title="حمایت از قربانی\u200cها"),
    document("he", title="שָׁלוֹם עולם"),
    document("tr", title="İstanbul Raporu"),
    document("en", title="Re\u00adha\u00adbil\u00adi\u00adta\u00adtion of victims"),
    **{name: ["Words of no matter."] for name in ("ar", "fa", "he", "tr", "en")},
)


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(SCRIPTS, tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize(
    ("typed", "document"),
    [
        ("مكافحه", "ar"),
        ("مُكافَحة الا", "ar"),
        ("الاتج", "ar"),
        ("قربانیها", "fa"),
        ("قرباني", "fa"),
        ("שלום", "he"),
        ("שָׁל", "he"),
        ("ISTAN", "tr"),
        ("ıstan", "tr"),
        ("rehabil", "en"),
        ("reha\u00adbil", "en"),
    ],
)
def test_titles_are_offered_however_their_letters_are_typed(
    scripts: Snapshot, typed: str, document: str
) -> None:
    assert (document, "document") in [(each.value, each.kind) for each in scripts.complete(typed)]
