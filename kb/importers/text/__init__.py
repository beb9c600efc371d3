"""How do plain text and Markdown become blocks?"""
