# How each finding of a comparison is drawn: its shape, its colour and the
# colour of its words. Loaded after palette.gp.
array finding_names[5]  = ['regressed', 'inconclusive', 'improved', 'same', \
                           'not worse']
array finding_shape[5]  = [5, 12, 9, 7, 6]
array finding_colour[5] = [vermillion, orange, green, blue, blue]
array finding_words[5]  = [vermillion, ink, green, grey, grey]
