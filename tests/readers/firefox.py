"""Firefox: the accessibility tree of PDFs, clicks and the Tab key, over Marionette."""

import json
import os
import pathlib
import re
import socket
import subprocess
import time
import typing

from .tree import Node

PROGRAMS = ("firefox-esr", "firefox")
SILENCE = 120  # seconds after which it hangs
ROLES = {
    "text leaf": "text", "heading": "heading", "list": "list", "listitem": "item", "link": "link",
    "graphic": "picture", "note": "panel",
}
PREFERENCES = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "accessibility.tabfocus": 7,
}

# In the page: draws every page, as a reader who scrolls through it does.
DRAW = """
const done = arguments[arguments.length - 1], app = window.wrappedJSObject.PDFViewerApplication;
const until = async condition => { while (!condition()) await new Promise(r => setTimeout(r, 10)); };
(async () => {
  await until(() => app.pdfDocument && app.pdfViewer.pageViewsReady);
  for (let page = 1; page <= app.pagesCount; page++) {
    const shown = document.querySelector(`.page[data-page-number="${page}"]`);
    const links = (await app.pdfDocument.getPage(page).then(p => p.wrappedJSObject.getAnnotations())).length;
    app.page = page;
    await until(() => shown.querySelector(".structTree") && shown.querySelector(".endOfContent")
      && shown.querySelectorAll(".annotationLayer section").length >= links);
  }
  app.page = 1;
  return app.pagesCount;
})().then(done, error => done(String(error)));
"""

# In the page: the text of each page.
WORDS = """
const done = arguments[arguments.length - 1], app = window.wrappedJSObject.PDFViewerApplication;
(async () => {
  const pages = [];
  for (let page = 1; page <= app.pagesCount; page++) {
    const sheet = (await app.pdfDocument.getPage(page)).wrappedJSObject;
    const text = (await sheet.getTextContent()).wrappedJSObject;
    pages.push(Array.from(text.items, item => item.str + (item.hasEOL ? "\\n" : "")).join(""));
  }
  return pages;
})().then(done, error => done(String(error)));
"""

# In the page: how many links stand beside a text, and those that stand beside one of another
# link, with that.
STRAYS = """
const strays = [];
let linked = 0;
for (const text of document.querySelectorAll(".textLayer [aria-owns]"))
  for (const id of text.getAttribute("aria-owns").split(" ")) {
    linked++;
    const name = document.getElementById(id).getAttribute("aria-label");
    const mark = text.closest(".markedContent[id]")?.id;
    const tag = document.querySelector(`.structTree [aria-owns="${mark}"]`)?.closest("[aria-label]");
    if (tag?.getAttribute("aria-label") != name) strays.push([name, text.textContent]);
  }
return [linked, strays];
"""

# In the browser: its tree of the tab, when twice the same has come; what it knows of a page.
TREE = """
const done = arguments[arguments.length - 1];
const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
const ask = get => { try { return get() || ""; } catch { return ""; } };
const walk = node => {
  const state = {}, kids = [], about = ask(() => node.attributes), level = ask(() => about.getStringProperty("level"));
  ask(() => node.getState(state, {}));
  for (let i = 0; i < node.childCount; i++) kids.push(walk(node.getChildAt(i)));
  return [service.getStringRole(node.role), ask(() => node.name), ask(() => node.value), ask(() => node.language),
    ask(() => node.description), level, Boolean(state.value & Ci.nsIAccessibleStates.STATE_FOCUSABLE), kids];
};
(async () => {
  for (let last = "";;) {
    const root = service.getAccessibleFor(gBrowser.selectedBrowser);
    const tree = root ? ask(() => JSON.stringify(walk(root))) : "";
    if (tree && tree == last) return tree;
    last = tree;
    await new Promise(r => setTimeout(r, 100));
  }
})().then(done, error => done(String(error)));
"""

# In the browser: notes which pages are asked for, and asks for none.
CATCH = """
window.asked = [];
Services.obs.addObserver(subject => {
  const channel = subject.QueryInterface(Ci.nsIHttpChannel);
  if (channel.loadInfo.externalContentPolicyType == Ci.nsIContentPolicy.TYPE_DOCUMENT)
    window.asked.push(channel.URI.spec);
  channel.cancel(Cr.NS_BINDING_ABORTED);
}, "http-on-modify-request");
"""

ASKED = """
const done = arguments[arguments.length - 1];
const look = () => window.asked.length ? done(window.asked.shift()) : setTimeout(look, 10);
look();
"""

# In the page: shows one of the pages whole, and tells where.
SHOW = """
const [page, done] = arguments, app = window.wrappedJSObject.PDFViewerApplication;
app.pdfViewer.currentScaleValue = "page-fit";
app.page = page;
const shown = document.querySelector(`.page[data-page-number="${page}"]`);
const look = () => {
  const r = shown.getBoundingClientRect(), sheet = shown.querySelector(".canvasWrapper")?.getBoundingClientRect();
  if (sheet && shown.dataset.loaded && r.top >= 0 && r.top < innerHeight / 4
      && shown.querySelectorAll(".annotationLayer a").length)
    done([sheet.x, sheet.y, sheet.width, sheet.height]);
  else
    setTimeout(look, 20);
};
look();
"""

LINKED = """
const [x, y, wait, done] = arguments, end = Date.now() + wait;
const look = () => {
  if (document.elementFromPoint(x, y)?.closest(".annotationLayer section")?.querySelector("a"))
    done(true);
  else if (Date.now() > end)
    done(false);
  else
    setTimeout(look, 20);
};
look();
"""


class Marionette:
    """Its protocol: commands and answers as JSON, each after its length."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), SILENCE)
        self.socket.settimeout(2 * SILENCE)
        self.stream, self.calls = self.socket.makefile("rb"), 0
        self.read()  # who it is
        self.call("WebDriver:NewSession", capabilities={"alwaysMatch": {}})
        self.call("WebDriver:SetTimeouts", script=1000 * SILENCE, pageLoad=1000 * SILENCE)

    def read(self):
        length = b""
        while (digit := self.stream.read(1)) != b":":
            if not digit:
                raise EOFError("Firefox has ended")
            length += digit
        return json.loads(self.stream.read(int(length)))

    def call(self, name, **parameters):
        self.calls += 1
        message = json.dumps([0, self.calls, name, parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self.read()
        if error:
            raise RuntimeError(f"{name}: {error['message']}")
        return result

    def run(self, script, *arguments, browser=False, wait=False):
        """What a script returns, or, if it is to WAIT, gives to its last argument; of the page
        or of the BROWSER itself."""
        self.call("Marionette:SetContext", value="chrome" if browser else "content")
        name = "WebDriver:ExecuteAsyncScript" if wait else "WebDriver:ExecuteScript"
        return self.call(name, script=script, args=list(arguments), sandbox=None if browser else "default",
                         newSandbox=False)["value"]

    def act(self, kind, actions, **more):
        self.call("Marionette:SetContext", value="content")
        self.call("WebDriver:PerformActions", actions=[{"type": kind, "id": kind, "actions": actions, **more}])


class Heard(typing.NamedTuple):
    tree: Node
    linked: int  # links that are tied to a text
    strays: list  # those of them that are tied to a text of another link
    words: list  # the text of each page, as pdf.js extracts it


class Firefox:
    def __init__(self, program, folder):
        """Starts it with a profile in FOLDER."""
        lines = [f"user_pref({name!r}, {str(value).lower()});" for name, value in PREFERENCES.items()]
        (folder / "user.js").write_text("\n".join(lines).replace("'", '"') + "\n")
        self.process = subprocess.Popen(
            [program, "--headless", "--marionette", "--remote-allow-system-access", "--no-remote",
             "--profile", folder, "--width", "1200", "--height", "1600"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder), "MOZ_HEADLESS": "1"},
        )
        self.browser = Marionette(int(self.said(folder / "MarionetteActivePort")))
        self.browser.run(CATCH, browser=True)
        self.heard = {}

    def said(self, path):
        """What it writes into a file of its profile when it is ready."""
        end = time.monotonic() + SILENCE
        while not (path.exists() and path.read_text()):
            if time.monotonic() > end or self.process.poll() is not None:
                raise TimeoutError(f"Firefox does not write {path}")
            time.sleep(0.02)
        return path.read_text()

    def close(self):
        self.process.terminate()
        self.process.wait(SILENCE)

    def open(self, path):
        """Opens a PDF and has all its pages drawn: its tree."""
        self.browser.call("Marionette:SetContext", value="content")
        self.browser.call("WebDriver:Navigate", url=pathlib.Path(path).as_uri())
        pages = self.browser.run(DRAW, wait=True)
        if not isinstance(pages, int):
            raise RuntimeError(pages)
        end = time.monotonic() + SILENCE
        while time.monotonic() < end:
            tree = read(self.browser.run(TREE, browser=True, wait=True))
            if len(pages_of(tree)) == pages:
                return tree
        raise TimeoutError(f"Firefox tells nothing of the pages of {path}")

    def hear(self, path):
        """What it makes of a PDF, which it opens once."""
        if path not in self.heard:
            tree = self.open(path)
            self.heard[path] = Heard(tree, *self.browser.run(STRAYS), self.browser.run(WORDS, wait=True))
        return self.heard[path]

    # --- hands ------------------------------------------------------------------------------

    def show(self, path, page):
        """Opens a PDF at a page, all of it on the screen: its place."""
        self.open(path)
        return self.browser.run(SHOW, page, wait=True)

    def page(self):
        """The page that is shown."""
        return self.browser.run("return window.wrappedJSObject.PDFViewerApplication.page")

    def click(self, x, y):
        """Clicks on what is there, once there is a link: a page that is drawn anew has none."""
        if not self.browser.run(LINKED, x, y, 1000 * SILENCE / 2, wait=True):
            raise TimeoutError(f"Firefox shows no link at {x}, {y}")
        move = {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}
        button = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self.browser.act("pointer", [move, *button], parameters={"pointerType": "mouse"})

    def press(self, key):
        self.browser.act("key", [{"type": kind, "value": key} for kind in ("keyDown", "keyUp")])

    def focused(self):
        """The address of the link that has the focus, if it is one of the document."""
        return self.browser.run(
            "const link = document.activeElement; return link.closest('.annotationLayer') ? link.href : null")

    def asked(self):
        """The next page that is asked for, which it does not get."""
        return self.browser.run(ASKED, browser=True, wait=True)


def pages_of(tree):
    """The pages of which something is told."""
    return [node for node in tree.find("region") if re.fullmatch(r"Page \d+", node.name) and node.find("text")]


def read(text):
    """The tree of the document within that of the tab."""
    root = Node("document")
    root.kids = [node(item) for item in json.loads(text)[-1]]
    return root


def node(item):
    role, name, value, lang, described, level, focusable, kids = item
    return Node(
        ROLES.get(role, role), name, int(level or 0), value if role == "link" else "", lang,
        focusable, described, kids=[node(kid) for kid in kids],
    )
