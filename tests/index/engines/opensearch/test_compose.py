"""The compose file is valid YAML, its nodes form one cluster, and it contains no secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

import index.engines.opensearch as engine
from index.engines.opensearch.connection.settings import ClusterSettings
from index.engines.opensearch.mapping import MAX_TERMS_IN_QUERY

FILE = Path(engine.__file__).parent / "compose.yaml"
COMPOSE: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
NODES = {name: one for name, one in COMPOSE["services"].items() if name != "site"}


def test_three_nodes_know_each_other_and_allow_as_many_clauses_as_a_query_may_have() -> None:
    assert len(NODES) == 3
    for name, node in NODES.items():
        settings = node["environment"]
        assert settings["node.name"] == name
        for setting in ("discovery.seed_hosts", "cluster.initial_cluster_manager_nodes"):
            assert settings[setting].split(",") == list(NODES)
        assert int(settings["indices.query.bool.max_clause_count"]) == MAX_TERMS_IN_QUERY
        assert settings["plugins.security.ssl.http.pemcert_filepath"] == f"certs/{name}.pem"


def test_the_site_names_the_nodes_and_secrets_come_from_the_environment() -> None:
    environ = COMPOSE["services"]["site"]["environment"]
    urls = ClusterSettings.read(environ=environ).urls
    assert [urlsplit(url).hostname for url in urls] == [*NODES]
    for service in COMPOSE["services"].values():
        secrets = [value for name, value in service["environment"].items() if "PASSWORD" in name]
        assert secrets
        assert all(secret.startswith("${") and ":?" in secret for secret in secrets)


def test_every_volume_that_is_mounted_is_named() -> None:
    mounted = {
        volume.split(":")[0] for service in COMPOSE["services"].values() for volume in service["volumes"]
    }
    assert {name for name in mounted if not name.startswith(".")} == set(COMPOSE["volumes"])
