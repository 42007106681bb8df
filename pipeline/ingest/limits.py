"""What one document may cost. Every bound of ingestion stands here, and nowhere else.

A policy document is far below each of them: the longest five-year plans have 100 pages and 100,000 characters. What is
above is a mistake or an attack, and is refused with one line while the run goes on.
"""

from __future__ import annotations

MAX_BYTES = 64 * 2**20
"""The size of the largest file that is read."""

MAX_UNPACKED_BYTES = 256 * 2**20
"""What the parts of a file that is an archive itself (``.docx``, ``.odt``) may come to, unpacked."""

MAX_PART_BYTES = 64 * 2**20
"""The largest single part of such a file that is read."""

MAX_PARTS = 10_000
"""The most parts such a file may have."""

MAX_RATIO = 200
"""How many times its packed size a part may unpack to, above :data:`FREE_RATIO_BYTES`; text in XML reaches some 40 times."""

FREE_RATIO_BYTES = 2**20

MAX_PAGES = 2_000
"""The most pages of a PDF."""

MAX_OBJECTS = 500_000
"""The most objects of a PDF; a plan of 200 pages with maps has 20,000."""

MAX_PAGE_MARKS = 200_000
"""The most characters, lines and boxes on one page of a PDF; a dense page of a table has 10,000."""

MAX_OCR_PAGES = 100
"""The most pages of a scanned PDF that are read by OCR: each takes seconds."""

MAX_PIXELS = 40_000_000
"""The largest picture that a page is drawn as for OCR: A2 at 300 dots an inch."""

MAX_CHARACTERS = 20_000_000
"""The most characters of text that are made of one document."""

MAX_NESTING = 512
"""How deep the elements of a page or the tables of a document may lie in each other."""

MAX_ELEMENTS = 2_000_000
"""The most elements of a page or of a part of a document."""

MAX_CELLS = 200_000
"""The most cells of one table, those that are spanned included."""

SECONDS = 60
"""How long a document may take to become text."""

OFFICE_SECONDS = 120
"""How long LibreOffice may take to convert a document; its start alone takes some."""

OCR_SECONDS = 600
"""How long reading a scanned document may take."""

MEMORY_BYTES = 3 * 2**30
"""The address space of the process that reads a document, libraries included."""
