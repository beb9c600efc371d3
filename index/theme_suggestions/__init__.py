"""Which themes a passage may belong to, how surely, and which of its words say so.

Term rules (`term_rules`), likeness to what is written about a theme (`profiles`) and to passages that
were accepted under it (`neighbours`) are weighed against each other in `suggester`.
"""
