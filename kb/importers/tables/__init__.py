"""How does a table, CSV or XLSX, become blocks: passages by its columns, or rows under their header?"""
