"""Behind proxies: whose headers count, and what they may say."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from tests.engines import open_engine
from tests.tables import table
from web.app import create_app

PASSAGE = "/passages/bali-process-symposium-2015/p7"
FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "kb.example.org",
    "X-Forwarded-Prefix": "/kb",
}


def behind(index: Path, hops: int) -> FlaskClient:
    return create_app(open_engine(index), proxies=hops).test_client()


def permalink(client: FlaskClient, headers: dict[str, str], address: str = PASSAGE) -> str:
    answer = client.get(f"{address}.ris", headers=headers)
    assert answer.status_code == 200
    (line,) = (line for line in answer.text.splitlines() if line.startswith("UR"))
    return line.removeprefix("UR  - ")


def test_one_trusted_proxy_gives_scheme_host_and_prefix(shipped_index: Path) -> None:
    assert permalink(behind(shipped_index, 1), FORWARDED) == f"https://kb.example.org/kb{PASSAGE}"


def test_without_a_trusted_proxy_the_headers_are_ignored(client: FlaskClient) -> None:
    assert permalink(client, FORWARDED) == f"http://localhost{PASSAGE}"


def test_of_several_proxies_the_outermost_trusted_one_counts(shipped_index: Path) -> None:
    headers = {
        "X-Forwarded-Proto": "gopher, https, http",
        "X-Forwarded-Host": "forged.example, kb.example.org, inner_kb:8000",
    }
    assert permalink(behind(shipped_index, 2), headers) == f"https://kb.example.org{PASSAGE}"
    assert permalink(behind(shipped_index, 1), headers) == f"http://inner_kb:8000{PASSAGE}"


def test_the_usual_port_is_left_out(shipped_index: Path) -> None:
    client = behind(shipped_index, 1)
    for scheme, host, shown in (
        ("https", "kb.example:443", "kb.example"),
        ("http", "kb_web:80", "kb_web"),
        ("http", "kb.example:443", "kb.example:443"),
        ("https", "[::1]:443", "[::1]"),
    ):
        headers = {"X-Forwarded-Proto": scheme, "X-Forwarded-Host": host}
        assert permalink(client, headers) == f"{scheme}://{shown}{PASSAGE}"


@table(
    ("name", "value"),
    [
        ("Proto", "javascript"),
        ("Host", "kb.example/evil"),
        ("Host", "x'><script>"),
        ("Host", "localhost:65536"),
        ("Host", "[::1]:99999"),
        ("Prefix", "//evil.example"),
        ("Prefix", "kb"),
        ("Prefix", "/kb'><script>"),
        ("Prefix", "/k b"),
    ],
)
def test_what_is_no_scheme_host_or_prefix_is_refused(shipped_index: Path, name: str, value: str) -> None:
    response = behind(shipped_index, 1).get("/", headers={f"X-Forwarded-{name}": value})
    assert response.status_code == 400
    assert f'"{value}' not in response.text


def test_a_host_with_an_underscore_answers_everywhere(client: FlaskClient) -> None:
    host = {"Host": "kb_web:8000"}
    assert client.get("/", headers={"Host": "kb_web:65535"}).status_code == 200
    assert client.get("/", headers={"Host": "kb_web:99999"}).status_code == 400
    for address in ("/healthz", "/", "/search?q=victims", "/api/search?q=victims", PASSAGE):
        assert client.get(address, headers=host).status_code == 200
    assert permalink(client, host) == f"http://kb_web:8000{PASSAGE}"
    led = client.get(f"{PASSAGE}/", headers=host)
    assert (led.status_code, led.headers["Location"]) == (308, PASSAGE)
    doubled = PASSAGE.replace("/p7", "//p7")
    assert client.get(doubled, headers=host).headers["Location"] == PASSAGE
