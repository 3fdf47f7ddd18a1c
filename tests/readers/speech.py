"""What brochure --dump=speech says, and what is heard of a tree in a browser, as the same
steps."""

import itertools
import re
import typing


class Step(typing.NamedTuple):
    role: str
    number: str = ""  # of a page, the level of a heading, "2/13" of an item, its address of a link
    words: str = ""  # without white space, which browsers set differently
    lang: str = ""  # where it is not that of the document


def solid(text):
    return re.sub(r"\s", "", text)


# --- the dump -------------------------------------------------------------------------------

KINDS = {
    "page": r"page (\d+) of \d+", "heading": r"heading level (\d)", "list": r"list with (\d+) items?",
    "item": r"item (\d+ of \d+)", "link": "link()", "picture": "picture()", "panel": "panel()", "text": "text()",
}


def read_speech(dump):
    """The steps of a dump, each with its depth.  The label of an item is a text of its own."""
    title, *lines = dump.splitlines()
    assert re.fullmatch(r"document \(\w+(-\w+)*\): .+", title), title
    steps = []
    for line in lines:
        depth = (len(line) - len(line.lstrip())) // 2
        kind, _, words = line.strip().partition(": ")
        kind, lang = re.fullmatch(r"(.*?)(?: \(([\w-]+)\))?", kind).groups(default="")
        (role, number), = [(r, f[1]) for r, pattern in KINDS.items() if (f := re.fullmatch(pattern, kind))]
        if role == "link":
            words, _, number = words.rpartition(", ")
        if role == "item":
            number = number.replace(" of ", "/")
        steps.append((depth, Step(role, number, "" if role == "item" else solid(words), lang)))
        if role == "item" and words:
            steps.append((depth + 1, Step("text", "", solid(words), lang)))
    return steps


def expected(dump, panels=True, levels=True, addresses=True, whole=True, langs=True, codes=True):
    """The steps that a browser can be expected to have: each page has lists of its own, of
    those items or, WHOLE, of all; and not every browser has PANELS, the LEVELS of headings or
    the ADDRESSES of links, or tells the LANGS of words, or CODES, which are drawn; a link to a
    page has no address in any."""
    found = []
    for step in lists_by_page(read_speech(dump), whole):
        if step.role == "panel" and not panels or is_code(step) and not codes:
            continue
        if step.role == "heading" and not levels or step.role == "link" and (not addresses or ":" not in step.number):
            step = step._replace(number="")
        found.append(step if langs else step._replace(lang=""))
    return heading_joined(joined(found))


def is_code(step):
    return step.role == "picture" and step.words.startswith("QR:")


def heading_joined(steps):
    """A heading that changes its language is one."""
    found = []
    for step in steps:
        if found and step.role == found[-1].role == "heading" and step.number == found[-1].number:
            found[-1] = found[-1]._replace(words=found[-1].words + step.words)
        else:
            found.append(step)
    return found


def lists_by_page(steps, whole):
    """A list that goes on on another page is another list there, or the WHOLE one again."""
    page, open_lists, placed, count = 0, {}, [], {}
    for depth, step in steps:
        key = None
        if step.role == "page":
            page = step.number
        elif step.role == "list":
            open_lists[depth] = len(placed)
        elif step.role == "item":
            key = (open_lists[depth - 1], page)
            count[key] = count.get(key, 0) + 1
        placed.append((step, key, count.get(key)))
    found, begun = [], set()
    for step, key, number in placed:
        if step.role == "list":
            continue
        if key and key not in begun:
            begun.add(key)
            found.append(Step("list", step.number.split("/")[1] if whole else str(count[key])))
        found.append(step._replace(number=f"{number}/{count[key]}") if key and not whole else step)
    return found


def joined(steps):
    """Neighbouring texts as one: where a paragraph ends is not a step."""
    found = []
    for text, group in itertools.groupby(steps, lambda step: (step.role == "text", step.lang)):
        group = list(group)
        found += [Step("text", "", "".join(s.words for s in group), text[1])] if text[0] else group
    return found


# --- trees ----------------------------------------------------------------------------------


def heard(pages, name_of):
    """The steps of the nodes of PAGES, in order.  NAME_OF gives the name and the address of a
    link, or None for one that is only the shell of another."""
    steps = []
    for number, page in enumerate(pages, 1):
        steps.append(Step("page", str(number)))
        for kid in page.kids:
            listen(kid, name_of, steps)
    return heading_joined(joined(steps))


def listen(node, name_of, steps):
    """Appends the steps of a node.  What is in a link is its name, but for pictures."""
    if node.role == "heading":
        steps.append(Step("heading", str(node.level or ""), solid(node.text())))
    elif node.role == "link":
        if about := name_of(node):
            steps.append(Step("link", about[1], solid(about[0])))
            steps += [Step("picture", "", solid(picture.name)) for picture in node.find("picture")]
    elif node.role in ("picture", "text") and not node.kids:
        if node.name.strip():
            steps.append(Step(node.role, "", solid(node.name)))
    else:
        if node.role == "panel":
            steps.append(Step("panel"))
        items = [kid for kid in node.kids if kid.role == "item"]
        number_of = {id(item): i for i, item in enumerate(items, 1)}
        if node.role == "list":
            steps.append(Step("list", str(len(items))))
        for kid in node.kids:
            before = len(steps)
            if kid.role == "item":
                steps.append(Step("item", f"{number_of[id(kid)]}/{len(items)}"))
            listen(kid, name_of, steps)
            if kid.role == "item" and len(steps) == before + 1:
                steps.pop()  # stands on another page
