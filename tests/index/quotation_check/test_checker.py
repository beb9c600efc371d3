from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quotation_check.checker import MAX_PLACES
from index.quotation_check.text_report import MAX_QUOTATIONS, MAX_TEXT_CHARS, check_claims, check_text
from index.quotation_check.warnings import warnings_of
from index.verdict import QuotationVerdict
from kb.errors import BadRequest
from kb.messages import Message
from kb.model import Collection
from kb.quoting.extraction import find_quotations
from tests.engines import Snapshot, build, snapshot_of
from tests.index.samples import collection, document
from tests.tables import table

FIRST = "The Parties shall, in accordance with their law, extradite offenders."
SECOND = "Victims’ rights—and “torture”—shall be the concern of all."
SAMPLE = collection(
    document("notes", kind="note"),
    document("old", status="superseded", superseded_by="treaty"),
    document("treaty"),
    document("other"),
    notes=["The Parties shall extradite; a note says so.", "The law of the sea."],
    old=["The Parties shall extradite; as it was."],
    treaty=[
        FIRST,
        SECOND,
        "Third: international co-\noperation in traf-\nficking.",
        "The Parties shall extradite.",
    ],
    other=["Another document begins here with words of its own.", "", "ก่อนการค้ามนุษย์หลัง"],
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(SAMPLE, tmp_path_factory.mktemp("index"))


def addresses(verdict: QuotationVerdict) -> list[list[str]]:
    return [[passage.address for passage in place.passages] for place in verdict.places]


@table(
    ("quotation", "expected", "text"),
    [
        ("in accordance with their law", "treaty/p1", "in accordance with their law"),
        ("the Parties ... extradite offenders", "treaty/p1", FIRST[:-1]),
        ("victims' rights - and ‘torture’", "treaty/p2", "Victims’ rights—and “torture”"),
        (
            "international cooperation in trafficking",
            "treaty/p3",
            "international co-\noperation in traf-\nficking",
        ),
        ("inter-\nnational co-operation", "treaty/p3", "international co-\noperation"),
        ("การค้ามนุษย์", "other/p3", "การค้ามนุษย์"),
        ("concern", "treaty/p2", "concern"),
    ],
)
def test_words_that_stand_in_a_passage_are_verbatim(
    snapshot: Snapshot, quotation: str, expected: str, text: str
) -> None:
    verdict = snapshot.check(quotation)
    assert verdict.word == "verbatim"
    assert addresses(verdict) == [[expected]]
    (place,) = verdict.places
    start, end = place.range
    assert place.text == text == place.passages[0].text[start:end]
    assert place.differences == ()


def test_words_that_stand_in_several_passages_list_them_all_sources_before_notes(
    snapshot: Snapshot,
) -> None:
    verdict = snapshot.check("the Parties shall extradite")
    assert addresses(verdict) == [["old/p1"], ["treaty/p4"], ["notes/p1"]]
    assert verdict.further == 0


@pytest.mark.parametrize(
    ("quotation", "passages", "ends"),
    [
        ("extradite offenders. Victims’ rights", ["treaty/p1", "treaty/p2"], (49, 15)),
        ("their law ... the concern of all. Third", ["treaty/p1", "treaty/p2", "treaty/p3"], (38, 5)),
        (
            "offenders. Victims’ ... international co-operation",
            ["treaty/p1", "treaty/p2", "treaty/p3"],
            (59, 34),
        ),
    ],
)
def test_a_quotation_may_run_on_from_one_passage_into_the_next(
    snapshot: Snapshot, quotation: str, passages: list[str], ends: tuple[int, int]
) -> None:
    verdict = snapshot.check(quotation)
    assert (verdict.word, addresses(verdict)) == ("verbatim", [passages])
    assert verdict.places[0].range == ends


def test_but_not_from_one_document_into_another(snapshot: Snapshot) -> None:
    assert snapshot.check("The Parties shall extradite. Another document begins").word != "verbatim"


@pytest.mark.parametrize(
    ("quotation", "passages", "true", "differences"),
    [
        ("the Parties shall in accordance with their laws extradite", ["treaty/p1"],
         "The Parties shall, in accordance with their law, extradite",
         [("shall", "shall,"), ("laws", "law,")]),
        ("extradite offenders. Victim’s rights—and “torture”—must be", ["treaty/p1", "treaty/p2"],
         "extradite offenders.\nVictims’ rights—and “torture”—shall be",
         [("Victim’s", "Victims’"), ("“torture”—must", "“torture”—shall")]),
        ("The Parties shall now extradite", ["old/p1", "treaty/p4", "notes/p1"],
         "The Parties shall extradite", [("now", "")]),
    ],
)  # fmt: skip
def test_words_that_nearly_stand_there_show_what_differs(
    snapshot: Snapshot,
    quotation: str,
    passages: list[str],
    true: str,
    differences: list[tuple[str, str]],
) -> None:
    verdict = snapshot.check(quotation)
    assert verdict.word == "nearly"
    found = [each for place in addresses(verdict) for each in place]
    assert sorted(found) == sorted(passages)
    assert [place.document.is_note for place in verdict.places] == sorted(
        place.document.is_note for place in verdict.places
    )
    place = verdict.places[0]
    assert place.text == true
    assert [(part.quoted.strip(), part.source.strip()) for part in place.differences] == differences


def test_words_that_stand_nowhere_are_not_found_and_the_nearest_are_shown(snapshot: Snapshot) -> None:
    verdict = snapshot.check("whoever extradites a sea captain breaks the law of hospitality")
    assert (verdict.word, verdict.places) == ("not found", ())
    assert verdict.nearest[0].passage.address == "notes/p2"
    assert snapshot.check("whoever extradites a sea captain breaks no law", nearest=False).nearest == ()


@table("quotation", ["", " ", "...", "“”", "—", "xyzzy plugh", "[…]", "\ud800", "\0"])
def test_without_a_word_that_is_known_nothing_is_found(snapshot: Snapshot, quotation: str) -> None:
    assert snapshot.check(quotation) == QuotationVerdict(quotation, "not found")


@table(
    ("quotation", "address", "is_reordered"),
    [
        ("law their with accordance in shall", "treaty/p1", True),
        ("extradite offenders, in accordance with their law", "treaty/p1", True),
        ("offenders extradite, in accordance with the law that is theirs", "", False),
        ("the concern of all shall be victims’ rights—and “torture”", "treaty/p2", True),
        ("extradite offenders ... the Parties shall", "treaty/p1", True),
        ("words of its own with another document begins here", "other/p1", True),
        ("offenders begins here with words of the law", "", False),
    ],
)
def test_words_in_another_order_are_found_and_never_verbatim(
    snapshot: Snapshot, quotation: str, address: str, is_reordered: bool
) -> None:
    verdict = snapshot.check(quotation)
    assert verdict.word == ("nearly" if is_reordered else "not found")
    assert [place.passages[0].address for place in verdict.places] == [address] * is_reordered
    assert all(any(part.kind == "moved" for part in place.differences) for place in verdict.places)


def test_reordered_words_are_found_among_many_passages_that_have_some_of_them(tmp_path: Path) -> None:
    words = ["law", "sea", "state", "court", "treaty", "child", "victim", "work", "border", "police"]
    filler = [" ".join(words[(at * k) % 10] for k in range(1, 40)) for at in range(1, 300)]
    source = "The state protects each child at its border, and the police bring victims to a court of law."
    snapshot = snapshot_of(collection(a=[*filler, source]), tmp_path)
    verdict = snapshot.check(
        "The police bring victims to a court of law, and the state protects each child at its border"
    )
    assert (verdict.word, addresses(verdict)) == ("nearly", [["a/p300"]])
    assert verdict.places[0].is_reordered


def test_common_words_are_listed_so_far_and_counted_beyond(tmp_path: Path) -> None:
    snapshot = snapshot_of(
        collection(a=[f"The law of number {n}, and the law." for n in range(300)]), tmp_path
    )
    verdict = snapshot.check("the law")
    assert (len(verdict.places), verdict.further) == (MAX_PLACES, 300 - MAX_PLACES)
    assert len(snapshot.check("the law", 10).places) == 10
    assert addresses(snapshot.check("the law of number 299"))[:1] == [["a/p300"]]
    wrong = snapshot.check("the law of numbers 299, and the")
    assert wrong.word == "nearly"
    assert addresses(wrong) == [["a/p300"]]


def test_pairs_of_common_words_lead_where_no_word_is_rare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.engines.whoosh.quotation_lookup._MAX_POSITIONS", 150)
    texts = [" ".join("abcdefgh"[(n * k) % 8] for k in range(1, 30)) for n in range(60)]
    snapshot = snapshot_of(collection(a=[*texts, "a b c d e f g h a c e g"]), tmp_path)
    verdict = snapshot.check("a b c d e x f g h a c e")
    assert verdict.word == "nearly"
    assert addresses(verdict) == [["a/p61"]]


def test_what_was_deleted_is_not_found_and_segments_are_searched_together(tmp_path: Path) -> None:
    build(SAMPLE, tmp_path)
    changed = collection(
        *SAMPLE.documents,
        notes=["Wholly new words of a note.", "The law of the sea."],
        old=["The Parties shall extradite; as it was."],
        treaty=["Only this.", SECOND],
        other=["Another document begins here with words of its own."],
    )
    snapshot = snapshot_of(changed, tmp_path)
    assert snapshot.check("extradite offenders").word == "not found"
    assert addresses(snapshot.check("Only this. Victims’ rights")) == [["treaty/p1", "treaty/p2"]]
    assert snapshot.check("with their law, extradite offenders. Victims").word == "not found"
    assert addresses(snapshot.check("wholly new word of a note")) == [["notes/p1"]]


def test_in_a_long_passage_the_words_around_are_compared(tmp_path: Path) -> None:
    filler = " ".join(f"filler{n}" for n in range(9_000))
    snapshot = snapshot_of(collection(a=[f"{filler} {FIRST} {filler}", "x"]), tmp_path)
    verdict = snapshot.check("The Parties shall, in accordance with our law, extradite offender")
    (place,) = verdict.places
    assert (verdict.word, place.text) == ("nearly", FIRST[:-1])
    assert place.passages[0].text[slice(*place.range)] == FIRST[:-1]
    assert snapshot.check("filler10 ... accordance with their ... offenders. filler0").word == "verbatim"
    parted = snapshot.check(
        "the Parties ... shall not, in accordance ... with their law, extradite all offenders"
    )
    assert parted.word == "nearly"
    assert parted.places[0].text == FIRST[:-1]


@given(st.text(st.sampled_from("the law Parties sha.,…[]-\n“’ก "), max_size=80))
def test_anything_can_be_checked(snapshot: Snapshot, text: str) -> None:
    verdict = snapshot.check(text)
    for place in verdict.places:
        assert "".join(part.source for part in place.parts) == place.text
        assert place.passages[0].document == place.document.id
        assert bool(place.differences) <= (verdict.word == "nearly")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "law " * 5_000,
        "a " * 10_000,
        "the-\n" * 4_000,
        "the ... " * 2_500,
        "[x] the " * 2_500,
        f"{FIRST} " * 290,
    ],
    ids=lambda text: text[:12],
)
def test_twenty_kilobytes_without_marks_are_one_quotation(snapshot: Snapshot, text: str) -> None:
    report = check_text(text, snapshot)
    assert len(report.checked) == 1
    assert report.word in ("not found", "nearly", "verbatim")


def test_every_quotation_of_a_text_is_checked(snapshot: Snapshot) -> None:
    report = check_text("It says “in accordance with their law” and\n“nothing of the sort here”.", snapshot)
    assert [(one.claim.line, one.verdict.word) for one in report.checked] == [
        (1, "verbatim"),
        (2, "not found"),
    ]
    assert report.word == "not found"


def test_a_text_with_marks_that_stands_in_a_passage_as_it_is_is_one_quotation(
    snapshot: Snapshot,
) -> None:
    report = check_text(f" {SECOND}\n", snapshot)
    (one,) = report.checked
    assert (one.claim.text, one.verdict.word) == (SECOND, "verbatim")
    partly = check_text(SECOND + " So it is.", snapshot)
    assert [one.claim.text for one in partly.checked] == ["torture"]
    assert partly.notices == (Message("only-quotations-checked"),)
    assert check_text(f" “{FIRST}” ", snapshot).notices == ()


def test_of_very_many_quotations_the_first_are_checked_and_that_is_said(snapshot: Snapshot) -> None:
    report = check_text("“law”“xyzzy”" * 250, snapshot)
    assert len(report.checked) == MAX_QUOTATIONS
    assert report.notices == (Message("too-many-quotations", count=500, checked=MAX_QUOTATIONS),)
    many = check_text("".join(f"“law {n}”" for n in range(60)), snapshot)
    assert many.notices == (Message("nearest-not-shown", limit=50),)
    every = check_claims(find_quotations("“law” and “xyzzy”. " * 250), snapshot, most=None)
    assert (len(every.checked), every.notices) == (500, ())


def test_a_text_without_words_is_not_found(snapshot: Snapshot) -> None:
    assert check_text(" … ", snapshot).word == "not found"


def test_a_text_that_is_too_long_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(BadRequest, match="this one has 100,001; paste it in parts"):
        check_text("a" * (MAX_TEXT_CHARS + 1), snapshot)


def test_an_empty_collection_has_no_quotations(tmp_path: Path) -> None:
    assert snapshot_of(Collection(), tmp_path).check("law of the sea").word == "not found"


LAWS = collection(
    law=[
        "States shall not prosecute victims of trafficking for acts that they were compelled to commit.",
        "Victims shall never, in any case, be detained in prisons.",
        "No one shall be held in slavery unless the law says so; help is given without conditions.",
    ]
)


@pytest.fixture(scope="module")
def laws(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(LAWS, tmp_path_factory.mktemp("laws"))


@table(
    ("quotation", "word", "lost"),
    [
        ("States shall prosecute victims of trafficking", "nearly", ("not",)),
        ("Victims shall be detained in prisons", "nearly", ("never",)),
        ("VICTIMS SHALL NEVER, IN ANY CASE, BE DETAINED", "nearly", ()),
        ("Victims Shall Never, In Any Case, be Detained", "nearly", ()),
        ("States shall ... prosecute victims", "verbatim", ("not",)),
        ("States [must] prosecute victims", "verbatim", ("not",)),
        ("slavery ... help is given [with] conditions", "verbatim", ("unless", "without")),
        ("States shall not prosecute ... acts", "verbatim", ()),
    ],
)
def test_a_negation_that_a_quotation_loses_is_named_whatever_the_verdict(
    laws: Snapshot, quotation: str, word: str, lost: tuple[str, ...]
) -> None:
    verdict = laws.check(quotation)
    assert verdict.word == word
    assert verdict.places[0].lost_negations == lost


AROUND = collection(
    document("en", language="en"),
    document("pt", language="pt"),
    *(document(slug) for slug in ("th", "zh", "ar")),
    en=[
        "No child shall be detained. Children shall be heard, except where they decline.",
        "States shall not: (a) prosecute victims of trafficking; (b) detain them.",
    ],
    pt=["No Brasil, as vítimas não serão detidas, salvo por ordem judicial."],
    th=["ผู้เสียหายต้องไม่ถูกดำเนินคดี เว้นแต่ศาลสั่ง"],
    zh=["缔约国不得起诉被贩运的受害者，除非法律另有规定。"],
    ar=["لا يجوز احتجاز الضحايا إلا بأمر من المحكمة."],
)


@pytest.fixture(scope="module")
def around(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(AROUND, tmp_path_factory.mktemp("around"))


@table(
    ("text", "codes"),
    [
        ("child shall be detained", ["negation-before"]),
        ("child shall be detainedd", ["negation-before"]),
        ("No child shall be detained", []),
        ("Nobody may say that any “child shall be detained”.", []),
        ("It says “child shall be detained”.", ["negation-before"]),
        ("Children shall be heard", ["negation-behind"]),
        ("“Children shall be heard”, except sometimes", []),
        ("prosecute victims of trafficking", ["negation-before"]),
        ("as vítimas", []),
        ("serão detidas", ["negation-before", "negation-behind"]),
        ("Brasil, as vítimas ... serão detidas, salvo por ordem", ["negation-left-out"]),
        ("ถูกดำเนินคดี", ["negation-before", "negation-behind"]),
        ("起诉被贩运的受害者", ["negation-before", "negation-behind"]),
        ("يجوز احتجاز الضحايا", ["negation-before", "negation-behind"]),
        ("يجوز احتجاز الضحايا ... بأمر من", ["negation-left-out", "negation-before"]),
    ],
)
def test_a_negation_just_before_or_behind_is_warned_of_unless_the_writer_has_one(
    around: Snapshot, text: str, codes: list[str]
) -> None:
    (one,) = check_text(text, around).checked
    assert [warning.code for warning in warnings_of(one.claim, one.verdict.places[0])] == codes


MARKED = collection(
    a=[
        "States adopt robust mechanisms¹ for cooperation,² under the Protocol[3] of Palermo† and its annex.",
        "The plan has:\n• prevention of trafficking in persons;\n• protection of its victims.",
        "打击人口贩运¹的区域合作机制[2]已经建立",
    ]
)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(MARKED, tmp_path_factory.mktemp("marked"))


@pytest.mark.parametrize(
    ("quotation", "word", "left_out"),
    [
        (
            "robust mechanisms for cooperation, under the Protocol of Palermo and",
            "verbatim",
            ("¹", "²", "[3]", "†"),
        ),
        ("robust mechanisms¹ for cooperation,² under", "verbatim", ()),
        ("prevention of trafficking in persons; protection of its victims", "verbatim", ("•",)),
        ("人口贩运的区域合作", "verbatim", ("¹",)),
        ("robust mechanism for cooperation, under", "nearly", ("²",)),
    ],
)
def test_note_marks_and_bullets_left_out_are_a_liberty_that_is_disclosed(
    marked: Snapshot, quotation: str, word: str, left_out: tuple[str, ...]
) -> None:
    verdict = marked.check(quotation)
    assert verdict.word == word
    assert verdict.places[0].left_out_marks == left_out


LISTED = collection(
    a=[
        "The plan has:\n• prevention of trafficking;\n• protection¹ of its victims.",
        "States shall:\n(a) prosecute traffickers;\n(b) protect victims; and\n(c) prevent trafficking.",
        "Measures: - early warning; - safe return.",
        "Areas of 5 m² and the rights¹ of all.",
        "缔约国应：\n（一）建立机制；\n（二）保护受害者。",
    ],
    b=["(a) Early identification of victims;", "(b) Safe repatriation of victims."],
)


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(LISTED, tmp_path_factory.mktemp("listed"))


@table(
    ("quotation", "word", "left_out", "own"),
    [
        (
            "> - prevention of trafficking;\n> - protection of its victims.",
            "verbatim",
            ("•", "¹"),
            ("-", "-"),
        ),
        ("> * prevention of trafficking;\n> * protection¹ of its victims.", "verbatim", ("•",), ("*", "*")),
        ("> • prevention of trafficking;\n> • protection of its victims.", "verbatim", ("¹",), ()),
        ("> prevention of trafficking;\n> protection¹ of its victims.", "verbatim", ("•",), ()),
        ("> (a) prosecute traffickers;\n> (b) protect victims; and", "verbatim", (), ()),
        ("(a) prosecute traffickers; (b) protect victims; and (c) prevent", "verbatim", (), ()),
        ("> prosecute traffickers;\n> protect victims; and", "verbatim", ("(b)",), ()),
        ("> - prosecute traffickers;\n> - protect victims; and", "verbatim", ("(b)",), ("-", "-")),
        ("> 1. prosecute traffickers;\n> 2. protect victims; and", "nearly", (), ()),
        ("> (b) prosecute traffickers;\n> (a) protect victims; and", "nearly", (), ()),
        ("early warning; safe return", "verbatim", ("-",), ()),
        ("> • early warning;\n> • safe return", "verbatim", ("-",), ("•", "•")),
        ("> - early warning;\n> - save return", "nearly", (), ()),
        ("应：建立机制；保护受害者", "verbatim", ("（一）", "（二）"), ()),
        ("Early identification of victims; Safe repatriation", "verbatim", ("(b)",), ()),
        ("prevention² of trafficking; protection", "nearly", (), ()),
        ("of 5 m² and the rights² of all", "nearly", (), ()),
        ("prosecute traffickers, protect victims, and", "nearly", (), ()),
    ],
)
def test_bullets_changed_and_numbers_left_out_are_liberties_that_are_disclosed(
    listed: Snapshot, quotation: str, word: str, left_out: tuple[str, ...], own: tuple[str, ...]
) -> None:
    (one,) = check_text(quotation, listed).checked
    assert one.verdict.word == word
    place = one.verdict.places[0]
    if word == "verbatim":
        assert (place.left_out_marks, place.own_bullets) == (left_out, own)
    assert "".join(part.quoted for part in place.parts) == one.claim.text
    assert bool(place.differences) == (word == "nearly")
    assert not any(part.kind == "moved" for part in place.parts)
