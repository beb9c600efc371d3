"""How do plain text, Markdown and RTF become blocks?"""
