"""Commands that change the documents of a content folder."""
