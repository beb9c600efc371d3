"""How do CSV and XLSX tables become blocks: as passages by column, or as rows under their header?"""
