"""Files: opened safely, and written so that they survive whatever happens."""
