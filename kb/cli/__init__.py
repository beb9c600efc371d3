"""The `kb` command: its group, shared options and output, `check` and `publish`."""
