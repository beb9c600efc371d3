from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from jinja2.bccache import Bucket

from tests.compiled_templates import CompiledTemplates


class _Counted(CompiledTemplates):
    count = 0

    def set_bucket(self, bucket: Bucket) -> None:
        self.count += 1
        super().set_bucket(bucket)


def test_a_template_is_compiled_once_for_each_language_and_anew_when_it_changes(tmp_path: Path) -> None:
    templates = _Counted()
    page = tmp_path / "page.html"

    def shown(language: object, value: int) -> str:
        environment = Environment(
            loader=FileSystemLoader(tmp_path), bytecode_cache=templates, autoescape=True
        )
        environment.extend(language=language)
        return environment.get_template("page.html").render(value=value)

    page.write_text("{{ value }}!")
    assert [shown("en", 1), shown("en", 2)] == ["1!", "2!"]
    before = templates.count
    shown("fr", 1)
    page.write_text("{{ value }}?")
    assert shown("en", 1) == "1?"
    assert (before, templates.count) == (1, 3)
