"""Laws that the rules apply, as dated tables of plain data; each row says what it rests on and when it was
checked.
"""
