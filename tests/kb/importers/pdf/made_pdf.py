"""Small PDF files of one page, made for a test."""

from __future__ import annotations

__all__ = ["pdf", "shown"]


def pdf(content: str) -> bytes:
    """A PDF of one page with this content, without a table of its objects, which readers then make."""
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        f"4 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj\ntrailer<</Root 1 0 R>>"
    ).encode("latin-1")


def shown(*lines: tuple[str, float, float, float]) -> bytes:
    """Lines of text, each at x and y from the lower left corner, in a size."""
    return pdf(" ".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for text, x, y, size in lines))
