"""How are scanned pages read?"""
