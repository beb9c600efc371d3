"""PDF files: from characters with boxes to lines, reading order, paragraphs and footnotes."""
