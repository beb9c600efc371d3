"""Small PDF files, made for a test."""

from __future__ import annotations

__all__ = ["lines", "pdf", "shown"]


Line = tuple[str, float, float, float]
"""A text at x and y from the lower left corner, in a size."""


def pdf(*contents: str, box: str = "0 0 600 800", entries: str = "") -> bytes:
    """A PDF with a page for each content, without a cross-reference table, which readers rebuild.

    `box` is that of each page, `entries` are further ones in its dictionary.
    """
    kids = " ".join(f"{2 * number + 3} 0 R" for number in range(len(contents)))
    pages = "".join(
        f"{2 * number + 3} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]{entries}"
        f"/Contents {2 * number + 4} 0 R"
        "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        f"{2 * number + 4} 0 obj<</Length {len(content)}>>stream\n{content}\nendstream endobj\n"
        for number, content in enumerate(contents)
    )
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>endobj\n{pages}trailer<</Root 1 0 R>>"
    ).encode("latin-1")


def lines(*lines: Line) -> str:
    """The content of a page with these lines."""
    return " ".join(f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET" for text, x, y, size in lines)


def shown(*shown_lines: Line) -> bytes:
    """A PDF of one page with these lines."""
    return pdf(lines(*shown_lines))
