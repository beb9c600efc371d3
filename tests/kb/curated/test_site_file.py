"""The site file: read, refused, written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.curated.site_file import MAX_TITLE_CHARS, SITE_FILE, read_site, site_files, write_site
from kb.site import Site


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
            "unknown key “titel”; use one of: title, base_url, sensitive_searches, selection, source_pages, "
            "source_downloads, notes",
        ),
        ("title: A\nbase_url: kb.example.org\n", 2, "“kb.example.org” is not the address of a site"),
        ("base_url: https://kb.example.org/?q=a\n", 1, "is not the address of a site"),
        ("sensitive_searches: off\n", 1, "“sensitive_searches” is yes or no, not “off”"),
        ("notes: first\n", 1, "unknown order of notes “first”; write after-sources or mixed"),
        ("notes:\n", 1, "unknown order of notes “”; write after-sources or mixed"),
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
