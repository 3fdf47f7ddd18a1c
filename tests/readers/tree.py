"""What a browser tells screen readers of a PDF, in one vocabulary for all browsers."""

import dataclasses
import re

ROLES = {"text", "heading", "list", "item", "link", "picture", "panel", "page"}


@dataclasses.dataclass
class Node:
    role: str  # of ROLES, or the browser's own word
    name: str = ""
    level: int = 0  # of a heading
    address: str = ""  # of a link, as the browser knows it
    lang: str = ""
    focusable: bool = False
    described: str = ""
    place: tuple = ()  # x, y, width, height on the screen, y down
    kids: list = dataclasses.field(default_factory=list)

    def all(self):
        """This node and those below it, in order."""
        yield self
        for kid in self.kids:
            yield from kid.all()

    def find(self, *roles):
        return [node for node in self.all() if node.role in roles]

    def text(self):
        """What is written in it: pictures have none."""
        return squeeze(" ".join(node.name for node in self.all() if node.role == "text"))

    def show(self, depth=0):
        """As lines, for people."""
        about = [self.role, repr(self.name)]
        for name in ("level", "address", "lang", "described", "focusable"):
            if value := getattr(self, name):
                about.append(f"{name}={value}")
        lines = [" " * depth + " ".join(about)]
        for kid in self.kids:
            lines += kid.show(depth + 1)
        return lines


def squeeze(text):
    """A text with single blanks only."""
    return re.sub(r"[\s\u200b]+", " ", text).strip()
