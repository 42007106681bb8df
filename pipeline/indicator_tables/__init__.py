"""Indicator tables (指标 | 单位 | 2020年 | 2025年 | 属性): every figure in a cell is a statement.

Two steps, around the stages that read prose. :func:`lay_out` says, before the text is cleaned, what each column holds and
which parts of a table are figures, units or numbers of order; all else in it is read as prose, cell by cell.
:func:`read_figures` then makes the statements of the figures: the indicator from the row, the year from the head.
"""

from pipeline.indicator_tables.figures import Figures, read_figures
from pipeline.indicator_tables.sheets import Sheet, lay_out

__all__ = ["Figures", "Sheet", "lay_out", "read_figures"]
