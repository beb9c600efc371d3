"""How does a Word document (DOCX) become blocks, with the numbers that Word computes?"""
