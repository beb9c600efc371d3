from __future__ import annotations

from pathlib import Path

from web.http import scripts, static_files

FOLDER = static_files.ROOM / "static"


def test_a_script_is_served_without_its_comments(tmp_path: Path) -> None:
    for name in ("keys", "typeahead", "brief", "sheet", "places", "live", "leave"):
        (tmp_path / f"{name}.js").write_text(f'const name = "{name}";\n')
    (tmp_path / "words.js").write_text('// Links.\nconst at = "https://a"; // not ours\n  // more\n')
    made = scripts.scripts(tmp_path)
    assert made["words.js"] == b'const at = "https://a"; // not ours\n'
    assert made["results.js"].startswith(b'{\nconst name = "sheet";\n}\n{\nconst name = "places";\n}\n')
    assert set(made) == {"words.js", "site.js", "results.js"}


def test_a_script_that_says_something_has_the_functions_for_it(tmp_path: Path) -> None:
    for name in ("keys", "typeahead", "brief", "sheet", "places", "live", "leave"):
        (tmp_path / f"{name}.js").write_text("" if name == "keys" else f'say(_("{name}"));\n')
    (tmp_path / "translated.js").write_text("function _() {}\n")
    (tmp_path / "words.js").write_text("const at = parts.map((_, place) => place);\n")
    made = scripts.scripts(tmp_path)
    assert made["site.js"].count(b"function _") == 1
    assert made["words.js"] == b"const at = parts.map((_, place) => place);\n"
    assert "translated.js" not in made


def test_only_modules_are_joined() -> None:
    """A script that is no module shares its names with the others of its page."""
    pages = "".join(path.read_text(encoding="utf-8") for path in (FOLDER.parent / "templates").glob("*.html"))
    for name in ("site.js", "results.js"):
        assert f'static(\'{name}\') }}}}" type="module"' in pages
