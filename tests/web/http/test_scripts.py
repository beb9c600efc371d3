from __future__ import annotations

import re
from pathlib import Path

from web.http import scripts, static_files

FOLDER = static_files.ROOM / "static"


def test_a_script_is_served_without_its_comments(tmp_path: Path) -> None:
    parts = ("keys", "typeahead", "brief", "sheet", "places", "live", "leave", "start", "translated")
    for name in parts:
        (tmp_path / f"{name}.js").write_text(f'const name = "{name}";\n')
    (tmp_path / "words.js").write_text('// Links.\nconst at = "https://a"; // not ours\n  // more\n')
    made = scripts.scripts(tmp_path)
    assert made["words.js"] == b'const at = "https://a"; // not ours\n'
    assert made["results.js"].startswith(b'{\nconst name = "sheet";\n}\n{\nconst name = "places";\n}\n')
    assert set(made) == {"words.js", "site.js", "results.js", "start.js"}


def test_the_first_script_of_a_page_has_the_functions_that_the_others_say_their_texts_with() -> None:
    made = scripts.scripts(FOLDER)
    assert b"function ngettext(" in made["start.js"]
    assert "translated.js" not in made
    pages = (FOLDER.parent / "templates" / "base.html").read_text(encoding="utf-8")
    first = re.findall(r"<script src=\"{{ static\('(\S+)'\) }}\"[^>]*>", pages)[0]
    assert first == "start.js"


def test_only_modules_are_joined() -> None:
    """A script that is no module shares its names with the others of its page."""
    pages = "".join(path.read_text(encoding="utf-8") for path in (FOLDER.parent / "templates").glob("*.html"))
    for name in ("site.js", "results.js"):
        assert f'static(\'{name}\') }}}}" type="module"' in pages
