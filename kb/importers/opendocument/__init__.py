"""How does an OpenDocument text (ODT) become blocks, with the numbers that its program computes?"""
