"""How does a page of HTML become blocks: its main part, with the numbers that a browser computes?"""
