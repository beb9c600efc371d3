"""How does a collection become the next generation, and who may still need an old one?"""
