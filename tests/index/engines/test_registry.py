"""The engine is chosen by a setting or a flag."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from index.cli.build import build
from index.engines.opensearch.opening import OpenSearchGenerations
from index.engines.opensearch.publishing.builder import OpenSearchBuilder
from index.engines.registry import index_place, open_builder, open_engine
from index.engines.whoosh.engine import WhooshBuilder
from kb.errors import BadRequest
from kb.settings import Settings


def settings(folder: Path, **environ: str) -> Settings:
    return Settings.read(index=folder, environ=environ)


def test_the_built_in_engine_searches_where_none_is_named(tmp_path: Path) -> None:
    for environ in ({}, {"KB_ENGINE": "whoosh"}, {"KB_OPENSEARCH_URL": "http://a:9200"}):
        chosen = settings(tmp_path, **environ)
        assert isinstance(open_builder(chosen), WhooshBuilder)
        assert index_place(chosen) == str(tmp_path)


def test_opensearch_searches_where_it_is_named_and_asks_nothing_until_it_is_asked(tmp_path: Path) -> None:
    chosen = settings(tmp_path, KB_ENGINE="opensearch", KB_OPENSEARCH_URL="http://a.example:9200")
    assert isinstance(open_builder(chosen), OpenSearchBuilder)
    assert isinstance(open_engine(chosen)._generations, OpenSearchGenerations)
    assert index_place(chosen) == "http://a.example:9200"


def test_an_engine_or_a_cluster_that_cannot_be_meant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="unknown engine “lucene”; write whoosh or opensearch"):
        open_engine(settings(tmp_path, KB_ENGINE="lucene"))
    with pytest.raises(BadRequest, match="KB_OPENSEARCH_URL: no cluster is named"):
        open_engine(settings(tmp_path, KB_ENGINE="opensearch"))


def test_a_flag_goes_before_the_environment(tmp_path: Path) -> None:
    environ = {"KB_ENGINE": "whoosh", "KB_OPENSEARCH_URL": "http://a:9200"}
    chosen = Settings.read(index=tmp_path, environ=environ, engine="opensearch", cluster="http://b:1")
    assert (chosen.engine, chosen.cluster) == ("opensearch", "http://b:1")
    refused = CliRunner().invoke(build, ["--engine", "lucene"])
    assert refused.exit_code == 2
    assert "whoosh" in refused.output
