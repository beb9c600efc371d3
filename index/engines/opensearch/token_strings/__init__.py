"""How are the terms of a text written as one string, of which the cluster cuts each term out again?"""
