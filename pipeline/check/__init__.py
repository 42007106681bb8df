"""Stage 8: tables held against what people read.

``evaluate`` scores a run against gold, ``report`` draws the page, ``review`` serves it to work on gold with ``desk``,
``diff`` lays two runs side by side, ``agreement`` two readers, ``exchange`` carries gold to other tools and back.
"""
