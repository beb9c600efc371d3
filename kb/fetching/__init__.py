"""Documents from addresses: what may be fetched, from where, and how much?"""
