"""What a stretch of whole words keeps of the punctuation at its edges."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.edges.trimming import trimmed
from tests.tables import table


def of(text: str, stretch: str) -> str:
    start = text.index(stretch)
    ((first, last),) = trimmed(text, [(start, start + len(stretch))])
    return text[first:last]


@table(
    ("text", "stretch", "kept"),
    [
        ("in crime cooperation, and", "crime cooperation,", "crime cooperation"),
        ("(for the responder to support victims) and", "to support victims)", "to support victims"),
        ("a service meets a need. It", "meets a need.", "meets a need"),
        ("says: “forced labour”; the", "labour”;", "labour"),
        ("says: “forced labour”; the", "“forced", "forced"),
        ("says: “forced labour”; the", "“forced labour”; the", "“forced labour”; the"),
        ("says: “forced labour”; the", "“forced labour”;", "forced labour"),
        ("as of – inter alia – all", "– inter alia –", "inter alia"),
        ("the list: • victims • others", "• victims •", "victims"),
        ("the “end…” of it", "“end…”", "end"),
        ("(a) to help; (b) to give.", "(a) to help;", "(a) to help"),
        ("they said “no”.", "said “no”.", "said “no”"),
        ("He said ...and then left.", "...and then", "and then"),
        ("He said . . .and then left.", ".and then", "and then"),
        ("He said ….and then left.", "….and then", "and then"),
        ("He said and then... They left.", "and then...", "and then"),
        ("from 5 –10 of –them", "–them", "them"),
        ("the years 2000–2005", "–2005", "2005"),
        ("of the persons. 5 of them", "the persons.", "the persons"),
    ],
)
def test_a_stretch_ends_where_its_words_end(text: str, stretch: str, kept: str) -> None:
    assert of(text, stretch) == kept


@table(
    ("text", "stretch", "kept"),
    [
        ("¿Qué es la trata? Es esto.", "¿Qué es", "Qué es"),
        ("¿Qué es la trata? Es esto.", "trata?", "trata"),
        ("¿Qué es? ¡Es esto!", "¿Qué es? ¡Es", "¿Qué es? ¡Es"),
        ("un délit « grave » et", "« grave", "grave"),
        ("un délit « grave » et", "délit « grave »", "délit « grave »"),
        ("ein »schweres« Delikt", "ein »schweres«", "ein »schweres«"),
        ("禁止人口贩运，应当惩罚。完", "禁止人口贩运，", "禁止人口贩运"),
        ("禁止（包括儿童），惩罚", "包括儿童），", "包括儿童"),
        ("禁止「人口贩运」罪", "人口贩运」", "人口贩运"),
        ("禁止「人口贩运」罪", "禁止「人口贩运」", "禁止「人口贩运」"),
        ("الاتجار بالأشخاص، والعمل؛ ما هو؟ نعم", "بالأشخاص،", "بالأشخاص"),
        ("الاتجار بالأشخاص، والعمل؛ ما هو؟ نعم", "والعمل؛ ما هو؟", "والعمل؛ ما هو"),
        ("(ห้ามค้ามนุษย์) และ", "(ห้ามค้า", "ห้ามค้า"),
        ("मानव तस्करी। यह", "तस्करी।", "तस्करी"),
        ("ការជួញដូរ។ ទី", "ការជួញដូរ។", "ការជួញដូរ"),
    ],
)
def test_so_in_other_scripts(text: str, stretch: str, kept: str) -> None:
    assert of(text, stretch) == kept


@table(
    ("text", "stretch"),
    [
        ("under the U.S. law, e.g. there", "the U.S."),
        ("The law of the U.S. Others", "the U.S."),
        ("children, youths, etc. They", "youths, etc."),
        ("see para. four", "see para."),
        ("the adj. form", "adj."),
        ("under article 6(3), if", "article 6(3)"),
        ("the victims’ rights", "victims’"),
        ("the victims' rights", "victims'"),
        ("in the ’90s there", "’90s"),
        ("some 10 % of them", "10 %"),
        ("some 10% of them", "10%"),
        ("costs .5 of it", ".5"),
        ("Costs rose. .5 of it", ".5"),
        ("see .org there", ".org"),
        ("at –5 °C there", "–5 °C"),
        ("–5 °C there", "–5 °C"),
        ("cold (–5 °C) there", "–5 °C"),
        ("at −5 °C there", "−5 °C"),
        ("King Jr. Was there", "King Jr."),
        ("nach § 5 Abs. 2 StGB", "§ 5 Abs."),
        ("pp 5 ff. The others", "5 ff."),
        ("at 5 f. The others", "5 f."),
        ("Gesetz Nr. 5", "Gesetz Nr."),
        ("nach Kap. 5", "nach Kap."),
        ("some approx. 5 of", "approx."),
        ("then Prof. Smith", "then Prof."),
        ("a – b", "–"),
        ("pre- and post-war", "pre-"),
        ("“All of it.”", "“All of it.”"),
    ],
)
def test_what_belongs_to_a_word_stays(text: str, stretch: str) -> None:
    assert of(text, stretch) == stretch


@given(st.text(st.sampled_from("ab. ,()“”‘’'\"«»¿?（）人。"), max_size=30), st.data())
def test_no_letter_is_lost_and_nothing_more_goes_the_second_time(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    ((first, last),) = once = trimmed(text, [(start, end)])
    assert start <= first <= last <= end
    assert [*filter(str.isalnum, text[first:last])] == [*filter(str.isalnum, text[start:end])]
    assert trimmed(text, once) == once
