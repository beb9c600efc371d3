from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from web.http import static_files
from web.http.style_sheet import LAYERS, joined

STYLES = static_files.ROOM / "static" / "styles"


def test_each_folder_is_a_layer_from_the_weakest_to_the_strongest(tmp_path: Path) -> None:
    for name in ("utilities", "components"):
        (tmp_path / name).mkdir()
    (tmp_path / "components" / "hits.css").write_text("/* a\nhit */\n\n.hit {\n  margin: 0;\n}\n")
    (tmp_path / "components" / "chips.css").write_text(".chips { gap: 0; }")
    (tmp_path / "utilities" / "unseen.css").write_text(".unseen { width: 1px; }")
    assert joined(tmp_path).decode().split("\n") == [
        "@layer reset,tokens,base,layout,components,utilities,print;",
        "@layer reset{}",
        "@layer tokens{}",
        "@layer base{}",
        "@layer layout{}",
        "@layer components{.chips { gap: 0; }",
        ".hit {",
        "margin: 0;",
        "}",
        "}",
        "@layer utilities{.unseen { width: 1px; }",
        "}",
        "@layer print{}",
        "",
    ]


def test_every_sheet_is_in_the_folder_of_a_layer() -> None:
    assert {path.relative_to(STYLES).parent.as_posix() for path in STYLES.rglob("*.css")} == set(LAYERS)


def test_the_site_sends_one_sheet_of_all_its_files(client: FlaskClient) -> None:
    sheet = client.get("/static/site.css").text
    assert sheet == joined(STYLES).decode()
    assert sheet.count("{") == sheet.count("}")
    assert client.get("/static/styles/tokens/tokens.css").status_code == 404
