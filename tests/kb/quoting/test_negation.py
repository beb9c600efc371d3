"""Words that no quotation can lose without saying something else, among its words and beside them."""

from __future__ import annotations

import pytest

from kb.quoting.negation import lost_negations, negations_before, negations_behind
from tests.tables import table


@table(
    ("source", "quoted", "lost"),
    [
        ("shall not prosecute", "shall prosecute", ("not",)),
        (
            "Not unless, except or without; NEVER no",
            "",
            ("not", "unless", "except", "without", "never", "no"),
        ),
        ("doesn’t and can't", "", ("doesn’t", "can't")),
        ("shall not", "[must not]", ()),
        ("not this and not that", "not this and that", ("not",)),
        ("notable knots, another note", "", ()),
        ("save where it is for other than peaceful ends", "", ("save where", "other than")),
        ("to save the victims, not only in resolution No. 5", "", ()),
        ("ne doit jamais, sauf accord", "doit", ("ne", "jamais", "sauf")),
        ("n'est pas puni, à moins qu’il consente", "est puni", ("pas", "à moins qu")),
        ("no serán detenidos, salvo por ley", "serán detenidos", ("no", "salvo")),
        ("não serão detidas sem ordem", "serão detidas", ("não", "sem")),
        ("tidak boleh tanpa izin", "", ("tidak", "tanpa")),
        ("tidak hanya perempuan kecuali anak", "", ("kecuali",)),
        ("không bị truy cứu, trừ khi", "bị truy cứu", ("không", "trừ khi")),
        ("не подлежат наказанию, кроме случаев", "подлежат", ("не", "кроме")),
        ("dürfen nicht ohne Grund", "dürfen", ("nicht", "ohne")),
        ("hindi dapat, maliban kung", "dapat", ("hindi", "maliban")),
        ("不得起诉未成年人", "起诉", ("不得",)),
        ("除非法律另有规定，未经同意不处罚", "处罚", ("除非", "未", "不")),
        ("不仅妇女，无论年龄，未来", "", ()),
        ("ต้องไม่ดำเนินคดี เว้นแต่", "ต้องดำเนินคดี", ("ไม่", "เว้นแต่")),
        ("処罰してはならない", "", ("ない",)),
        ("本人の同意を除き処罰しません", "", ("除き", "ません")),
        ("처벌하지 않는다", "처벌", ("않",)),
        ("لا يجوز بدون موافقة", "يجوز", ("لا", "بدون")),
        ("ولا يُعاقَب إلّا بقانون", "يعاقب", ("ولا", "إلا")),
        ("وليس للدولة", "للدولة", ("وليس",)),
    ],
)
def test_lost_negations_are_named_once_each(source: str, quoted: str, lost: tuple[str, ...]) -> None:
    assert lost_negations(source, quoted) == lost


def test_a_word_negates_in_its_own_language_only() -> None:
    assert lost_negations("no Brasil, não", language="pt-BR") == ("não",)
    assert lost_negations("living in sin, pas de deux", language="en") == ()
    assert lost_negations("le mai, non", language="it") == ("mai", "non")
    assert lost_negations("en mai, non", language="fr") == ("non",)
    assert lost_negations("no more sin") == ("no", "sin")
    assert lost_negations("ไม่ shall not", language="xx") == ("not", "ไม่")


@table(
    ("before", "negating"),
    [
        ("No ", ("No",)),
        ("States shall. No trafficked ", ("No",)),
        ("Not all of the ", ("Not",)),
        ("Except where ", ("Except",)),
        ("Unless the ", ("Unless",)),
        ("shall not, ", ("not",)),
        ("shall never, in any case, be ", ("never",)),
        ("States shall not:\n(a) ", ("not",)),
        ("It is not so. ", ()),
        ("not so; ", ()),
        ("without discrimination, ", ()),
        ("not among the parties to the said ", ()),
        ("not only ", ()),
        ("under resolution No. 5 ", ()),
        ("", ()),
        ("Aucun enfant ", ("Aucun",)),
        ("Sauf si ", ("Sauf",)),
        ("Los Estados no ", ("no",)),
        ("Os Estados não ", ("não",)),
        ("Anak tidak ", ("tidak",)),
        ("Kecuali jika ", ("Kecuali",)),
        ("Nạn nhân không ", ("không",)),
        ("Никто не ", ("Никто", "не")),
        ("Kein ", ("Kein",)),
        ("لا ", ("لا",)),
        ("ผู้เสียหายต้องไม่", ("ไม่",)),
        ("除非", ("除非",)),
        ("缔约国不得", ("不得",)),
        ("他不同意。缔约国", ()),
    ],
)
def test_a_negation_just_before_reaches_what_follows(before: str, negating: tuple[str, ...]) -> None:
    assert negations_before(before) == negating


@table(
    ("behind", "limiting"),
    [
        (", unless the law says so.", ("unless",)),
        (" except where they consent", ("except",)),
        (" save as provided", ("save as",)),
        (", but not to nationals", ("not",)),
        (" not be detained", ("not",)),
        (") other than nationals", ("other than",)),
        (". Unless", ()),
        (" without delay", ()),
        (" in accordance with law unless", ()),
        (" only to save the child", ()),
        (", sauf accord", ("sauf",)),
        (", à moins que", ("à moins que",)),
        (", salvo por ley", ("salvo",)),
        (", kecuali", ("kecuali",)),
        (" trừ khi", ("trừ khi",)),
        (", за исключением", ("за исключением",)),
        (" إلا بإذن", ("إلا",)),
        (" เว้นแต่", ("เว้นแต่",)),
        ("，除非法律", ("除非",)),
        ("，本国国民除外。", ("除外",)),
        ("してはならない。", ("ない",)),
        ("하지 않는다", ("않",)),
        ("。してはならない。", ()),
    ],
)
def test_words_just_behind_may_limit_what_precedes_them(behind: str, limiting: tuple[str, ...]) -> None:
    assert negations_behind(behind) == limiting


@pytest.mark.slow
def test_long_texts_take_no_time() -> None:
    text = "not a word, save the no. 5 à moins d " * 20_000
    assert len(lost_negations(text)) == 2
    assert negations_before(text) == ("à moins d",)
