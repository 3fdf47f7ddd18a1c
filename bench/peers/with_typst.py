"""with_typst.py CITIES LOGOS TEXT OUT - the brochure with Typst."""

import pathlib
import sys

import typst

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def below_root(path):
    return "/" + str(pathlib.Path(path).resolve().relative_to(ROOT))


def main():
    cities, logos, text, out = sys.argv[1:]
    typst.compile(
        HERE / "brochure.typ",
        output=out,
        root=ROOT,
        font_paths=[ROOT / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={
            "cities": below_root(cities),
            "logos": below_root(logos),
            "text": below_root(text),
        },
        pdf_standards=["ua-1", "a-2a"],
    )


main()
