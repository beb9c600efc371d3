from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from index.citation_resolver import resolver
from index.citation_resolver.parser import MAX_CITATION_CHARS, parse_citation
from index.citation_resolver.resolution import Resolution
from index.citation_resolver.resolver import named_documents, resolve
from index.cli.resolve import resolve as command
from index.english import say
from index.serializers.citations import resolution_json
from kb.citing import rich_text
from kb.citing.csl_item import passage_item
from kb.citing.pinpoint import Pinpoint, find_pinpoints
from kb.citing.styles.registry import STYLES, Style, cite
from kb.cli.group import KbGroup
from kb.messages import Message
from kb.model import Collection, Document, Passage, Thesaurus
from kb.permalinks import passage_path
from kb.published import Move, Published, Withdrawal
from kb.sources.instrument import Instrument
from kb.text.fingerprint import fingerprint
from tests.engines import Snapshot, build, open_engine
from tests.tables import table

DAY = datetime.date(2026, 11, 23)
FINGERPRINT = re.compile(r"\[?[Ff]ingerprint sha256:[0-9a-f]+\]?")
GONE = Withdrawal("tip", "art-9", fingerprint("lost words"), "2026-01-02")
LONG = "Protocol to Prevent, Suppress and Punish Trafficking in Persons"
OLD = Published("tip", "art-6", fingerprint("old words"), "2020-01-01", "old words")


def _treaty(id: str, title: str, articles: int, date: str = "2000") -> tuple[Document, tuple[Passage, ...]]:
    numbers = range(1, articles + 1)
    return Document(id, title, "treaty", date=date), tuple(
        Passage(id, f"art-{n}", f"Words of {title}, {n}.", f"art {n}", f"Article {n}") for n in numbers
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = [
        _treaty("tip", f"{LONG}, Especially Women and Children", 8),
        _treaty("untoc", "United Nations Convention against Transnational Organized Crime", 20),
        _treaty("corruption", "United Nations Convention against Corruption", 20, "2003-10-31"),
        _treaty("child", "Convention on the Rights of the Child", 54, "1989"),
        (
            Document("guide", "A guide for judges", "report", date="201X", further=(("symbol", "A/61/122"),)),
            (
                Passage("guide", "p4-6", "Three paragraphs.", "paras 4–6"),
                Passage("guide", "p20", "Two paragraphs.", "paras 20, 22"),
                Passage("guide", "p12", "A page.", "p 12"),
                Passage("guide", "g9", "Guideline.", "Guideline 9"),
                Passage("guide", "sum", "Unnamed."),
            ),
        ),
        (
            Document("letter", "A short letter", "letter", event_date="soon"),
            (Passage("letter", "all", "Only."),),
        ),
    ]
    same = ((LONG, "TIP Protocol"),)
    acronyms = {"UNTOC": "Convention against Transnational Organized Crime"}
    folder = tmp_path_factory.mktemp("resolving") / "index"
    collection = Collection(
        documents=tuple(document for document, _ in given),
        passages={document.id: passages for document, passages in given},
        withdrawn=(GONE,),
        moves=(Move("tip", "art-0", "tip/art-1"),),
        published={"tip/art-6": (OLD,)},
        instruments={"crc": Instrument("crc", "Convention on the Rights of the Child", ("CRC (1989)",))},
        thesaurus=Thesaurus(same=same, acronyms=acronyms),
    )
    build(collection, folder)
    return folder


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Snapshot:
    return open_engine(folder).snapshot()


@pytest.fixture(scope="module")
def shipped(shipped_index: Path) -> Snapshot:
    return open_engine(shipped_index).snapshot()


def first(found: Resolution) -> str:
    return f"{found.matches[0].document}/{found.matches[0].passage}" if found.matches else ""


@table(
    ("words", "address"),
    [
        ("UNTOC article 16", "untoc/art-16"),
        ("art 6(3) of the TIP Protocol", "tip/art-6"),
        ("Transnational Organized Crime Convention, art. 16 (2)", "untoc/art-16"),
        ("Convention against Corruption article sixteen", "corruption/art-16"),
        ("CRC Art. 3", "child/art-3"),
        ("child 1989 art 3", "child/art-3"),
        ("guide for judges para 5", "guide/p4-6"),
        ("A/61/122, paras. 4-6", "guide/p4-6"),
        ("guide for judges para 22", "guide/p20"),
        ("judges guide page 12", "guide/p12"),
        ("A guide for judges, 12", "guide/p12"),
        ("A guide for judges, guideline 9", "guide/g9"),
        ("a short letter", "letter/all"),
        ("guide/p12", "guide/p12"),
        ("See guide/p12.", "guide/p12"),
        ("https://kb.example/passages/tip/art-6?v=0123456789ab#art-6:~:text=Words", "tip/art-6"),
        ("</passages/tip/art-6/cite>", "tip/art-6"),
        ("/passages/tip/art-6.ris", "tip/art-6"),
        ("https://kb.example/documents/tip?q=x#art-6", "tip/art-6"),
        (fingerprint("Unnamed."), "guide/sum"),
        (f"sha256:{fingerprint('Three paragraphs.')[:12]}", "guide/p4-6"),
        (f"A guide for judges [sha256:{fingerprint('A page.')[:12]}]", "guide/p12"),
        (OLD.fingerprint[:16], "tip/art-6"),
        (GONE.fingerprint, "tip/art-9"),
    ],
)
def test_a_citation_leads_to_its_passage(snapshot: Snapshot, words: str, address: str) -> None:
    found = resolve(snapshot, words)
    assert first(found) == address
    assert found.sure == found.matches[0]
    assert found.matches[0].url == passage_path(*address.split("/"))
    assert found.matches[0].why


def test_what_is_the_same_or_was_before_is_said(snapshot: Snapshot) -> None:
    assert "means the same" in resolve(snapshot, "UNTOC article 16").matches[0].why
    assert "its address was tip/art-0" in resolve(snapshot, "tip/art-0").matches[0].why
    assert "withdrawn on 2026-01-02" in resolve(snapshot, "/passages/tip/art-9").matches[0].why
    assert first(resolve(snapshot, "tip/art-0")) == "tip/art-1"


def test_several_places_are_a_span_and_then_each_of_them(snapshot: Snapshot) -> None:
    found = resolve(snapshot, "UNTOC arts 3-5")
    assert [match.passage for match in found.matches] == ["art-3..art-5", "art-3", "art-4", "art-5"]
    assert found.sure == found.matches[0]
    assert found.matches[0].url == "/passages/untoc/art-3..art-5"
    assert "it is article 3–5" in found.matches[0].why
    several = resolve(snapshot, "UNTOC arts 3, 5")
    assert {match.passage for match in several.matches} == {"art-3", "art-5"}
    assert several.notices == (Message("several-passages-fit"),)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("tip/art-2..art-4", "/passages/tip/art-2..art-4"),
        ("see https://kb.example/passages/tip/art-2..art-4.", "/passages/tip/art-2..art-4"),
        ("tip/art-0..art-4", "/passages/tip/art-1..art-4"),
        ("letter", "/documents/letter"),
        ("https://kb.example/documents/letter", "/documents/letter"),
    ],
)
def test_spans_and_whole_documents_are_found_by_their_address(
    snapshot: Snapshot, text: str, url: str
) -> None:
    (match,) = resolve(snapshot, text).matches
    assert (match.url, match.confidence) == (url, 1.0)


def test_a_span_that_cannot_be_says_why(snapshot: Snapshot) -> None:
    found = resolve(snapshot, "tip/art-4..art-2")
    assert found.matches == ()
    assert found.notices[0].code == "span-reversed"
    assert "write tip/art-2..art-4" in say(found.notices[0])


def test_documents_that_fit_alike_are_all_given_and_none_is_sure(snapshot: Snapshot) -> None:
    found = resolve(snapshot, "United Nations Convention article 16")
    assert {match.document for match in found.matches} >= {"untoc", "corruption"}
    assert found.sure is None


@table(
    ("words", "notice"),
    [
        ("nothing of the kind, para 5", "No document of that name was found."),
        ("para 5", "No document of that name was found."),
        ("", "No document of that name was found."),
        ("guide/p99", "There is no passage guide/p99."),
        ("0123456789ab", "No passage with the fingerprint 0123456789ab was found."),
        ("A guide for judges, para 99", "A document was found, but not the passage"),
        ("A guide for judges", "A document was found, but not the passage"),
    ],
)
def test_what_is_not_found_is_said(snapshot: Snapshot, words: str, notice: str) -> None:
    found = resolve(snapshot, words)
    assert found.sure is None
    assert any(notice in say(each) for each in found.notices)
    assert all(not match.passage and match.url == f"/documents/{match.document}" for match in found.matches)


def test_another_label_is_less_sure(snapshot: Snapshot) -> None:
    found = resolve(snapshot, "child 1989 § 3")
    assert first(found) == "child/art-3"
    assert found.sure is None
    assert found.matches[0].confidence < 0.5


def test_in_a_large_collection_a_fingerprint_is_sought_where_it_is_said_to_be(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resolver, "MAX_PASSAGES_READ", 10)
    mark = fingerprint("Unnamed.")
    assert "name the document too" in say(resolve(snapshot, mark).notices[0])
    assert first(resolve(snapshot, f"A guide for judges, {mark}")) == "guide/sum"
    assert resolve(snapshot, "Convention on the Rights of the Child art 3").matches == ()


def test_words_of_a_few_generations_are_kept(snapshot: Snapshot, shipped: Snapshot) -> None:
    resolver._MATCHERS.clear()
    matcher = resolver.DocumentMatcher(shipped)
    resolver._MATCHERS.update({"older": matcher, "old": matcher})
    resolve(snapshot, "UNTOC article 16")
    assert list(resolver._MATCHERS) == ["old", snapshot.generation]


def cited(snapshot: Snapshot, passage: Passage, style: Style, address: str) -> str:
    made = passage_item(snapshot.documents[passage.document], passage, address, DAY)
    return "\n".join(rich_text.plain_text(part.runs) for part in cite(made, style).parts)


def every(snapshot: Snapshot) -> Iterator[Passage]:
    for document in snapshot.documents:
        yield from snapshot.passages(document)


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_every_citation_printed_here_resolves_to_its_passage(
    snapshot: Snapshot, shipped: Snapshot, style: Style
) -> None:
    for one in (snapshot, shipped):
        for passage in every(one):
            address = f"https://kb.example{passage_path(passage.document, passage.id)}"
            assert first(resolve(one, cited(one, passage, style, address))) == passage.address
            assert first(resolve(one, cited(one, passage, style, ""))) == passage.address


@pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))
def test_so_does_nearly_every_one_without_address_and_fingerprint(shipped: Snapshot, style: Style) -> None:
    passages = list(every(shipped))
    found = [
        first(resolve(shipped, FINGERPRINT.sub("", cited(shipped, passage, style, ""))))
        for passage in passages
    ]
    right = [each == passage.address for each, passage in zip(found, passages, strict=True)]
    assert sum(right) >= 0.97 * len(right)


@given(st.text(max_size=300) | st.text("para article 5[](),-–/.:§¶ sha256 untoc", max_size=300))
@example("/passages/" * 500)
@example("[1," * 1_000)
@example("a" * 20_000)
def test_anything_may_be_asked(snapshot: Snapshot, text: str) -> None:
    found = resolve(snapshot, text)
    assert found.query == text
    assert len(found.matches) <= resolver.MAX_MATCHES
    confidences = [match.confidence for match in found.matches]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < each <= 1 for each in confidences)
    json.dumps(resolution_json(found))


def test_a_very_long_citation_is_read_in_part() -> None:
    assert parse_citation("x " * MAX_CITATION_CHARS + "art 5").places == ()


@table(
    ("text", "places"),
    [
        ("para 5", [("paragraph", "5")]),
        ("paras. 4-6 and art. 16 (2)(a)", [("paragraph", "4–6"), ("article", "16(2)(a)")]),
        ("¶ 5, §§ 3, 4", [("paragraph", "5"), ("section", "3, 4")]),
        ("¶5", [("paragraph", "5")]),
        ("[5]–[6]", [("paragraph", "5"), ("paragraph", "6")]),
        ("paragraph twenty", [("paragraph", "20")]),
        ("p 12; pp. 3–4; page 7", [("page", "12"), ("page", "3–4"), ("page", "7")]),
        ("P029 and p7 are names; a part of it, partly so", []),
    ],
)
def test_places_are_found_in_running_text(text: str, places: list[tuple[str, str]]) -> None:
    assert [(place.label, place.value) for place, _, _ in find_pinpoints(text)] == places


def test_a_place_is_found_where_it_stands() -> None:
    text = "see art. 5 there"
    assert [text[start:end] for _, start, end in find_pinpoints(text)] == ["art. 5"]
    assert parse_citation(text).places == (Pinpoint("article", "5"),)


def kb(folder: Path, *arguments: str) -> tuple[int, str, str]:
    group = KbGroup(commands={"resolve": command})
    result = CliRunner().invoke(group, ["resolve", *arguments, "--index", str(folder)])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_says_how_sure_and_why(folder: Path) -> None:
    code, out, _ = kb(folder, "UNTOC", "article", "16")
    assert code == 0
    assert re.match(r"0\.\d\d  untoc/art-16  \(.+; it is article 16\)\n", out)
    code, out, _ = kb(folder, "--json", "guide/p12")
    assert json.loads(out)["matches"][0] == {
        "document": "guide",
        "passage": "p12",
        "url": "/passages/guide/p12",
        "confidence": 1.0,
        "why": "its address is given",
        "reasons": [{"code": "address-given", "text": "its address is given"}],
    }
    code, out, err = kb(folder, "nothing of the kind")
    assert (code, out) == (1, "")
    assert "No document of that name was found." in err


def test_the_instruments_that_a_citation_names_are_said_beside_the_passages(shipped: Snapshot) -> None:
    (answer,) = resolve(shipped, "UNTOC 16").instruments
    assert (answer.instrument.id, answer.article and answer.article.number) == ("untoc", "16")
    assert resolve(shipped, "extradition").instruments == ()


LAWS = {
    "th-act": ("พระราชบัญญัติป้องกันและปราบปรามการค้ามนุษย์ พ.ศ. ๒๕๕๑", "th", "มาตรา {}"),
    "vi-law": ("Luật Phòng, chống mua bán người", "vi", "Điều {}"),
    "id-uu": ("Undang-Undang Pemberantasan Tindak Pidana Perdagangan Orang", "id", "Pasal {}"),
    "ar-law": ("قانون مكافحة الاتجار بالأشخاص", "ar", "المادة {}"),
    "ru-zakon": ("О противодействии торговле людьми", "ru", "Статья {}"),
    "de-gesetz": ("Gesetz zur Bekämpfung des Menschenhandels", "de", "Artikel {}"),
    "zh-fa": ("中华人民共和国反对拐卖人口法", "zh", "第{}条"),
    "ko-beop": ("인신매매등방지 및 피해자보호 등에 관한 법률", "ko", "제{}조"),
}


@pytest.fixture(scope="module", params=["as the source has it", "art {}"])
def laws(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Laws in their languages, their articles numbered in their own words or as imported ones are."""
    documents = [
        Document(id, title, "law", date="2008", language=tag) for id, (title, tag, _) in LAWS.items()
    ]
    passages = {
        id: tuple(
            Passage(
                id, f"a{n}", f"{title} {n}.", (own if request.param != "art {}" else request.param).format(n)
            )
            for n in range(31, 34)
        )
        for id, (title, _, own) in LAWS.items()
    }
    place = tmp_path_factory.mktemp("laws") / "index"
    build(Collection((), tuple(documents), passages), place)
    return open_engine(place).snapshot()


@pytest.mark.parametrize("id", LAWS)
@pytest.mark.parametrize(
    "named", ["{id} {place}", "{title}, {place}", "{place} {title}", "《{title}》{place}"]
)
def test_an_article_is_found_as_its_own_language_calls_it(laws: Snapshot, id: str, named: str) -> None:
    title, _, own = LAWS[id]
    text = named.format(id=id, title=title, place=own.format(32))
    found = resolve(laws, text).matches[0]
    assert (found.document, found.passage) == (id, "a32")


@pytest.mark.parametrize(
    "text",
    [
        *("th-act มาตรา ๓๒", "ar-law المادة ٣٢", "th-act ตามมาตรา 32", "th-act ม. 32", "th-act ม.๓๒"),
        *("zh-fa 第三十二条", "zh-fa 第３２條", "ko-beop 제 32 조"),
        *("id-uu Ps. 32", "ru-zakon ст. 32", "ru-zakon по статье 32", "de-gesetz art 32"),
    ],
)
def test_it_may_be_abbreviated_have_other_digits_and_stand_within_a_run(laws: Snapshot, text: str) -> None:
    found = resolve(laws, text).matches[0]
    assert (found.document, found.passage) == (text.partition(" ")[0], "a32")


@table(
    "text",
    [
        *(
            "th-act อนุมาตรา 3",
            "กทม. 2544",
            "อม. 5/2551",
            "ก.ม. 12",
            "第三条道路",
            "第三条路",
            "第3号",
            "第三章",
        ),
        *("과제 2 조사 보고서", "경제 3조원", "제3조원", "제 2 조사", "最后三条", "статья", "кв. 5"),
    ],
)
def test_what_only_looks_like_an_article_is_none(text: str) -> None:
    assert parse_citation(text).places == ()


@table(
    ("text", "numbers"),
    [
        ("民法第三条の一部改正", []),
        ("第32条の規定", ["32"]),
        ("第12条の2の規定", ["12-2"]),
        ("제32조의 3개 항", ["32"]),
        ("제32조의2에 따라", ["32-2"]),
        ("《公约》第六条第三款和第七条", ["6", "7"]),
        ("第32条 กับ มาตรา 5 แห่ง", ["32", "5"]),
        ("มาตรา 5 กับ 第32条", ["5", "32"]),
    ],
)
def test_articles_end_where_their_number_does_and_come_in_order(text: str, numbers: list[str]) -> None:
    assert [place.value for place in parse_citation(text).places] == numbers


@pytest.mark.parametrize("title", ["第三条道路", "과제 2 조사 보고서", "กทม. 2544", "民法第三条の一部改正"])
def test_a_title_with_what_looks_like_an_article_is_found(tmp_path: Path, title: str) -> None:
    document = Document("one", title, "report", date="2008")
    build(
        Collection((), (document,), {"one": (Passage("one", "p1", "Words.", "para 1"),)}), tmp_path / "index"
    )
    assert named_documents(open_engine(tmp_path / "index").snapshot(), title) == ["one"]
