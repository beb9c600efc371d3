"""`kb build`."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from index.cli.build import build


def test_of_several_site_files_the_build_says_which_counts(tmp_path: Path) -> None:
    options = []
    for name in ("first", "second", "third"):
        folder = tmp_path / name
        folder.mkdir()
        document = f'{{"id": "{name}", "title": "A document"}}\n'
        (folder / "documents.jsonl").write_text(document, encoding="utf-8")
        (folder / "site.yaml").write_text(f"title: {name}\n", encoding="utf-8")
        options += ["--content", str(folder)]
    said = CliRunner().invoke(build, [*options, "--index", str(tmp_path / "index")])
    assert said.exit_code == 0, said.output
    ignored = f"{tmp_path}/second/site.yaml, {tmp_path}/third/site.yaml"
    expected = f"{tmp_path}/first/site.yaml counts; those in later folders do not: {ignored}.\n"
    assert said.stderr.startswith(expected)
