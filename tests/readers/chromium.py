"""Chromium: the accessibility tree of PDFs, clicks and the Tab key, over DevTools' pipe."""

import fcntl
import json
import os
import re
import selectors
import subprocess
import time

from .tree import Node

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
SILENCE = 120  # seconds after which it hangs
ROLES = {
    "staticText": "text", "heading": "heading", "list": "list", "listItem": "item", "link": "link",
    "image": "picture", "note": "panel", "region": "page",
}

# The page chrome://accessibility asks the browser for the tree of a tab: without showing it,
# which takes long.  Its buttons know the tabs.
COLLECT = "window.trees = []; cr.webUIListenerCallback = (_, answer) => trees.push(answer); 0"
TABS = """(() => {
  const found = [], look = root => root.querySelectorAll('*').forEach(e => {
    const id = /^page_(-?\\d+)_(-?\\d+)-showOrRefreshTree$/.exec(e.id);
    if (id) found.push([Number(id[1]), Number(id[2]), e.closest('.row').textContent.includes('file://')]);
    if (e.shadowRoot) look(e.shadowRoot);
  });
  look(document);
  return found;
})()"""
ASK = """chrome.send('requestWebContentsTree', [{{processId: {}, routingId: {},
  requestType: 'showOrRefreshTree', filters: {{allow: '*', allowEmpty: '', deny: ''}}}}]); 0"""
TAKE = "JSON.stringify(trees.splice(0).map(answer => answer.tree || ''))"


class Chromium:
    def __init__(self, program, folder, *flags):
        """Starts it with a profile in FOLDER."""
        to_it, from_it = os.pipe(), os.pipe()
        ends = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (to_it[0], from_it[1])]
        command = [
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--remote-debugging-pipe", "--force-renderer-accessibility=complete",
            f"--user-data-dir={folder}", *flags, "about:blank",
        ]

        # it reads at 3 and writes at 4, which nothing may stand in the way of
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{ends[0]} 4>&{ends[1]}', "bash", *command],
            pass_fds=ends, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder)},
        )
        for end in (*ends, to_it[0], from_it[1]):
            os.close(end)
        self.output, self.input = to_it[1], from_it[0]
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.input, selectors.EVENT_READ)
        self.pending, self.events, self.calls = b"", [], 0
        self.shown = []
        self.inspector = self.open("chrome://accessibility")
        self.reader = self.open("about:blank", width=300, height=300)  # less to draw

    def close(self):
        self.process.terminate()
        self.process.wait(SILENCE)
        os.close(self.output)
        os.close(self.input)

    # --- DevTools ---------------------------------------------------------------------------

    def message(self):
        """The next one from the browser."""
        while b"\0" not in self.pending:
            if not self.selector.select(SILENCE):
                raise TimeoutError("Chromium says nothing")
            read = os.read(self.input, 1 << 20)
            if not read:
                raise EOFError("Chromium has ended")
            self.pending += read
        first, _, self.pending = self.pending.partition(b"\0")
        return json.loads(first)

    def call(self, method, session=None, **parameters):
        self.calls += 1
        message = {"id": self.calls, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.output, json.dumps(message).encode() + b"\0")
        while (answer := self.message()).get("id") != self.calls:
            self.events.append(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def evaluate(self, session, script):
        done = self.call("Runtime.evaluate", session, expression=script, returnByValue=True)
        if "exceptionDetails" in done:
            raise RuntimeError(done["exceptionDetails"])
        return done["result"].get("value")

    def attach(self, target):
        return self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def window(self, url, **options):
        """Opens URL in a window of its own, since what cannot be seen loads slowly."""
        return self.call("Target.createTarget", url=url, newWindow=True, **options)["targetId"]

    def open(self, url, **options):
        return self.attach(self.window(url, **options))

    def shut(self, windows):
        """Closes WINDOWS: the trees of all that are open are asked for together."""
        for window in windows:
            self.call("Target.closeTarget", targetId=window)
        end = time.monotonic() + SILENCE
        while any(target["targetId"] in windows for target in self.call("Target.getTargets")["targetInfos"]):
            if time.monotonic() > end:
                raise TimeoutError("windows stay open")

    # --- trees ------------------------------------------------------------------------------

    def tree(self, path):
        """The tree of a PDF, when all of it is loaded: in one window after another PDF, since
        windows of their own take half as much again."""
        self.call("Page.navigate", self.reader, url=f"file://{path}")
        end = time.monotonic() + SILENCE
        while time.monotonic() < end:
            time.sleep(2)  # asking takes as long as loading half of it
            for text in self.ask():
                if f" url='file://{path}'" in text and "name='Finished loading PDF'" in text:
                    return read(text)
        raise TimeoutError(path)

    def ask(self):
        """The trees of all tabs with a file as Chromium writes them."""
        self.call("Page.reload", self.inspector)
        self.wait(self.inspector, "document.readyState == 'complete' && typeof cr == 'object'")
        self.evaluate(self.inspector, COLLECT)
        self.wait(self.inspector, f"{TABS}.length > 0")
        tabs = [tab for *tab, file in self.evaluate(self.inspector, TABS) if file]
        for process, route in tabs:
            self.evaluate(self.inspector, ASK.format(process, route))
        self.wait(self.inspector, f"trees.length >= {len(tabs)}")
        return json.loads(self.evaluate(self.inspector, TAKE))

    # --- hands ------------------------------------------------------------------------------

    def show(self, path, page):
        """Opens a PDF at a page, all of it on the screen: its session, and the page's place."""
        self.shut(self.shown)  # which may have the same address
        self.shown = [self.window(f"file://{path}#page={page}&view=Fit&toolbar=0", width=900, height=1300)]
        session = self.attach(self.shown[0])
        self.call("Fetch.enable", session, patterns=[{"urlPattern": "http*"}])
        return session, self.place(path, page, page, lambda place: True)

    def place(self, path, opened, page, condition):
        """Where PAGE of a PDF that was opened at a page is, when it meets a CONDITION and stays there."""
        last, end = None, time.monotonic() + SILENCE
        while time.monotonic() < end:
            for text in self.ask():
                if f" url='file://{path}#page={opened}&" in text and "name='Finished loading PDF'" in text:
                    place = read(text).find("page")[page - 1].place
                    if condition(place) and place == last:
                        return place
                    last = place
            time.sleep(0.3)
        raise TimeoutError(path)

    def click(self, session, x, y):
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", session, type=kind, x=x, y=y,
                      button="none" if kind == "mouseMoved" else "left", clickCount=int(kind != "mouseMoved"))

    def press(self, session, key, code):
        for kind in ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", session, type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def asked(self, session):
        """The next address that is asked for, which it does not get."""
        while True:
            event = self.events.pop(0) if self.events else self.message()
            if event.get("method") == "Fetch.requestPaused":
                self.call("Fetch.failRequest", session, requestId=event["params"]["requestId"], errorReason="Aborted")
                return event["params"]["request"]["url"]

    def wait(self, session, condition):
        end = time.monotonic() + SILENCE
        while not self.evaluate(session, f"Boolean({condition})"):
            if time.monotonic() > end:
                raise TimeoutError(condition)


PLACE = re.compile(r" unclipped(?:Location|Size)=\((-?\d+), (-?\d+)\)")
ATTRIBUTE = re.compile(r" (\w+)=(?:'(.*?)'(?= [\w-]+=| *$)|(-?\d+))", re.S)


def read(text):
    """The tree of the PDF alone; what is not of the plug-in has a positive number."""
    root, stack = Node("document"), []
    for found in re.finditer(r"^(\+*)id#=(-?\d+) (\S+)(.*?)(?=^\+*id#=|\Z)", text, re.S | re.M):
        depth, number, role, rest = found.groups()
        if int(number) > 0 or role == "inlineTextBox":
            continue
        values = {key: quoted or plain for key, quoted, plain in ATTRIBUTE.findall(rest.rstrip("\n"))}
        node = Node(
            ROLES.get(role, role), values.get("name", "").replace("<newline>", "\n"),
            int(values.get("hierarchicalLevel", 0)), values.get("url", ""), values.get("language", ""),
            " focusable" in rest, values.get("description", ""), tuple(map(int, sum(PLACE.findall(rest), ()))),
        )
        while stack and stack[-1][0] >= len(depth):
            stack.pop()
        (stack[-1][1] if stack else root).kids.append(node)
        stack.append((len(depth), node))
    return root
