"""A first visit to results is light: the page and everything that it loads."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

MAX_BYTES = 40_000


def test_a_first_visit_to_results_is_under_40_kb_with_everything(client: FlaskClient) -> None:
    def size(address: str) -> int:
        return len(client.get(address, headers={"Accept-Encoding": "zstd"}, buffered=True).data)

    address = "/search?q=victims"
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get(address).text))
    assert {each.partition("?")[0] for each in loaded} >= {"/static/site.css", "/static/live.js"}
    assert size(address) + sum(map(size, loaded)) < MAX_BYTES
