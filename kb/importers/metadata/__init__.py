"""What does a file say of itself: title, issuers, date, symbol, language, kind?"""
