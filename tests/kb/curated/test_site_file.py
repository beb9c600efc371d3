"""The site file: read, refused, written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.curated.site_file import MAX_TITLE_CHARS, SITE_FILE, read_site, site_files, write_site
from kb.site import ENGINES, HelpPanel, Site


def read(folder: Path, text: str) -> tuple[Site, list[str]]:
    path = folder / SITE_FILE
    path.write_text(text, encoding="utf-8")
    site, faults = read_site(path)
    return site, [f"{fault.line}: {fault}" for fault in faults]


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("", Site()),
        ("# nothing yet\n", Site()),
        ("title: Our  site\n", Site("Our site")),
        ("base_url: https://Example.org/kb/\n", Site("", "https://example.org/kb")),
        ('title: "Trafficking: a base"\nbase_url: ""\n', Site("Trafficking: a base")),
        ("sensitive_searches: no\n", Site(sensitive_searches=False)),
        ("sensitive_searches: yes\n", Site()),
        ("notes: mixed\n", Site(notes="mixed")),
        ("notes: after-sources\n", Site()),
        ("engine: opensearch\n", Site(engine="opensearch")),
        ("engine: whoosh\n", Site(engine="whoosh")),
        (
            "short_name: KB\nheadline: Look it up\nlead: Our  texts.\n",
            Site(short_name="KB", headline="Look it up", lead="Our texts."),
        ),
        ("examples: [fees, wages, fees]\n", Site(examples=("fees", "wages"))),
        ("examples: fees\n", Site(examples=("fees",))),
        ("contact: desk@kb.example.org\n", Site(contact="desk@kb.example.org")),
        ("contact: https://kb.example.org/us\n", Site(contact="https://kb.example.org/us")),
        ("help: {text: Ask  us.}\n", Site(help=HelpPanel("Ask us."))),
        ("languages: [en, fr]\n", Site(languages=("en", "fr"))),
        ("interface_languages: [en, th]\n", Site(interface_languages=("en", "th"))),
        ("selection: Only  treaties\n  that we read.\n", Site(selection="Only treaties that we read.")),
    ],
)
def test_a_site_has_a_title_and_a_base_url_or_neither(tmp_path: Path, text: str, site: Site) -> None:
    assert read(tmp_path, text) == (site, [])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "titel: Our site\n",
            1,
            "unknown key “titel”, perhaps “title”; use one of: title, short_name, base_url, headline, lead, "
            "examples, contact, languages, interface_languages, sensitive_searches, selection, source_pages, "
            "source_downloads, notes, engine, help",
        ),
        ("name: A\n", 1, "unknown key “name”, perhaps “title”; use"),
        ("title: A\nbase-url: https://a.example\n", 2, "unknown key “base-url”, perhaps “base_url”; use"),
        ("lead_sentence: A\n", 1, "unknown key “lead_sentence”"),
        ("help: call us\n", 1, "expected entries"),
        ("help:\n  hotline: 1\n", 2, "the help panel has no text"),
        (
            "help:\n  text: A\n  hotlin: 1\n",
            3,
            "unknown key “hotlin”, perhaps “hotline”; use one of: text, hotline",
        ),
        ("help:\n  text: A\n  email: us\n", 3, "“us” is not an e-mail address"),
        ("help:\n  text: A\n  leave: javascript:alert(1)\n", 3, "is not a web address"),
        ("help:\n  text: [a]\n", 2, "nested too deeply"),
        ("zzz: A\n", 1, "unknown key “zzz”; use one of: title, short_name"),
        (f"short_name: {'a' * 41}\n", 1, "“short_name” has 41 characters, at most 40 are allowed"),
        (f"headline: {'a' * 101}\n", 1, "“headline” has 101 characters, at most 100 are allowed"),
        (f"lead: {'a' * 301}\n", 1, "“lead” has 301 characters, at most 300 are allowed"),
        ("lead: [a]\n", 1, "“lead” takes a single value"),
        ("examples: [a, b, c, d, e, f, g]\n", 1, "“examples” has more than 6 values"),
        (f"examples: [a, {'b' * 81}]\n", 1, "“examples” has 81 characters, at most 80 are allowed"),
        ("examples: {a: b}\n", 1, "expected a list"),
        ("contact: us\n", 1, "“us” is neither an e-mail address nor a web address; write one"),
        ("contact: javascript:alert(1)@a.example\n", 1, "is neither an e-mail address nor a web address"),
        ("contact: ftp://a.example\n", 1, "is neither an e-mail address nor a web address"),
        ("languages: [en, klingonish]\n", 1, "klingonish"),
        ("title: A\nbase_url: kb.example.org\n", 2, "“kb.example.org” is not the address of a site"),
        ("base_url: https://kb.example.org/?q=a\n", 1, "is not the address of a site"),
        ("sensitive_searches: off\n", 1, "“sensitive_searches” must be yes or no, not “off”"),
        ("notes: first\n", 1, "unknown order of notes “first”; write after-sources or mixed"),
        ("notes:\n", 1, "unknown order of notes “”; write after-sources or mixed"),
        ("engine: lucene\n", 1, "unknown engine “lucene”; write whoosh or opensearch"),
        ("engine: OpenSearch\n", 1, "unknown engine “OpenSearch”; write whoosh or opensearch"),
        ("engine:\n", 1, "unknown engine “”; write whoosh or opensearch"),
        ("title: A\nengine: {opensearch: https://a.example}\n", 2, "“engine” takes a single value"),
        ("search_engine: whoosh\n", 1, "unknown key “search_engine”, perhaps “engine”; use"),
        ("opensearch_url: https://a.example:9200\n", 1, "unknown key “opensearch_url”"),
        ("title: [a, b]\n", 1, "“title” takes a single value"),
        ("title: A\ntitle: B\n", 2, "title"),
        (
            f"title: {'a' * (MAX_TITLE_CHARS + 1)}\n",
            1,
            "at most 200 are allowed",
        ),
        (f"selection: {'a' * 1_001}\n", 1, "“selection” has 1,001 characters, at most 1,000 are allowed"),
        ("- a\n", 1, "key"),
        ("title: [\n", 2, "invalid YAML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    site, (fault, *_) = read(tmp_path, text)
    assert site == Site()
    assert fault.startswith(f"{line}: ")
    assert words in fault


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("help:\n  text: https://u:hunter2@a.example/\n", "hunter2"),
        ("smtp_password: hunter2\n", "hunter2"),
        ("API-Key: abc\n", "abc"),
        ("title: A\nbase_url: https://kb:hunter2@kb.example.org\n", "hunter2"),
        ("lead: ghp_abcdefghijklmnopqrstuvwxyz0123456789\n", "ghp_"),
        ("contact: https://u:hunter2@a.example/\n", "hunter2"),
        ("engine: https://kb:hunter2@a.example:9200\n", "hunter2"),
        ("engine: opensearch\nopensearch_password: hunter2\n", "hunter2"),
        ("selection: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MIIEowIBAAKCAQEA\n", "MIIE"),
        ("examples: [fees, AKIAABCDEFGHIJKLMNOPQRST]\n", "AKIA"),
    ],
)
def test_a_secret_is_refused_and_not_repeated(tmp_path: Path, text: str, secret: str) -> None:
    site, (fault, *others) = read(tmp_path, text)
    assert (site, others) == (Site(), [])
    assert "looks like a password, token or key" in fault
    assert secret not in fault


@pytest.mark.parametrize("lead", ["Passports and other secrets of the trade", "Risk-based approaches: a key"])
def test_words_about_secrets_are_none(tmp_path: Path, lead: str) -> None:
    assert read(tmp_path, f'lead: "{lead}"\n') == (Site(lead=lead), [])


def test_a_file_that_is_not_text_is_one_fault(tmp_path: Path) -> None:
    (tmp_path / SITE_FILE).write_bytes(b"\xff")
    assert len(read_site(tmp_path / SITE_FILE)[1]) == 1


@pytest.mark.parametrize(
    "site",
    [
        Site(),
        Site("A: “b” # c", "https://example.org/kb"),
        Site("", "http://kb_web:8000"),
        Site("- "),
        Site("", "", False),
        Site(notes="mixed"),
        *(Site("A", engine=engine) for engine in ENGINES),
        Site(
            help=HelpPanel("In danger? Ask: us.", "1 (a: b)", "a@b.example", "1 Road", "https://a.example/")
        ),
        Site(help=HelpPanel("Ask.")),
        Site("A", lead="b: c", examples=('"a b"', "- c"), contact="a@b.example", languages=("en", "zh-Hant")),
    ],
)
def test_what_is_written_reads_back_the_same(tmp_path: Path, site: Site) -> None:
    write_site(site, tmp_path / SITE_FILE)
    assert read_site(tmp_path / SITE_FILE) == (replace(site, title=site.title.strip()), ())


def test_of_several_folders_those_with_a_file_are_named_in_their_order(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder in folders:
        folder.mkdir()
    for folder in (folders[2], folders[1]):
        (folder / SITE_FILE).touch()
    assert site_files(folders) == [folders[1] / SITE_FILE, folders[2] / SITE_FILE]
