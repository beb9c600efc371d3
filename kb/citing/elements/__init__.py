"""The elements of a citation, each as a style writes it: names, titles, dates, legal references."""
