"""The knowledge base in the browser: pages, JSON, templates, static files."""
