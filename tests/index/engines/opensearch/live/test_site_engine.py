"""A site whose `site.yaml` names the cluster: built, and then opened without its content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.engines.opensearch.connection.client import Cluster
from kb.cli.main import main
from tests.cluster.live import live_urls, new_site, remove_site
from tests.kb.folders import interchange

pytestmark = pytest.mark.live


@pytest.fixture
def site() -> Iterator[Cluster]:
    cluster = new_site(live_urls())
    yield cluster
    remove_site(cluster)


def test_a_collection_moves_to_the_cluster_and_its_old_index_stays(tmp_path: Path, site: Cluster) -> None:
    index, folder = (
        tmp_path / "index",
        interchange(tmp_path / "content", [{"id": "d", "title": "A document"}]),
    )
    passages = folder / "passages.jsonl"
    environ = {
        "KB_OPENSEARCH_URL": " ".join(site.settings.urls),
        "KB_OPENSEARCH_SITE": site.settings.site,
        "KB_OPENSEARCH_SHARDS": "1",
        "KB_INDEX": str(index),
    }

    def kb(*arguments: str | Path) -> str:
        result = CliRunner(env=environ).invoke(main, list(map(str, arguments)))
        assert result.exit_code == 0, result.output
        return result.stdout

    passages.write_text('{"document": "d", "id": "p1", "text": "Workers pay no fees."}\n', encoding="utf-8")
    assert str(index) in kb("build", "--content", folder)
    passages.write_text(
        '{"document": "d", "id": "p1", "text": "Recruiters pay all fees."}\n', encoding="utf-8"
    )
    (folder / "site.yaml").write_text("engine: opensearch\n", encoding="utf-8")
    assert "no fees" in kb("search", "fees"), "until it is built again"
    assert site.settings.urls[0] in kb("build", "--content", folder)
    assert "all fees" in kb("search", "fees")
    assert "all fees" in kb("cite", "d/p1", "--format", "markdown")
    (folder / "site.yaml").unlink()
    assert len([*index.glob("generation-*.toc")]) == 1
    assert str(index) in kb("build", "--content", folder)
    assert "all fees" in kb("search", "fees")
    assert len([*index.glob("generation-*.toc")]) == 2
