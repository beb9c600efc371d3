"""How a text numbers its parts: the labels of its paragraphs and lists, and which words come under which."""
