"""From lines to paragraphs: where one ends and the next begins, by space, indent, style and label."""
