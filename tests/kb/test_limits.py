"""content/README.md names every limit of what is read."""

from __future__ import annotations

from kb.collection.source_files import MAX_EXTRACTED_BYTES, MAX_SOURCE_BYTES
from kb.curated import instruments_file, passage_blocks, provision_table, theme_file
from kb.formats import ooxml_package, text_file, yaml_nodes
from kb.formats.json import lines as json_lines
from kb.formats.json import objects as json_objects
from kb.interchange import passage_records
from kb.quoting import manuscript
from tests.pages import page, rows
from tests.tables import table

LIMITS = {
    "a document, the thesaurus, `instruments.yaml`, `site.yaml`": (
        *(text_file.MAX_FILE_BYTES, yaml_nodes.MAX_YAML_CHARS, passage_blocks.MAX_HEADING_CHARS),
    ),
    "the registry": (
        *(instruments_file.MAX_INSTRUMENTS, instruments_file.MAX_NAMES, instruments_file.MAX_ARTICLES),
        *(instruments_file.MAX_NAME_CHARS, instruments_file.MAX_VALUE_CHARS),
    ),
    "a theme file": (
        *(theme_file.MAX_THEME_BYTES, theme_file.MAX_SECTIONS, provision_table.MAX_PROVISIONS),
        *(theme_file.MAX_NOTE_CHARS, theme_file.MAX_NOTE_BRACKETS),
    ),
    "a source": (MAX_SOURCE_BYTES, MAX_EXTRACTED_BYTES),
    "a line of JSON": (
        *(
            json_lines.MAX_LINE_BYTES,
            json_objects.MAX_DEPTH,
            json_objects.MAX_NUMBER_CHARS,
            passage_records.MAX_HTML_TAGS,
        ),
    ),
    "a file of JSON lines": (
        *(json_lines.MAX_BLANK_LINES, json_lines.MAX_REFUSED),
        *(json_lines.FREE_BYTES, json_lines.MAX_UNPACKING),
    ),
    "a manuscript for `kb verify`": (
        *(manuscript._MAX_BYTES, manuscript._MAX_LINES, manuscript._MAX_SIGNS, manuscript._MAX_MARKS),
    ),
    "a Word document": (
        *(ooxml_package.MAX_UNPACKED_BYTES, ooxml_package.MAX_PARTS, ooxml_package.MAX_TAGS),
        ooxml_package.MAX_PARAGRAPHS,
    ),
}


@table("of", LIMITS)
def test_the_limits_are_those_of_the_program(of: str) -> None:
    named = {row[0]: row[1] for row in rows(page("content/README.md"), "| of | at most |")}
    numbers = [word for word in named[of].replace(",", "").split() if word.isdigit()]
    assert numbers == [str(limit) for limit in LIMITS[of]]
