"""The Markdown files that people edit: documents, themes, the thesaurus."""
