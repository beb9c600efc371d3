"""Word documents as the parts of their packages, small enough to read at a glance."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

BODY = f"""<?xml version="1.0"?><w:document {W} {R}
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:r><w:t xml:space="preserve">It says “the </w:t></w:r><w:proofErr/><w:r><w:t>States”</w:t><w:br/></w:r>
 <w:del><w:r><w:delText>“gone”</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>“moved”</w:t></w:r></w:moveFrom>
 <w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:footnoteReference w:id="3"/></w:r></w:p>
<w:p/>
<w:p><w:pPr><w:pStyle w:val="IntenseQuote"/></w:pPr>
 <w:r><w:t>a block co</w:t><w:noBreakHyphen/><w:t>operates</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:hyperlink r:id="r1" w:anchor="x"><w:r><w:t>“cell”</w:t></w:r></w:hyperlink></w:p>
 </w:tc></w:tr></w:tbl>
<w:p><w:r><w:instrText>HYPERLINK "http://h/passages/a/p2"</w:instrText></w:r><w:r><w:t>field</w:t></w:r>
 <w:r><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>“box”</w:t></w:r></w:p></mc:Choice>
 <mc:Fallback><w:p><w:r><w:t>“box”</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>
</w:body></w:document>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:id="-1"><w:p><w:r><w:t>“separator”</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>“second”</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="7"><w:p><w:r><w:t>“first” /passages/a/p3</w:t></w:r></w:p></w:footnote></w:footnotes>"""
PARTS = {
    "word/document.xml": BODY,
    "word/footnotes.xml": NOTES,
    "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">'
    '<Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink" '
    'Target="http://h/passages/a/p1" TargetMode="External"/></Relationships>',
}


def document(body: str) -> str:
    """The main part of a document with this body, its Word elements prefixed by `w:`."""
    return f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"


def written_docx(path: Path, parts: Mapping[str, str]) -> Path:
    """Writes a package of these parts, given by name."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path
