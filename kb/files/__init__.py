"""Files: opened safely, kept whatever happens."""
