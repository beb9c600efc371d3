"""The site returns the same pages and JSON on a cluster as on the built-in engine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.publishing.builder import OpenSearchBuilder
from kb.model import Collection
from tests.cluster.live import live_urls, new_site, open_site, remove_site
from tests.engines import open_engine
from tests.index.engines.opensearch.live.proxy import delayed
from web.app import create_app

pytestmark = [pytest.mark.live, pytest.mark.slow]

PASSAGE = "bali-process-symposium-2015/p8"
PAGES = [
    *("/", "/documents", "/instruments", "/glossary", "/help", "/about", "/matrix"),
    *("/search", "/search?q=victim+protection", "/search?q=extradtion", "/search?q=traffick*&page=2"),
    *('/search?q="mutual legal assistance"', "/search?q=victims+-smuggling&sort=document&per=50"),
    "/search?q=protection&group=document",
    *("/search?q=labour&theme=awareness-prevention&year=2015", "/search?q=nothingofthekind"),
    *(f"/passages/{PASSAGE}", f"/passages/{PASSAGE}.ris", f"/documents/{PASSAGE.split('/')[0]}"),
    *(f"/search/why?q=victim+protection&passage={PASSAGE}", "/themes/regional-cooperation"),
    *("/check?text=the need for greater assistance for and protection of victims", "/brief"),
]
JSON = [
    "/api/search?q=victim+protection",
    "/api/search?q=extradtion",
    "/api/suggest?q=mut",
]


@pytest.fixture(scope="module")
def sites(
    shipped_collection: Collection, shipped_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """The site on the built-in engine, and on a cluster."""
    cluster = new_site(live_urls())
    OpenSearchBuilder(cluster, tmp_path_factory.mktemp("sources")).build(shipped_collection)
    engines = open_engine(shipped_index), open_site(cluster)
    yield tuple(create_app(engine, budget=0).test_client() for engine in engines)  # type: ignore[misc]
    remove_site(cluster)


def plain(page: str) -> str:
    """A page without what belongs to its build."""
    page = re.sub(r"Last (change|updated).*?UTC", "", page)
    return re.sub(r'(?<=<dd class="code">)[\w-]+(?=</dd>)', "", page)


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_equal(sites: tuple[FlaskClient, FlaskClient], address: str) -> None:
    ours, theirs = (site.get(address) for site in sites)
    assert (theirs.status_code, theirs.mimetype) == (ours.status_code, ours.mimetype)
    assert plain(theirs.text) == plain(ours.text)


@pytest.mark.parametrize("address", JSON)
def test_answers_in_json_are_equal(sites: tuple[FlaskClient, FlaskClient], address: str) -> None:
    ours, theirs = (without_times(site.get(address).get_json()) for site in sites)
    assert theirs == ours


def without_times(answer: Any) -> Any:
    """An answer without what depends on its build, and without scores, which differ for long texts."""
    match answer:
        case dict():
            left_out = ("took_ms", "generation", "score")
            return {name: without_times(value) for name, value in answer.items() if name not in left_out}
        case list():
            return list(map(without_times, answer))
        case _:
            return answer


def test_without_any_node_what_was_opened_lately_is_read_and_cited(
    shipped_collection: Collection, tmp_path: Path
) -> None:
    urls = live_urls()
    cluster = new_site(urls)
    OpenSearchBuilder(cluster, tmp_path).build(shipped_collection)
    kept = ["/", "/documents", "/instruments", f"/passages/{PASSAGE}", f"/passages/{PASSAGE}.ris"]
    with delayed(urlsplit(urls[0]).port or 0, 0) as proxy:
        settings = replace(cluster.settings, urls=(proxy,))
        site = create_app(open_site(Cluster(settings)), budget=0).test_client()
        before = [site.get(address).text for address in kept]
    assert [site.get(address).text for address in kept] == before
    for address in ("/search?q=victims", "/api/search?q=victims"):
        answer = site.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "unavailable" in answer.text or "does not answer" in answer.text
    assert site.get("/healthz").status_code == 503
    remove_site(cluster)
