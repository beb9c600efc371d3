"""Completions while a reader types, over the shipped content, samples, and random collections."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.collocation import SURE, log_likelihood
from index.analysis.content_words import is_content_word
from index.engines import phrase_counting
from index.engines.whoosh.generation import open_index
from index.engines.whoosh.suggest.phrase_sample import phrase_sample
from index.request import Request
from index.results import Completion
from index.suggest.autocomplete import MAX_COMPLETION_CHARS, MAX_COMPLETIONS
from index.suggest.prefix_index import PrefixIndex
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


SUPPORT = "the need for greater assistance for and protection of victims, including through…"


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


@table(
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
        ("protect vict", (SUPPORT, "passage", "bali-process-symposium-2015/p8")),
        ("MLA", ("mutual legal assistance", "phrase", '"mutual legal assistance"')),
        (
            "mla",
            (
                "Mutual legal assistance",
                "sub-point",
                "international-crime-cooperation/mutual-legal-assistance",
            ),
        ),
        ("asean", ("ASEAN MLAT", "phrase", '"ASEAN MLAT"')),
        ("ngo", ("NGOs", "word", "NGOs")),
        ("victm prot", ("Assistance for and protection of victims", "theme", "victim-assistance-protection")),
        ("extrdi", ("Extradition", "sub-point", "international-crime-cooperation/extradition")),
        ("xtradition", ("extradition", "phrase", "extradition")),
        (
            "shelter",
            (
                "Identifying and protecting victims",
                "sub-point",
                "stakeholder-coordination/victim-identification",
            ),
        ),
        ("shelter", ("housing", "phrase", "housing")),
        ("resc", ("Aftercare", "sub-point", "victim-assistance-protection/aftercare")),
        ("resc", ("assistance", "phrase", "assistance")),
        ("passport tak", ("passport", "phrase", "passport")),
    ],
)
def test_what_is_typed_is_completed_from_the_collection(
    shipped: Snapshot, typed: str, expected: tuple[str, str, str]
) -> None:
    assert expected in listed(shipped, typed)


@pytest.mark.parametrize(
    "typed", ["binds the", "binds th", "binds the sta", "labour exp", "protect vict", "training pre"]
)
def test_words_side_by_side_by_accident_are_not_offered(shipped: Snapshot, typed: str) -> None:
    offered = [each.text for each in shipped.complete(typed) if each.kind in ("phrase", "word")]
    accidents = ("binds the states", "labour experience", "protect victimisation", "training prepares")
    assert not set(offered) & {*accidents}


def test_completions_are_grouped_in_one_order(shipped: Snapshot) -> None:
    kinds = ["theme", "sub-point", "document", "phrase", "word", "passage"]
    for typed in ("tra", "labour exp", "victim", "forced lab", "shelter"):
        places = [kinds.index(each.kind) for each in shipped.complete(typed)]
        assert places == sorted(places)


def test_short_forms_and_everyday_words_are_named(shipped: Snapshot) -> None:
    assert {each.via for each in shipped.complete("mla") if each.via} == {"MLA"}
    assert {each.via for each in shipped.complete("resc")} == {"rescue"}


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("extrad", "Extradition", ["Extrad"]),
        ("crime coop", "International crime cooperation", ["crime", "coop"]),
        ("victm prot", "Assistance for and protection of victims", ["prot", "victim"]),
    ],
)
def test_the_typed_part_is_marked(shipped: Snapshot, typed: str, text: str, marked: list[str]) -> None:
    (found,) = (each for each in shipped.complete(typed) if each.text == text)
    assert [found.text[start:end] for start, end in found.ranges] == marked


def test_passages_are_offered_for_two_words_sources_first(shipped: Snapshot) -> None:
    assert not any(each.kind == "passage" for each in shipped.complete("extradition"))
    passages = [each for each in shipped.complete("legal assistance mechanisms") if each.kind == "passage"]
    assert 1 < len(passages) <= 3
    kinds = [shipped.documents[each.value.partition("/")[0]].is_note for each in passages]
    assert kinds == sorted(kinds)
    for each in passages:
        assert shipped.passage(*each.value.split("/")) is not None
        assert each.source


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
        ("law", []),
        ("riv", [("rivers", "word", "rivers")]),
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
    assert [each for each in listed(samples, typed) if each[1] != "passage"] == expected


def test_words_are_completed_by_those_found_most_often(samples: Snapshot) -> None:
    assert not any(each.kind == "word" for each in samples.complete("victims emb"))
    assert [each.text for each in samples.complete("traff")] == ["trafficked", "traffic"]


def test_matches_of_the_first_word_come_before_matches_of_later_words(shipped: Snapshot) -> None:
    found = shipped.complete("train")
    for kind in ("theme", "sub-point"):
        begun = [each.text.casefold().startswith("train") for each in found if each.kind == kind]
        assert True in begun
        assert begun == sorted(begun, reverse=True)


@table("most", range(13))
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
    assert len(set(found)) == len(found) <= MAX_COMPLETIONS
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


def belonging(texts: list[str], least: float) -> set[str]:
    """The sequences seen four times or more whose last word belongs to the first and to those before it."""
    runs = Counter(
        " ".join(text.split()[start:end])
        for text in texts
        for start in range(30)
        for end in range(start + 1, start + 9)
    )
    total = sum(len(text.split()) for text in texts)
    phrases = counted(texts)

    def ratio(phrase: str, first: str) -> float:
        return float(log_likelihood(phrases[phrase], runs[first], runs[phrase.split()[-1]], total))

    return {
        phrase
        for phrase, count in phrases.items()
        if count >= 4
        and min(ratio(phrase, phrase.rpartition(" ")[0]), ratio(phrase, phrase.split()[0])) >= least
    }


def test_frequent_phrases_are_those_counted_one_by_one_in_live_passages(tmp_path: Path) -> None:
    chance = Random(7)  # noqa: S311
    parts = ["law", "sea", "has", "x", "rule of law", "whale song", "of", "whale", "rule"]
    texts = [" ".join(" ".join(chance.choices(parts, k=30)).split()[:30]) for _ in range(40)]
    named = {f"d{at}": [passage(f"d{at}", "p1", text)] for at, text in enumerate(texts)}
    with segments_kept():
        build(collection(**named, gone=[passage("gone", "p1", "sudden end " * 9)]), tmp_path)
        build(collection(**named, more=[passage("more", "p1", "x")]), tmp_path)
    may, must = belonging(texts, SURE - 3), belonging(texts, SURE + 3)  # two segments count their own words
    expected = {text: count for text, count in counted(texts).items() if text in may}
    assert "whale song" in must
    found = phrase_counting.frequent_phrases(*phrase_sample(open_index(tmp_path).segments), 10_000, ["en"])
    assert set(found) <= set(expected)
    assert [expected[text] for text in found] == sorted(map(expected.__getitem__, found), reverse=True)
    for text in must - set(found):
        longer = [other for other in expected if f" {text} " in f" {other} " and other != text]
        assert max(map(expected.__getitem__, longer)) >= 0.7 * expected[text]


def test_large_collections_are_sampled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phrase_counting, "SAMPLE_POSITIONS", 256)
    monkeypatch.setattr(phrase_counting, "BLOCK_BITS", 4)
    build(
        collection(a=["The rule of law has been. " * 400], b=["One whale song, another whale song."]),
        tmp_path,
    )
    found = phrase_counting.frequent_phrases(*phrase_sample(open_index(tmp_path).segments), 10, ["en"])
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


@table(
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
