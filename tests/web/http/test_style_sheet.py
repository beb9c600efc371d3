from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from web.http import static_files
from web.http.style_sheet import LATER, LAYERS, sheets

STYLES = static_files.ROOM / "static" / "styles"


def test_each_folder_is_a_layer_from_the_weakest_to_the_strongest(tmp_path: Path) -> None:
    for name in ("utilities", "components"):
        (tmp_path / name).mkdir()
    (tmp_path / "components" / "hits.css").write_text("/* a\nhit */\n\n.hit {\n  margin: 0;\n}\n")
    (tmp_path / "components" / "chips.css").write_text(".chips { gap: 0; }")
    (tmp_path / "utilities" / "unseen.css").write_text(".unseen { width: 1px; }")
    assert sheets(tmp_path)["site.css"].decode().split("\n") == [
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
    folders = {path.relative_to(STYLES).parent.as_posix() for path in STYLES.rglob("*.css")}
    assert folders == {*LAYERS, *(f"components/{name}" for name in LATER)}


def test_the_site_sends_three_sheets_of_all_its_files(client: FlaskClient) -> None:
    for name, body in sheets(STYLES).items():
        sheet = client.get(f"/static/{name}").text
        assert sheet == body.decode()
        assert sheet.count("{") == sheet.count("}")
    assert client.get("/static/styles/tokens/tokens.css").status_code == 404


def test_the_other_sheets_have_components_alone_and_none_of_the_first(tmp_path: Path) -> None:
    (tmp_path / "components" / "late").mkdir(parents=True)
    (tmp_path / "components" / "late" / "keys.css").write_text(".keys { margin: 0; }")
    made = sheets(tmp_path)
    assert made["late.css"] == b"@layer components{.keys { margin: 0; }\n}\n"
    assert made["pages.css"] == b"@layer components{}\n"
    assert b".keys" not in made["site.css"]
