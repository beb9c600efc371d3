"""The settings of the cluster, and what of them must never be shown."""

from __future__ import annotations

import pytest

from index.engines.opensearch.connection.settings import ClusterSettings
from kb.errors import BadRequest

SECRETS = {
    "KB_OPENSEARCH_PASSWORD": "open-sesame",
    "KB_OPENSEARCH_API_KEY": "k3y",
    "KB_OPENSEARCH_USER": "eve",
}


def test_the_environment_names_nodes_and_a_flag_overrides_it() -> None:
    environ = {"KB_OPENSEARCH_URL": "http://a:9200, https://b.example.org", "KB_OPENSEARCH_SITE": "unhrd"}
    settings = ClusterSettings.read(environ=environ)
    assert settings.urls == ("http://a:9200", "https://b.example.org")
    assert settings.alias == "kb-unhrd"
    assert ClusterSettings.read("http://c:1", environ).urls == ("http://c:1",)
    assert ClusterSettings.read("http://c:1", {}).alias == "kb-main"


def test_secrets_are_in_no_text_made_of_the_settings() -> None:
    settings = ClusterSettings.read("http://a:9200", SECRETS)
    assert settings.password == "open-sesame"  # noqa: S105
    assert not any(secret in f"{settings} {settings!r}" for secret in SECRETS.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", ""),
        ("URL", "a:9200"),
        ("URL", "ftp://a"),
        ("URL", "http://:9200"),
        ("URL", "http://a:99999"),
        ("URL", "http://eve:open-sesame@a:9200"),
        ("URL", "http://a:9200 https://open-sesame@b"),
        ("SITE", "UNHRD"),
        ("SITE", "a-b"),
        ("SITE", "../x"),
        ("SHARDS", "0"),
        ("SHARDS", "many"),
        ("SHARDS", "99999"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_without_repeating_a_secret(name: str, value: str) -> None:
    environ = {"KB_OPENSEARCH_URL": "http://a:9200", f"KB_OPENSEARCH_{name}": value}
    with pytest.raises(BadRequest) as refused:
        ClusterSettings.read(environ=environ)
    assert refused.value.parameter == f"KB_OPENSEARCH_{name}"
    assert "sesame" not in str(refused.value)
