"""Word documents (DOCX): their parts, paragraphs, styles and symbols."""
