"""The engine that `site.yaml` names: after the flag and the environment, before the built-in one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.engines.opensearch.opening import OpenSearchGenerations
from index.engines.registry import open_builder, open_engine, with_engine
from index.engines.site_engine import recorded, save_record
from index.engines.whoosh.engine import WhooshBuilder, WhooshGenerations
from kb.cli.main import main
from kb.curated.site_file import SITE_FILE
from kb.settings import Settings
from kb.site import Site
from tests.kb.folders import interchange

NODES = {"KB_OPENSEARCH_URL": "http://a.example:9200"}
NOT_NAMED = "KB_OPENSEARCH_URL: no cluster is named, but the engine is opensearch"


def content(folder: Path, site: str = "", *words: str) -> Path:
    """A content folder whose site file has the text `site`; without one if that is empty."""
    passages = ({"document": "d", "id": f"p{at}", "text": text} for at, text in enumerate(words, 1))
    interchange(folder, [{"id": "d", "title": "A document"}] if words else (), passages)
    if site:
        (folder / SITE_FILE).write_text(site, encoding="utf-8")
    return folder


def kb(index: Path, *arguments: str | Path, **environ: str) -> Result:
    unset = dict.fromkeys(("KB_ENGINE", "KB_OPENSEARCH_URL", "KB_CONTENT"), "")
    return CliRunner(env=unset | {"KB_INDEX": str(index)} | environ).invoke(main, list(map(str, arguments)))


def chosen(index: Path, *folders: Path, flag: str = "", building: bool = False, **environ: str) -> str:
    settings = Settings.read(folders, index, environ, engine=flag)
    return with_engine(settings, building=building).engine


@pytest.mark.parametrize("building", [True, False])
@pytest.mark.parametrize(
    ("flag", "environ", "site", "engine"),
    [
        ("", {}, "", "whoosh"),
        ("", {}, "title: A\n", "whoosh"),
        ("", {}, "engine: whoosh\n", "whoosh"),
        ("", {}, "engine: opensearch\n", "opensearch"),
        ("", {"KB_ENGINE": ""}, "engine: opensearch\n", "opensearch"),
        ("", {"KB_ENGINE": "whoosh"}, "engine: opensearch\n", "whoosh"),
        ("", {"KB_ENGINE": "opensearch"}, "engine: whoosh\n", "opensearch"),
        ("opensearch", {"KB_ENGINE": "whoosh"}, "engine: whoosh\n", "opensearch"),
        ("whoosh", {"KB_ENGINE": "opensearch"}, "engine: opensearch\n", "whoosh"),
        ("", NODES, "", "whoosh"),
    ],
)
def test_the_flag_goes_before_the_environment_and_that_before_the_site_file(
    tmp_path: Path, building: bool, flag: str, environ: dict[str, str], site: str, engine: str
) -> None:
    folder = content(tmp_path / "content", site)
    assert chosen(tmp_path / "index", folder, flag=flag, building=building, **environ) == engine


def test_of_several_folders_the_first_site_file_counts_even_if_it_names_none(tmp_path: Path) -> None:
    bare, named = content(tmp_path / "bare"), content(tmp_path / "named", "engine: opensearch\n")
    titled = content(tmp_path / "titled", "title: A\n")
    assert chosen(tmp_path, bare, named) == "opensearch"
    assert chosen(tmp_path, named, titled) == "opensearch"
    assert chosen(tmp_path, titled, named) == "whoosh"


def test_what_the_site_file_names_is_opened_and_built(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", "engine: opensearch\n")
    settings = Settings.read([folder], tmp_path / "index", NODES)
    assert isinstance(open_engine(settings)._generations, OpenSearchGenerations)
    assert not isinstance(open_builder(settings), WhooshBuilder)


@pytest.mark.parametrize(
    "command",
    [
        ["build"],
        ["serve"],
        ["search", "fees"],
        ["cite", "d/p1"],
        ["resolve", "art 3"],
        ["quote", "some words that were said"],
        ["verify", __file__],
    ],
    ids=lambda words: words[0],
)
def test_a_cluster_without_an_address_is_said_with_what_to_set(tmp_path: Path, command: list[str]) -> None:
    folder = content(tmp_path / "content", "engine: opensearch\n", "No fees.")
    result = kb(tmp_path / "index", *command, KB_CONTENT=str(folder))
    assert result.exit_code == 2
    assert NOT_NAMED in result.stderr
    assert "set this to the addresses of its nodes, as in https://search.example.org:9200" in result.stderr
    assert not (tmp_path / "index").exists()


ON_CLUSTER = (
    "this site searches an index in OpenSearch, not one in this folder; see the state of the cluster at "
    "/healthz of the running site"
)


def test_a_check_of_a_folder_says_that_the_site_searches_the_cluster(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", "engine: opensearch\n", "Workers pay no fees.")
    index = tmp_path / "index"
    missing = kb(index, "check", "--index", index, KB_CONTENT=str(folder))
    assert missing.exit_code == 1
    assert f"{index}: {ON_CLUSTER}" in missing.stderr
    assert "kb build" not in missing.stderr
    kb(index, "build", "--content", folder, "--engine", "whoosh")
    sound = kb(index, "check", "--index", index)
    assert sound.exit_code == 0, sound.output
    assert "every byte is as it was written" in sound.stdout
    assert f"{index}: {ON_CLUSTER}" in sound.stderr


def test_a_flag_takes_the_built_in_engine_although_the_site_names_the_cluster(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", "engine: opensearch\n", "Workers pay no fees.")
    index = tmp_path / "index"
    built = kb(index, "build", "--content", folder, "--engine", "whoosh")
    assert built.exit_code == 0, built.output
    assert "no fees" in kb(index, "search", "fees", KB_ENGINE="whoosh").stdout
    assert NOT_NAMED in kb(index, "search", "fees").stderr, (
        "the flag was for one run; the site has not changed"
    )


def test_an_index_is_opened_by_the_site_that_it_was_built_from_and_not_by_another(tmp_path: Path) -> None:
    ours = content(tmp_path / "ours", "engine: whoosh\n", "Workers pay no fees.")
    other = content(tmp_path / "other", "engine: opensearch\n", "Other words.")
    index = tmp_path / "index"
    assert kb(index, "build", "--content", ours).exit_code == 0
    for environ in ({}, {"KB_CONTENT": str(other)}):
        assert "no fees" in kb(index, "search", "fees", **environ).stdout
    assert chosen(tmp_path / "not built", other) == "opensearch"


def test_an_index_is_served_by_its_engine_until_the_next_build_and_stays_after_it(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", "title: A\n", "Workers pay no fees.")
    index = tmp_path / "index"
    assert kb(index, "build", "--content", folder).exit_code == 0
    before = {path.name for path in index.iterdir()}
    (folder / SITE_FILE).write_text("title: A\nengine: opensearch\n", encoding="utf-8")
    assert "no fees" in kb(index, "search", "fees", KB_CONTENT=str(folder)).stdout
    assert NOT_NAMED in kb(index, "build", "--content", folder).stderr
    assert "no fees" in kb(index, "search", "fees", KB_CONTENT=str(folder)).stdout
    save_record(index, Site(engine="opensearch"))  # as a build on a cluster does
    assert isinstance(open_engine(Settings.read((), index, NODES))._generations, OpenSearchGenerations)
    assert {path.name for path in index.iterdir()} == before
    (folder / SITE_FILE).write_text("title: A\nengine: whoosh\n", encoding="utf-8")
    back = kb(index, "build", "--content", folder)
    assert "1 unchanged" in back.stdout, "the index of before is built upon"
    assert "no fees" in kb(index, "search", "fees").stdout


def test_a_site_file_with_faults_is_refused_by_builds_and_stops_no_search(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", "title: A\n", "Workers pay no fees.")
    index = tmp_path / "index"
    assert kb(index, "build", "--content", folder).exit_code == 0
    (folder / SITE_FILE).write_text("engine: lucene\n", encoding="utf-8")
    for refused in (kb(index, "check", "--content", folder), kb(index, "build", "--content", folder)):
        assert refused.exit_code == 1
        said = "site.yaml:1: unknown engine “lucene”; write whoosh or opensearch"
        assert said in refused.output.replace("\n", " ")
    assert "no fees" in kb(index, "search", "fees", KB_CONTENT=str(folder)).stdout


@pytest.mark.parametrize("lost", [False, True])
def test_a_build_that_finds_nothing_changed_keeps_what_the_site_names(tmp_path: Path, lost: bool) -> None:
    folder = content(tmp_path / "content", "engine: opensearch\n", "Workers pay no fees.")
    index = tmp_path / "index"
    build = ("build", "--content", folder, "--engine", "whoosh")
    assert kb(index, *build).exit_code == 0
    assert recorded(index) == "opensearch"
    if lost:
        (index / "engine.json").unlink()
    again = kb(index, *build)
    assert "1 unchanged" in again.stdout
    assert recorded(index) == "opensearch"


def test_a_server_builds_a_missing_index_with_what_the_site_names_now(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", "engine: opensearch\n", "Workers pay no fees.")
    index = tmp_path / "index"
    save_record(index, Site(engine="whoosh"))
    assert NOT_NAMED in kb(index, "serve", KB_CONTENT=str(folder)).stderr


def test_what_is_built_counts_even_if_the_name_of_its_engine_cannot_be_left(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", "", "Workers pay no fees.")
    index = tmp_path / "index"
    (index / "engine.json").mkdir(parents=True)
    built = kb(index, "build", "--content", folder)
    assert built.exit_code == 0
    assert "cannot write the index (Is a directory)" in built.stderr
    assert "no fees" in kb(index, "search", "fees").stdout


def _text(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "make",
    [
        _text(""),
        _text("{"),
        _text('{"engine": "lucene"}'),
        _text('{"engine": []}'),
        _text("[]"),
        _text(f'{{"engine": "whoosh", "more": "{"x" * 1_000}"}}'),
        Path.mkdir,
        pytest.param(
            lambda path: os.mkfifo(path),
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here"),
        ),
    ],
)
def test_a_record_that_cannot_be_read_is_as_if_there_were_none(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    make(tmp_path / "engine.json")
    folder = content(tmp_path / "content", "engine: opensearch\n")
    assert recorded(tmp_path) is None
    assert chosen(tmp_path, folder) == "opensearch"


def test_a_record_is_written_once_and_replaced_when_the_site_names_another(tmp_path: Path) -> None:
    index = tmp_path / "new" / "index"
    save_record(index, Site(engine="opensearch"))
    first = (index / "engine.json").stat()
    save_record(index, Site(engine="opensearch"))
    assert (index / "engine.json").stat() == first
    save_record(index, Site())
    assert recorded(index) == "whoosh"
    assert isinstance(open_engine(Settings.read((), index, NODES))._generations, WhooshGenerations)
