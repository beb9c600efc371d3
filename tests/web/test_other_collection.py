"""A collection on another subject: nothing that readers see mentions the shipped one."""

from __future__ import annotations

import re
from collections import deque
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from kb.cli.main import main
from tests.engines import open_engine
from tests.web.dom import attributes, one, parsed, said, texts
from web.app import create_app

SHIPPED = re.compile(r"(?i)traffick|in persons")
SUBJECT_OF_THESAURUS = ("/glossary", "/instruments")
"""Pages of the thesaurus that `kb init` copies from the shipped content, for editors to change."""

MAX_PAGES = 36
NOTE = "/passages/prevention/introduction"
OF_A_NOTE = [NOTE, *(NOTE + end for end in (".ris", ".bib", ".json", ".txt", ".md", "/cite?format=html"))]


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """What `kb init` makes, introduced in words of its own."""
    folder, index = tmp_path_factory.mktemp("made") / "ours", tmp_path_factory.mktemp("index")
    run("init", folder, "--title", "Harbour rules")
    own = (
        "short_name: Harbours\nheadline: What a port may ask\nlead: By-laws of ports.\n"
        "examples: [pilotage, '\"port dues\"']\ncontact: desk@harbour.example\nlanguages: [en, nl]\n"
    )
    site = folder / "site.yaml"
    site.write_text(site.read_text() + own)
    run("build", "--content", folder, "--index", index)
    return create_app(open_engine(index), budget=0).test_client()


@pytest.mark.slow
def test_no_page_export_or_citation_names_the_shipped_collection_or_its_subject(starter: FlaskClient) -> None:
    waiting = deque(["/", "/nothing", "/api/search?q=workers", "/search.csv?q=workers", *OF_A_NOTE])
    seen: set[str] = set()
    while waiting and len(seen) < MAX_PAGES:
        address = waiting.popleft()
        answer = starter.get(address)
        seen.add(address)
        assert not SHIPPED.search(answer.text), (address, SHIPPED.findall(answer.text))
        if answer.mimetype == "text/html":
            found = attributes(parsed(answer.text), "a[href^='/']", "href")
            paths = {each.partition("#")[0] for each in found if each}
            waiting.extend(sorted(paths - seen - set(waiting) - set(SUBJECT_OF_THESAURUS)))
    kinds = ("/themes/", "/passages/", "/documents/", "/brief", "/about", "/help", "/check", "/matrix")
    assert all(any(kind in address for address in seen) for kind in kinds), sorted(seen)


def test_the_home_page_introduces_the_collection_in_its_own_words(starter: FlaskClient) -> None:
    home = parsed(starter.get("/").text)
    assert said(one(home, "a.brand")) == "Harbours"
    assert said(one(home, "title")).endswith("– Harbour rules")
    assert said(one(home, "h1")) == "What a port may ask"
    assert said(one(home, "p.lead")).startswith("By-laws of ports. Every passage")
    assert texts(home, "p.try a")[:2] == ["pilotage", '"port dues"']
    assert one(home, "input[name='q']").get("placeholder") == "For example: pilotage"
    assert said(one(parsed(starter.get("/nothing").text), "a.brand")) == "Harbours"
    assert one(home, "footer a[href^='mailto']").get("href") == "mailto:desk@harbour.example"


def test_the_collection_says_so_in_json_too(starter: FlaskClient) -> None:
    said_of_it = starter.get("/api").get_json()
    assert said_of_it["lead"] == "By-laws of ports."
    assert (said_of_it["contact"], said_of_it["languages"]) == ("desk@harbour.example", ["en", "nl"])
    assert "English, Dutch" in starter.get("/about").text


def run(*arguments: str | Path) -> None:
    done = CliRunner().invoke(main, [str(one) for one in arguments])
    assert done.exit_code == 0, done.output
