"""File names: the title as it is, as far as every file system accepts it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.tables import table
from web.briefs.file_name import MAX_STEM_BYTES, file_stem


@table(
    ("title", "stem"),
    [
        ("For the minister", "For the minister"),
        ("Trafficking: law/practice 2025", "Trafficking - law - practice 2025"),
        ("What is *forced* labour?", "What is forced labour"),
        ("../../etc/passwd", "etc - passwd"),
        ("v1.2 draft.", "v1.2 draft"),
        ("แผนปฏิบัติการ 2568", "แผนปฏิบัติการ 2568"),
        ("مذكرة\u202e للوزير", "مذكرة للوزير"),
        ("con", ""),
        ("NUL.report", ""),
        ("Convention", "Convention"),
        ("???", ""),
        ("", ""),
        ("word " * 40, ("word " * 30).rstrip()),
    ],
)
def test_a_file_is_named_as_its_title_says(title: str, stem: str) -> None:
    assert file_stem(title) == stem


def test_a_long_word_is_cut_between_letters() -> None:
    stem = file_stem("ปฏิบัติการค้ามนุษย์" * 10)
    assert 100 < len(stem.encode()) <= MAX_STEM_BYTES
    assert ("ปฏิบัติการค้ามนุษย์" * 10).startswith(stem)


@given(st.text(max_size=200))
def test_no_title_makes_a_name_that_a_system_refuses(title: str) -> None:
    stem = file_stem(title)
    assert not {*stem} & {*'/\\:*?"<>|\0\n'}
    assert len(stem.encode()) <= MAX_STEM_BYTES
    assert stem == stem.strip(" .")
