"""Which of the titles that a page shows and a file states is that of the document?"""
