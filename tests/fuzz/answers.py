"""answers.py PROGRAM SECONDS - give brochure-links, built with sanitizers, answers that are
spoiled in every way, over HTTP/1.1, TLS and HTTP/2, and see that it ends as it should.

A run that ends in another way is told with its number; the same number gives the same answers
again: answers.py PROGRAM 0 NUMBER.
"""

import asyncio
import csv
import gzip
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from helpers import ENVIRONMENT  # noqa: E402
from links.server import PAGE, Certificates  # noqa: E402

LINKS = 300  # of one run
END = b"\r\n\r\n"
FRAMES = (  # of HTTP/2 (RFC 9113, 4.1): settings, an answer, data, goaway, push, ping, window
    bytes.fromhex("000000040000000000") + bytes.fromhex("000001010500000001") + b"\x88"
    + bytes.fromhex("000003000100000001") + b"Dag" + bytes.fromhex("000008070000000000") + bytes(8)
    + bytes.fromhex("000005050400000001") + bytes.fromhex("0000000288")
    + bytes.fromhex("000008060000000000") + bytes(8) + bytes.fromhex("00000408000000000000000fff")
)


def whole_answers(host):
    """Answers that are right, to be spoiled."""
    ok, packed = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", gzip.compress(PAGE)
    yield ok + b"Content-Length: %d" % len(PAGE) + END + PAGE
    yield ok + b"Transfer-Encoding: chunked" + END + b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    yield ok + b"Content-Encoding: gzip\r\nContent-Length: %d" % len(packed) + END + packed
    yield ok + b"Content-Encoding: br, zstd, deflate" + END + packed
    yield b"HTTP/1.1 103 Early Hints\r\nLink: </x>" + END + ok + END + PAGE
    for location in (b"/next?a=%C3%A9#b", b"//x.localhost/", b"http://[::1]:1/", b"ftp://a/", b"HTTPS:\\\\a b\xff|", b"http://a@b:c@d/"):
        yield b"HTTP/1.1 301 Moved\r\nLocation: %b\r\nContent-Length: 0" % location + END
    yield b"HTTP/1.1 302 Found\r\nLocation: http://%b/%d\r\nContent-Length: 0" % (host, random.getrandbits(20)) + END
    yield b"HTTP/1.1 429 Slow\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\nContent-Length: 0" + END
    yield b"HTTP/1.1 416 Range\r\nSet-Cookie: a=b; Domain=.localhost\r\nContent-Range: bytes */0" + END
    yield b"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm=\"x\", nonce=\"y\"\r\nAlt-Svc: h3=\":443\"" + END
    yield b"HTTP/1.0 200\r\nContent-Length: 99999999999999999999" + END + PAGE
    yield b"HTTP/1.1 206 Part\r\nContent-Range: bytes 0-9/*\r\nContent-Type: multipart/byteranges" + END + PAGE


def spoil(data, chance):
    data = bytearray(data)
    for _ in range(chance.choice((0, 1, 1, 2, 5, 50))):
        at = chance.randrange(len(data) + 1)
        some = chance.choice((b"\r\n", b"\0", b":", b"\xff\xfe", b"%", b"<title", b"9" * 30, chance.randbytes(8), bytes(data[at : at + 40])))
        kind = chance.randrange(4)
        if kind == 0:
            data[at:at] = some * chance.choice((1, 1, 1, 3, 2000))
        elif kind == 1:
            data[at : at + len(some)] = some
        elif kind == 2:
            del data[at : at + chance.choice((1, 4, 40))]
        elif data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
    if chance.random() < 0.05:
        return chance.randbytes(chance.choice((1, 20, 3000, 300_000)))
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.2 else data)


class Spoiler:
    """Answers by the number of the run and of the connection."""

    def __init__(self, certificates):
        self.run, self.count, self.port = 0, 0, {}
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self.listen(certificates), self.loop).result(30)

    async def listen(self, certificates):
        for name in ("http", "good", "h2"):
            server = await asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=512,
                ssl=certificates.contexts.get(name))
            self.port[name] = server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        try:
            while request := await asyncio.wait_for(reader.read(65536), 5):
                self.count += 1
                chance = random.Random(f"{self.run} {hash_of(request)}")
                secure = writer.get_extra_info("ssl_object")
                if secure is not None and secure.selected_alpn_protocol() == "h2":
                    data = FRAMES
                else:
                    data = chance.choice(list(whole_answers(b"127.0.0.1:%d" % self.port["http"])))
                writer.write(spoil(data, chance))
                await writer.drain()
                if chance.random() < 0.5:
                    break
        except (OSError, asyncio.TimeoutError):
            pass
        writer.close()


def hash_of(request):
    """What a request is about, whatever its port is."""
    return request.split(b"\r\n")[0][:80]


def run(program, spoiler, number, folder):
    spoiler.run = number
    cities = folder / "cities.csv"
    with cities.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["city", "url", "logo", "alt"])
        for i in range(LINKS):
            name = ("http", "http", "good", "h2")[i % 4]
            scheme = "http" if name == "http" else "https"
            rows.writerow([f"Stad {i:03}", f"{scheme}://h{i % 40}.localhost:{spoiler.port[name]}/{i}", "a.png", ""])
    environment = {**ENVIRONMENT, "SSL_CERT_FILE": str(folder / "authority.pem")}
    options = ["--allow-private", "--timeout=1", "--retries=0", "--diagnostics=json", "--fix=any", f"--cache={folder}/cache.json"]
    if number % 2:
        (folder / "cache.json").unlink(missing_ok=True)
    done = subprocess.run([program, *options, cities], env=environment, capture_output=True, check=False, timeout=300)
    if done.returncode not in (0, 1) or b"runtime error" in done.stderr or b"Sanitizer" in done.stderr:
        sys.stderr.buffer.write(done.stderr[-5000:])
        sys.exit(f"answers.py: run {number} ended with {done.returncode}")


def main():
    program, seconds = sys.argv[1], float(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        spoiler = Spoiler(Certificates(folder))
        end, number = time.monotonic() + seconds, first
        while number == first or time.monotonic() < end:
            run(os.path.abspath(program), spoiler, number, folder)
            number += 1
    print(f"answers: {spoiler.count} answers in {number - first} runs, no finding")


main()
