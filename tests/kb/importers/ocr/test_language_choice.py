"""A page is read in the installed languages of its script."""

from __future__ import annotations

from kb.importers.ocr.language_choice import codes_of_script, missing_package, ocr_code
from tests.tables import table


@table(
    ("script", "installed", "codes"),
    [
        ("Latin", {"eng", "fra", "tha"}, ("eng", "fra")),
        ("Thai", {"eng", "fra", "tha"}, ("tha", "eng")),
        ("Arabic", {"eng"}, ()),
        ("Fraktur", {"eng"}, ()),
        ("", {"eng", "ara"}, ("eng",)),
        ("", {"ara"}, ("ara",)),
        ("Latin", {"eng", "fra", "spa", "por", "deu"}, ("eng", "fra", "spa")),
    ],
)
def test_the_languages_of_the_script_are_taken(
    script: str, installed: set[str], codes: tuple[str, ...]
) -> None:
    assert codes_of_script(script, installed) == codes


def test_tags_have_the_codes_of_tesseract() -> None:
    assert [ocr_code(tag) for tag in ("en-GB", "zh", "th", "xx")] == ["eng", "chi_sim", "tha", ""]
    assert missing_package("Thai") == "tesseract-ocr-tha"
