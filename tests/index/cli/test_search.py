from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.main import main


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "documents.jsonl").write_text(
        '{"id": "treaty", "title": "A treaty", "kind": "treaty", "date": "2001"}\n'
        '{"id": "old", "title": "An old treaty", "status": "superseded", "superseded_by": "treaty"}\n',
        encoding="utf-8",
    )
    write(folder, "Extradition of offenders. <b>Bold</b> [red]claims[/red].", "Victims’ rights")
    return folder


def write(folder: Path, *texts: str) -> None:
    lines = [
        json.dumps({"document": "treaty", "id": f"a{n}", "locator": f"art {n}", "text": text})
        for n, text in enumerate(texts, start=1)
    ]
    lines.append(json.dumps({"document": "old", "id": "a1", "text": "Extradition of old"}))
    (folder / "passages.jsonl").write_text("\n".join(lines), encoding="utf-8")


def kb(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_build_says_what_it_did_and_where(content: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = kb("build", "--content", content, "--index", index)
    assert first.exit_code == 0
    assert "2 documents added, 0 changed, 0 removed, 0 unchanged; 3 passages" in first.stdout
    assert f"Index: {index}" in first.stdout
    again = kb("build", "--content", content, "--index", index)
    assert "0 added" not in again.stdout
    assert "2 unchanged" in again.stdout
    assert "Nothing new" in again.stdout
    write(content, "Entirely other words")
    assert "0 documents added, 1 changed" in kb("build", "--content", content, "--index", index).stdout


def test_refused_content_is_listed_and_nothing_is_built(content: Path, tmp_path: Path) -> None:
    (content / "passages.jsonl").write_text(
        '{"document": "nowhere", "id": "p1", "text": "x"}\n', encoding="utf-8"
    )
    refused = kb("build", "--content", content, "--index", tmp_path / "index")
    assert refused.exit_code == 1
    assert "passages.jsonl:1:" in refused.output
    assert not (tmp_path / "index").exists()


@pytest.fixture
def index(content: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    assert kb("build", "--content", content, "--index", folder).exit_code == 0
    return folder


def test_a_search_prints_hits_with_their_address_and_words(index: Path) -> None:
    answer = kb("search", "--index", index, "extradition")
    assert answer.exit_code == 0
    assert "1 passage in 1 document" in answer.stdout
    assert "treaty/a1  treaty · A treaty · art 1 · 2001" in answer.stdout
    assert "Extradition of offenders. <b>Bold</b> [red]claims[/red]." in answer.stdout
    assert "Not shown: 1 passage from superseded or withdrawn documents" in answer.stdout


def test_several_words_are_one_query_and_a_hit_in_the_heading_says_so(index: Path) -> None:
    assert "treaty/a2" in kb("search", "--index", index, "victims", "rights").stdout
    assert "Found because: the locator says “art 2”" in kb("search", "--index", index, "art", "2").stdout


def test_why_says_under_each_hit_what_was_found_and_what_its_score_is_made_of(index: Path) -> None:
    lines = kb("search", "--index", index, "--why", "offender", "bold", "xyzzy").stdout.splitlines()
    assert "  offender: “offenders” (another form of the word, in the text)" in lines
    assert "  bold: “Bold” (as typed, in the text)" in lines
    assert "  xyzzy: not in this passage" in lines
    (score,) = [line for line in lines if line.startswith("  score ")]
    total, *parts = re.findall(r"\d+\.\d\d", score)
    assert sum(int(part.replace(".", "")) for part in parts) == int(total.replace(".", ""))
    assert "the words, " in score
    assert "score" not in kb("search", "--index", index, "offender").stdout


def test_why_is_part_of_the_json(index: Path) -> None:
    data = json.loads(kb("search", "--index", index, "--json", "--why", "offender", "art").stdout)
    hit = next(hit for hit in data["hits"] if hit["passage"] == "a1")
    assert hit["why"]["matched"] == "all"
    assert hit["why"]["sought"][0] == {
        "text": "offender",
        "sightings": [{"form": "offenders", "count": 1, "how": "form", "place": "text"}],
        "beside": "",
    }
    assert sum(part["points"] for part in hit["why"]["parts"]) == pytest.approx(hit["score"], abs=1e-5)


def test_a_search_without_words_has_nothing_to_explain(index: Path) -> None:
    assert "score" not in kb("search", "--index", index, "--why", "").stdout


def test_a_search_without_hits_ends_well_and_says_what_stands_nowhere(index: Path) -> None:
    answer = kb("search", "--index", index, "xyzzy AND extradition (")
    assert answer.exit_code == 0
    assert "No passages found" in answer.stdout
    assert "Not found anywhere: xyzzy" in answer.stdout
    assert "has no matching" in answer.stdout


def test_a_misspelt_search_is_told_what_may_have_been_meant(index: Path) -> None:
    assert (
        "Did you mean: extradition OR victims\n"
        in kb("search", "--index", index, "extradtion OR victims").stdout
    )
    assert "Did you mean" not in kb("search", "--index", index, "extradition").stdout


def test_what_was_searched_instead_is_said_once(index: Path) -> None:
    printed = kb("search", "--index", index, "extradtion").stdout
    assert "No results for “extradtion”; showing results for “extradition” instead." in printed
    assert "Did you mean" not in printed


def test_passages_with_some_of_the_words_are_counted_and_listed_apart(content: Path, index: Path) -> None:
    write(content, "Rights of victims", "Victims", "Rights")
    assert kb("build", "--content", content, "--index", index).exit_code == 0
    printed = kb("search", "--index", index, "victims", "rights").stdout
    assert "1 passage with all the words, 2 passages with some, in 1 document" in printed
    before, divider, behind = printed.partition("\nWith some of the words: 2 passages\n")
    assert divider
    assert "treaty/a1" in before
    assert "treaty/a2" in behind
    assert "treaty/a3" in behind


def test_where_no_passage_has_all_the_words_it_is_said(content: Path, index: Path) -> None:
    printed = kb("search", "--index", index, "victims xyzzy").stdout
    assert printed.startswith("No passage has all the words; 1 passage has some of them, in 1 document\n")
    assert "Not found anywhere: xyzzy" in printed
    assert "With some of the words:" not in printed


def test_related_terms_are_named_and_can_be_left_out(content: Path, index: Path) -> None:
    write(content, "Victims", "Survivors")
    assert kb("build", "--content", content, "--index", index).exit_code == 0
    printed = kb("search", "--index", index, "victim").stdout
    assert "2 passages in 1 document\nAlso searched: survivor (--no-expand searches only" in printed
    only = kb("search", "--index", index, "--no-expand", "victim").stdout
    assert "1 passage in 1 document\n" in only
    assert "Also searched" not in only
    with_terms = json.loads(kb("search", "--index", index, "--json", "victim").stdout)
    assert with_terms["expansions"] == ["survivor"]
    without = json.loads(kb("search", "--index", index, "--json", "--no-expand", "victim").stdout)
    assert (without["expansions"], without["total"]) == ([], 1)


def test_as_many_hits_are_shown_as_are_asked_for(content: Path, index: Path) -> None:
    write(content, *(f"Victim {n}" for n in range(30)))
    assert kb("build", "--content", content, "--index", index).exit_code == 0
    for limit in (1, 10, 26):
        printed = kb("search", "--index", index, "--limit", limit, "victim").stdout
        assert printed.count("treaty/a") == limit


def test_json_is_all_there_is_on_standard_output(index: Path) -> None:
    answer = kb("search", "--index", index, "--json", "--limit", 1, "extradition OR victims")
    data = json.loads(answer.stdout)
    assert set(data) == {
        "query", "total", "total_some", "took_ms", "generation", "hits", "facets", "suggestions",
        "expansions", "notices", "years", "cut", "instruments", "corrected", "missing", "set_aside",
        "ways_out", "total_sources", "total_notes", "summary", "help",
    }  # fmt: skip
    assert data["total"] == 2
    (hit,) = data["hits"]
    assert set(hit) == {
        "document", "passage", "locator", "title", "kind", "heading", "themes", "text", "snippet", "score",
        "matched", "fingerprint", "url", "unit", "page", "page_end",
        "ocr",
    }  # fmt: skip
    start, end = hit["snippet"]["ranges"][0]
    assert hit["snippet"]["text"][start:end] in ("Extradition", "Victims")
    assert hit["url"] == f"/passages/treaty/{hit['passage']}"
    assert data["years"] == [[2001, 2]]
    assert data["facets"]["kind"] == [
        {"value": "treaty", "label": "Treaty", "count": 2, "selected": False},
    ]


def test_a_theme_chooses_and_an_impossible_one_is_a_usage_error(index: Path) -> None:
    assert "No passages found" in kb("search", "--index", index, "--theme", "none", "victims").stdout
    wrong = kb("search", "--index", index, "--theme", "a/b/c", "victims")
    assert wrong.exit_code == 2
    assert "theme: “a/b/c” is not a theme" in wrong.stderr


def test_without_an_index_one_line_says_how_to_make_one(tmp_path: Path) -> None:
    answer = kb("search", "--index", tmp_path / "none", "victims")
    assert answer.exit_code == 1
    assert "kb build" in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_query_that_is_too_long_is_refused(index: Path) -> None:
    assert kb("search", "--index", index, "a" * 10_001).exit_code == 2


def test_bytes_that_are_no_text_are_searched_all_the_same(index: Path) -> None:
    assert kb("search", "--index", index, "victims \udcff").exit_code == 0


def test_a_language_is_a_filter(content: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    kb("build", "--content", content, "--index", index)
    untold = json.loads(kb("search", "extradition", "--language", "und", "--json", "--index", index).stdout)
    assert [hit["document"] for hit in untold["hits"]] == ["treaty"]
    assert (
        json.loads(kb("search", "extradition", "--language", "th", "--json", "--index", index).stdout)["hits"]
        == []
    )
    refused = kb("search", "extradition", "--language", "th_TH", "--index", index)
    assert refused.exit_code == 2
    assert "“th_TH” is not a language tag" in refused.stderr
