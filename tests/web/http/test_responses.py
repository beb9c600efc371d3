from __future__ import annotations

from web.http.responses import download


def test_a_download_has_its_name_type_and_charset() -> None:
    response = download("passages.csv", "text/csv", "é", "utf-8-sig")
    assert response.headers["Content-Disposition"] == 'attachment; filename="passages.csv"'
    assert response.mimetype == "text/csv"
    assert response.data == b"\xef\xbb\xbf\xc3\xa9"


def test_a_name_in_other_letters_has_one_in_ascii_beside_it() -> None:
    thai = download("แผน.docx", "text/plain", "a").headers["Content-Disposition"]
    assert thai == "attachment; filename=\"file.docx\"; filename*=UTF-8''%E0%B9%81%E0%B8%9C%E0%B8%99.docx"


def test_a_file_without_a_name_is_shown() -> None:
    assert "Content-Disposition" not in download("", "text/html", b"<p>").headers


def test_a_lone_surrogate_does_not_break_a_file() -> None:
    assert download("a.txt", "text/plain", "a\ud800b").data == b"a?b"
