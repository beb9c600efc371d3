"""Citations as files: RIS, BibTeX, CSL-JSON, Word, text and W3C Web Annotation."""
