"""with_weasyprint.py CITIES LOGOS TEXT OUT - the brochure with WeasyPrint."""

import csv
import html
import pathlib
import sys

from weasyprint import HTML

HERE = pathlib.Path(__file__).resolve().parent
CARD = '<li><a href="{url}"><img src="{logo}" alt="Logo {city}">{city}</a></li>'
PAGE = """<!DOCTYPE html>
<html lang="nl-BE"><head><meta charset="utf-8"><title>{title}</title>
<meta name="author" content="Stad in Cijfers"><meta name="dcterms.created" content="2024-01-24">
<link rel="stylesheet" href="{style}"></head>
<body><header><p class="kicker">{kicker}</p><h1>{title}</h1><p class="lead">{lead}</p></header>
<main><ul class="figures">{figures}</ul>{paragraphs}
<aside><p>{panel}</p><p><b>{before}<a href="#grid">{page}</a>{after}</b></p></aside></main>
<section><h2 id="grid">{heading}</h2><p>{intro}</p><ul class="grid">{cards}</ul></section>
</body></html>"""


def fill(cities, logos, text):
    words = {}
    for line in text.read_text(encoding="utf-8").splitlines():
        kind, value = line.split("\t", 1)
        words.setdefault(kind, []).append(html.escape(value))
    figures = [figure.split("|") for figure in words["figure"]]
    before, page, after = words["call"][0].split("|")
    with open(cities, newline="", encoding="utf-8") as file:
        cards = [
            CARD.format(
                url=html.escape(row["url"]),
                logo=(logos / row["logo"]).as_uri(),
                city=html.escape(row["city"]),
            )
            for row in csv.DictReader(file)
        ]
    return PAGE.format(
        style=(HERE / "brochure.css").as_uri(),
        figures="".join(f"<li><b>{value}</b>{label}</li>" for value, label in figures),
        paragraphs="".join(f"<p>{words}</p>" for words in words["paragraph"]),
        before=before,
        page=page,
        after=after,
        cards="".join(cards),
        **{k: words[k][0] for k in ("title", "kicker", "lead", "panel", "heading", "intro")},
    )


def main():
    cities, logos, text, out = (pathlib.Path(a).resolve() for a in sys.argv[1:])
    HTML(string=fill(cities, logos, text)).write_pdf(out, pdf_variant="pdf/ua-1")


main()
