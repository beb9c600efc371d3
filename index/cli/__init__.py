"""The commands that need an index: build, search, eval, cite, resolve, quote, verify."""
