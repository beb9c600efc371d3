"""What a reader selects in passages comes back as a quotation with its citation."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Collection
from kb.quoting.verbatim import is_verbatim
from tests.tables import table

COMMUNIQUE = "bali-process-symposium-2015"
P4 = f"/api/passages/{COMMUNIQUE}/p4/quote"


def quoted(client: FlaskClient, address: str, **asked: str | int) -> dict[str, str]:
    answer = client.get(address, query_string=asked)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    made: dict[str, str] = answer.get_json()
    return made


def test_selected_words_come_with_their_citation_as_text_and_as_html(client: FlaskClient) -> None:
    made = quoted(client, P4, words="awareness-raising in  supporting prevention", style="apa")
    assert made["words"] == "awareness-raising in supporting prevention"
    assert made["pinpoint"] == "para. 4"
    assert made["text"].startswith("“awareness-raising in supporting prevention”\n\n(")
    assert made["text"].endswith(made["citation"])
    assert re.fullmatch(
        r'<p dir="auto" lang="en">“awareness.*”</p>\s<p dir="auto">.*</p>', made["html"], re.S
    )
    assert re.fullmatch(rf"{COMMUNIQUE}/p4:4-7@[0-9a-f]{{12}}", made["reference"])
    assert client.get(f"/brief?p={made['reference']}").status_code == 200
    assert client.get(made["url"]).status_code == 200


def test_the_style_is_the_one_chosen_before(client: FlaskClient) -> None:
    client.get(f"/passages/{COMMUNIQUE}/p4?style=mla&remember=1")
    answer = client.get(P4, query_string={"words": "prevention"})
    assert answer.get_json()["style"] == "mla"
    assert "Cookie" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "private, no-store"


@given(st.data())
def test_any_two_places_give_words_that_are_verbatim(
    client: FlaskClient, shipped: Collection, data: st.DataObject
) -> None:
    passage = data.draw(st.sampled_from(list(shipped.all_passages())))
    most = len("".join(passage.text.split()))
    begin = data.draw(st.integers(0, most - 1))
    end = data.draw(st.integers(begin + 1, most))
    address = f"/api/passages/{passage.document}/{passage.id}/quote"
    made = quoted(client, address, **{"from": begin, "to": end})
    assert is_verbatim(made["words"], passage.text)
    selected = "".join(passage.text.split())[begin:end]
    assert letters(selected) in letters(made["words"])
    assert made["words"] in passage.text


def letters(words: str) -> str:
    """Without punctuation, which a quotation of these words may have at its edges or not."""
    return "".join(filter(str.isalnum, words))


def test_words_over_passages_are_counted_from_the_first_and_the_last(
    client: FlaskClient, shipped: Collection
) -> None:
    first, _, last = shipped.passages[COMMUNIQUE][3:6]
    address = f"/api/passages/{COMMUNIQUE}/p4..p6/quote"
    made = quoted(client, address, **{"from": len("".join(first.text.split())) - 3, "to": 3})
    assert made["words"].startswith(first.text.split()[-1])
    assert made["words"].endswith(last.text.split()[0])
    assert made["pinpoint"] == "paras 4–6"
    assert f"{COMMUNIQUE}/p4..p6:" in made["reference"]
    left_out = quoted(client, address, words=f"{first.text[:20]} ... {last.text[-30:]}")
    assert " … " in left_out["words"]


@table(
    ("query", "why"),
    [
        ("", "it is unclear which words are meant"),
        ("words=", "it is unclear which words are meant"),
        ("from=3", "it is unclear which words are meant"),
        ("words=need&from=3&to=4", "it is unclear which words are meant"),
        ("from=4&to=4", "does not have the words “4-4”"),
        ("from=9&to=4", "does not have the words"),
        ("from=0&to=99999", "does not have the words"),
        ("from=-1&to=4", "is not a valid number"),
        ("from=%D9%A3&to=4", "is not a valid number"),
        ("from=1e3&to=4", "is not a valid number"),
        ("words=never+said", "does not have the words “never said”"),
        ("words=%3Cscript%3E", "does not have the words “<script>”"),
        ("words=" + "a" * 3_001, "the limit is 3,000"),
        ("words=importance&style=nonsense", "unknown citation style"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(client: FlaskClient, query: str, why: str) -> None:
    answer = client.get(f"{P4}?{query}")
    assert answer.status_code == 400
    assert why in answer.get_json()["error"]


def test_what_is_not_there_says_what_became_of_it(samples: FlaskClient) -> None:
    for id, status in {"p0": 308, "p9": 410, "p20": 503, "p99": 404, "p1..p99": 404}.items():
        assert samples.get(f"/api/passages/plan/{id}/quote?from=0&to=2").status_code == status, id
