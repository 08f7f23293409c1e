"""What words are to every stage: tokens, stop words, stems, negation, polarity, feelings, persons, times, quantities.

It stands below the stages and knows none of them. Each list of words is a TOML file in ``lists/``, told what it is for.
"""
