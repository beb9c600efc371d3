"""One blueprint per page: a view reads its parameters, asks a snapshot and renders a template."""
