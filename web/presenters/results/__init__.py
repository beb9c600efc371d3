"""The hits of a results page: what each is called, where it leads, and how they are grouped."""
