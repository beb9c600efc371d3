"""A collection written out: JSON Lines, Markdown, a table for spreadsheets."""
