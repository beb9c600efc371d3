"""From blocks to citable units, whatever the format: headings, numbered paragraphs, lists, locators."""
