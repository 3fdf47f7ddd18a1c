"""with_reportlab.py CITIES LOGOS TEXT OUT - the brochure with ReportLab.

Its open edition writes no tags: this PDF is not accessible.
"""

import csv
import pathlib
import sys
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

FONTS = pathlib.Path(__file__).resolve().parent.parent.parent / "fonts"
WIDTH, HEIGHT = A4
LEFT, RIGHT, BOTTOM = 71, WIDTH - 71, 60
COLUMNS, GAP, CARD = 3, 12, 100
ACCENT, INK, PALE = HexColor("#0b4f6c"), HexColor("#1d252c"), HexColor("#d9d9d9")
BODY = ParagraphStyle("body", fontName="Source", fontSize=11.5, leading=16, textColor=INK)


def style(**changes):
    return ParagraphStyle("changed", BODY, **changes)


class Brochure:
    def __init__(self, out, words):
        self.words = words
        self.canvas = Canvas(str(out), pagesize=A4, pageCompression=1, lang="nl-BE", invariant=1)
        self.canvas.setTitle(words["title"][0])
        self.canvas.setAuthor("Stad in Cijfers")

    def write(self, text, top, box, look=BODY):
        """Draws TEXT below TOP; returns where it ends.  BOX is its left and right."""
        paragraph = Paragraph(text, look)
        _, height = paragraph.wrap(box[1] - box[0], HEIGHT)
        paragraph.drawOn(self.canvas, box[0], top - height)
        return top - height

    def area(self, x, y, w, h, color, radius=0):
        self.canvas.setFillColor(color)
        self.canvas.roundRect(x, y, w, h, radius, stroke=0, fill=1)

    def cover(self):
        words, body = self.words, (LEFT, LEFT + 0.84 * (RIGHT - LEFT))
        self.area(0, HEIGHT - 254, WIDTH, 254, ACCENT)
        bold = {"fontName": "Source-Bold", "textColor": white}
        top = self.write(words["kicker"][0], HEIGHT - 52, body, style(**bold, fontSize=9))
        title = style(**bold, fontSize=26, leading=34)
        top = self.write(words["title"][0], top - 4, (LEFT, RIGHT), title)
        lead = style(textColor=white, fontSize=14, leading=20)
        self.write(words["lead"][0], top - 6, body, lead)
        self.canvas.bookmarkPage("cover")
        self.canvas.addOutlineEntry(words["title"][0], "cover")
        top = self.figures(HEIGHT - 280) - 16
        for paragraph in words["paragraph"]:
            top = self.write(paragraph, top, body) - 8
        self.panel(top - 8)
        self.canvas.showPage()

    def figures(self, top):
        width = (RIGHT - LEFT) / 4
        value = style(fontName="Source-Bold", fontSize=20, leading=24, textColor=ACCENT)
        ends = []
        for i, figure in enumerate(self.words["figure"]):
            number, label = figure.split("|")
            x = LEFT + i * width
            self.canvas.setStrokeColor(ACCENT)
            self.canvas.line(x, top, x + width - 16, top)
            below = self.write(number, top - 4, (x, x + width - 16), value)
            ends.append(
                self.write(label, below, (x, x + width - 16), style(fontSize=9, leading=11))
            )
        return min(ends)

    def panel(self, top):
        before, page, after = self.words["call"][0].split("|")
        link = f'{before}<a href="#grid" color="#0b4f6c"><u>{page}</u></a>{after}'
        self.area(LEFT, top - 86, RIGHT - LEFT, 86, HexColor("#e8edf0"), 5)
        box = (LEFT + 16, RIGHT - 16)
        top = self.write(self.words["panel"][0], top - 10, box)
        self.write(link, top - 6, box, style(fontName="Source-Bold"))

    def start_page(self, number):
        """Draws what each page of the grid has; returns where its cards begin."""
        self.area(0, HEIGHT - 24, WIDTH, 24, ACCENT)
        self.canvas.setFillColor(HexColor("#666666"))
        self.canvas.setFont("Source", 9)
        self.canvas.drawString(LEFT, 30, self.words["title"][0])
        self.canvas.drawRightString(RIGHT, 30, f"pagina {number}")
        if number > 2:
            return HEIGHT - 48
        self.canvas.bookmarkPage("grid")
        self.canvas.addOutlineEntry(self.words["heading"][0], "grid", 1)
        heading = style(fontName="Source-Bold", fontSize=16, leading=22, textColor=ACCENT)
        top = self.write(self.words["heading"][0], HEIGHT - 48, (LEFT, RIGHT), heading)
        return self.write(self.words["intro"][0], top, (LEFT, RIGHT)) - 8

    def card(self, row, logo, x, y):
        canvas, width = self.canvas, (RIGHT - LEFT - (COLUMNS - 1) * GAP) / COLUMNS
        canvas.setStrokeColor(PALE)
        canvas.roundRect(x, y, width, CARD, 5)
        canvas.drawImage(
            str(logo), x + (width - 110) / 2, y + 32, 110, 56, mask="auto",
            preserveAspectRatio=True, anchor="c",
        )
        canvas.setFillColor(ACCENT)
        canvas.setFont("Source-Bold", 9)
        canvas.drawCentredString(x + width / 2, y + 14, row["city"])
        canvas.linkURL(row["url"], (x, y, x + width, y + CARD))

    def cards(self, cities, logos):
        number, column = 2, 0
        top = self.start_page(number)
        for row in cities:
            if column == COLUMNS:
                column, top = 0, top - CARD - GAP
                if top - CARD < BOTTOM:
                    self.canvas.showPage()
                    number += 1
                    top = self.start_page(number)
            x = LEFT + column * ((RIGHT - LEFT + GAP) / COLUMNS)
            self.card(row, logos / row["logo"], x, top - CARD)
            column += 1
        self.canvas.showPage()


def main():
    cities, logos, text, out = (pathlib.Path(a) for a in sys.argv[1:])
    rl_config.useA85 = 0  # binary streams, a quarter smaller than its default
    pdfmetrics.registerFont(TTFont("Source", FONTS / "SourceSans3-Regular.ttf"))
    pdfmetrics.registerFont(TTFont("Source-Bold", FONTS / "SourceSans3-Bold.ttf"))
    words = {}
    for line in text.read_text(encoding="utf-8").splitlines():
        kind, value = line.split("\t", 1)
        words.setdefault(kind, []).append(escape(value))
    brochure = Brochure(out, words)
    brochure.cover()
    with open(cities, newline="", encoding="utf-8") as file:
        brochure.cards(csv.DictReader(file), logos)
    brochure.canvas.save()


main()
