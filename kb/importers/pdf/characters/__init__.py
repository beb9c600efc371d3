"""From PDFium's characters to runs of text in reading order."""
