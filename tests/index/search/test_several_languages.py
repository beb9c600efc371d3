"""A collection of several languages: each is found, marked and explained by its own rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.query import Word
from index.request import Request
from index.results import Results
from index.search.query_language import query_language
from kb.model import Collection, Thesaurus
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection, document, passage
from tests.tables import table

TEXTS = {
    "en": [
        "Men and boys are exploited on fishing vessels.",
        "Victims of trafficking have rights, and the organisation protects them.",
        "The organ was removed.",
        "A band of makanan sellers.",
    ],
    "fr": [
        "Les victimes de la traite sont exploitées par leurs employeurs.",
        "L’exploitation des travailleurs est un crime, et la vulnérabilité n’est pas un consentement.",
        "Les droits de ces personnes sont protégés.",
    ],
    "es": [
        "La explotación laboral afecta a los trabajadores migrantes.",
        "El Estado protegerá a las víctimas.",
    ],
    "id": ["Korban perdagangan orang dilindungi undang-undang.", "Mereka tidak makan selama dua hari."],
    "sv": ["De som var offer får skydd, och de som är män får det också.", "Men offren är rädda."],
    "th": ["การค้ามนุษย์เป็นอาชญากรรม ILO workers"],
}


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(_collection(), tmp_path_factory.mktemp("index"))


def _collection(*languages: str) -> Collection:
    chosen = languages or tuple(TEXTS)
    documents = [document(each, title=f"{each} text", language=each) for each in chosen]
    return collection(*documents, **{each: TEXTS[each] for each in chosen})


def _all(results: Results) -> list[str]:
    return [hit.passage.address for hit in results.hits if hit.matched == "all"]


def _marked(results: Results) -> list[str]:
    shown = results.hits[0].snippet
    return [shown.text[start:end] for start, end in shown.ranges]


@table(
    ("query", "address", "marked"),
    [
        ("exploités employeur", "fr/p1", ["exploitées", "employeurs"]),
        ("exploitees victime", "fr/p1", ["victimes", "exploitées"]),
        ("vulnerabilites", "fr/p2", ["vulnérabilité"]),
        ("d'exploitation", "fr/p2", ["exploitation"]),
        ("l’exploitation d'un travailleur", "fr/p2", ["exploitation", "travailleurs"]),
        ("quels sont les droits des personnes", "fr/p3", ["droits", "personnes"]),
        ("explotacion de un trabajador", "es/p1", ["explotación", "trabajadores"]),
        ("explotaciones laborales", "es/p1", ["explotación", "laboral"]),
        ("protegería a la víctima", "es/p2", ["protegerá", "víctimas"]),
        ("melindungi korban", "id/p1", ["Korban", "dilindungi"]),
        ("apa yang memperdagangkan orang", "id/p1", ["perdagangan", "orang"]),
        ("men boys", "en/p1", ["Men", "boys"]),
        ("exploiting a vessel", "en/p1", ["exploited", "vessels"]),
        ("organization protecting", "en/p2", ["organisation", "protects"]),
        ("offret", "sv/p2", ["offren"]),
    ],
)
def test_a_passage_is_found_and_marked_by_the_rules_of_its_language(
    snapshot: Snapshot, query: str, address: str, marked: list[str]
) -> None:
    results = snapshot.search(Request(query))
    assert _all(results)[:1] == [address]
    assert _marked(results) == marked


@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        ("makanan", ["en/p4", "id/p2"]),  # English knows no -an
        ("makan", ["id/p2"]),
        ("bands", ["en/p4"]),
        ("organs", ["en/p3"]),
        ("worker", []),  # Thai has no stemmer
        ("workers", ["th/p1"]),
    ],
)
def test_no_language_is_searched_by_the_rules_of_another(
    snapshot: Snapshot, query: str, addresses: list[str]
) -> None:
    assert sorted(_all(snapshot.search(Request(query, expand=False)))) == addresses


@pytest.mark.parametrize(
    ("forms", "language"),
    [
        (["men", "boys"], "en"),
        (["de", "som", "offer"], "sv"),
        (["les", "droits", "victimes"], "fr"),
        (["mereka", "orang"], "id"),
        (["nothing-known"], "en"),
        ([], "en"),
    ],
)
def test_the_language_of_a_query_is_the_one_that_its_words_are_likeliest_in(
    snapshot: Snapshot, forms: list[str], language: str
) -> None:
    assert query_language(forms, snapshot._vocabulary) == language


@pytest.mark.parametrize("query", ["men boys", "exploitees", "explotacion", "melindungi", "victims rights"])
def test_an_explanation_names_the_forms_that_match(snapshot: Snapshot, query: str) -> None:
    request = Request(query)
    hit = snapshot.search(request).hits[0]
    told = snapshot.explain(request, hit.passage.document, hit.passage.id)
    assert told
    assert [term.text for term in told.terms if not term.related_to] == query.split()
    assert all(term.forms for term in told.terms if not term.related_to)
    assert sum(part.points for part in told.parts) == pytest.approx(hit.score)


def test_a_collection_in_one_other_language_is_read_by_its_rules_alone(tmp_path: Path) -> None:
    french = snapshot_of(_collection("fr"), tmp_path)
    assert _all(french.search(Request("but exploités"))) == []  # an English stop word, a French subject
    assert _all(french.search(Request("les exploités"))) == ["fr/p1", "fr/p2"]


def test_an_english_collection_has_the_stems_it_always_had(tmp_path: Path) -> None:
    english = snapshot_of(_collection("en"), tmp_path)
    assert english._vocabulary.stems("victims") == ("victim",)
    assert english._searcher.parse("the victims").node == english._searcher.parse("the victims").node
    assert all(each.language == "en" for each in english._searcher.parse("a b").node.nodes)  # type: ignore[union-attr]
    assert Word("a") == Word("a", "en")


def test_sub_points_are_found_in_english_whatever_the_language_of_the_passage(tmp_path: Path) -> None:
    tagged = passage("th", "p1", "การค้ามนุษย์", "protection", "protection/aftercare")
    made = snapshot_of(collection(document("th", language="th"), th=[tagged]), tmp_path)
    results = made.search(Request("aftercare"))
    assert _all(results) == ["th/p1"]
    assert [reason.code for reason in results.hits[0].reasons] == ["found-by-subpoint"]


def test_related_terms_are_english_where_a_document_is(tmp_path: Path) -> None:
    synonyms = Thesaurus(same=(("victims", "agents"),))
    texts = {"en": ["An agent helps."], "fr": ["Les agents aident."]}
    documents = [document(name, title=name, language=name) for name in texts]
    both = collection(*documents, **texts)
    made = snapshot_of(Collection(both.themes, both.documents, both.passages, thesaurus=synonyms), tmp_path)
    assert _all(made.search(Request("victims"))) == ["en/p1"]


def test_a_misspelt_word_is_corrected_in_its_language(tmp_path: Path) -> None:
    french = snapshot_of(_collection("en", "fr"), tmp_path)
    assert french.search(Request("exploitattion")).suggestions == ("exploitation",)
    assert french.search(Request("les vulnerabiliite")).suggestions == ("les vulnérabilité",)


def test_a_word_is_completed_without_stop_words_of_its_language(snapshot: Snapshot) -> None:
    assert [each.text for each in snapshot.complete("explot")] == ["explotación"]
    assert [each.text for each in snapshot.complete("mere")] == []


def test_a_document_that_gains_a_language_is_indexed_anew(tmp_path: Path) -> None:
    untold = collection(document("fr", title="x"), fr=TEXTS["fr"])
    assert _all(snapshot_of(untold, tmp_path).search(Request("exploitaient"))) == []
    told = collection(document("fr", title="x", language="fr"), fr=TEXTS["fr"])
    assert _all(snapshot_of(told, tmp_path).search(Request("exploitaient"))) == ["fr/p1", "fr/p2"]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("1250000", "Rp1.250.000"),
        ("1,250,000", "Rp1.250.000"),
        ("Rp1.250.000", "Rp1.250.000"),
        ("30000000", "30.000.000đ"),
        ("30.000.000", "30.000.000đ"),
        ("1500", "RM1,500"),
        ("Rp2.500.000", "2.500.000"),
        ('"Rp2.500.000"', "2.500.000"),
        ("20000", "20,000"),
    ],
)
def test_an_amount_is_found_with_its_currency_written_on_and_without(
    tmp_path: Path, query: str, marked: str
) -> None:
    amounts = ["Denda Rp1.250.000 saja.", "Phạt 30.000.000đ.", "A fine of RM1,500.00.", "Denda Rp 2.500.000."]
    results = snapshot_of(
        collection(document("d", title="x", language="id"), d=[*amounts, "ปรับ20,000บาท"]), tmp_path
    ).search(Request(query))
    assert (results.total, _marked(results)) == (1, [marked])
