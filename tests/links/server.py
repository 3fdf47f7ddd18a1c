"""A web server that misbehaves as asked: what the tests of brochure-links talk to.

It listens on this machine only, at a port of its own for plain HTTP (IPv4 and IPv6), and at
one for each certificate.  The plain port is a proxy too: whatever host is asked for through
it answers by the same routes.  Everything runs in one thread of its own.
"""

import asyncio
import contextlib
import datetime
import socket
import ssl
import struct
import threading
import time
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.events
import trustme

NAMES = ["localhost", "*.localhost", "gent.be", "*.gent.be", "stad.be", "*.stad.be", "127.0.0.1", "::1"]
PAGE = b"<!doctype html><html><head><title>Stad in cijfers</title></head><body>Dag</body></html>"
ENDLESS = -1


@dataclass
class Answer:
    """What comes for a request, and how."""

    status: int = 200
    headers: dict = field(default_factory=dict)
    body: bytes = PAGE
    kind: str | None = "text/html; charset=utf-8"
    wait: float = 0  # seconds before the first byte
    drip: float = 0  # seconds before each byte of the body
    reset_after: int | None = None  # bytes of the body after which the connection is reset
    close_after: int | None = None  # the same, but it ends in order
    length: int | None = None  # what Content-Length says; ENDLESS: the body goes on for ever
    raw: bytes | None = None  # in place of all that
    late: bytes = b""  # a moment after RAW; the connection stays open then

    def head(self):
        headers = {"Content-Length": len(self.body) if self.length is None else self.length, **self.headers}
        if self.kind is not None:
            headers = {"Content-Type": self.kind, **headers}
        if self.length == ENDLESS:
            del headers["Content-Length"]
        lines = [f"HTTP/1.1 {self.status} Whatever", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def moved(location, status=301):
    return Answer(status, {"Location": location}, b"")


@dataclass
class Request:
    method: str
    host: str
    path: str
    headers: dict
    version: str
    at: float


class Certificates:
    """An authority of our own, and contexts for servers that it vouches for, or not."""

    def __init__(self, folder):
        self.authority = trustme.CA(key_type=trustme.KeyType.ECDSA)
        self.file = folder / "authority.pem"
        self.authority.cert_pem.write_to_path(self.file)
        now = datetime.datetime.now(datetime.timezone.utc)
        days = lambda n: now + datetime.timedelta(days=n)
        issue = lambda *names, **dates: self.context(self.authority.issue_cert(*names, **dates))
        stranger = trustme.CA(key_type=trustme.KeyType.ECDSA)
        leaf = self.authority.create_child_ca().issue_cert(*NAMES)
        self.contexts = {
            "good": issue(*NAMES, not_after=days(90)),
            "expired": issue(*NAMES, not_before=days(-30), not_after=days(-1)),
            "future": issue(*NAMES, not_before=days(2), not_after=days(90)),
            "soon": issue(*NAMES, not_after=days(10)),
            "later": issue(*NAMES, not_after=days(22)),
            "other": issue("elsewhere.example"),
            "unknown": self.context(stranger.issue_cert(*NAMES)),
            "own": self.read(stranger.cert_pem, stranger.private_key_pem),
            "cut": self.read(leaf.cert_chain_pems[0], leaf.private_key_pem),  # without what vouches for it
            "h2": issue(*NAMES, not_after=days(90)),
        }
        self.contexts["h2"].set_alpn_protocols(["h2", "http/1.1"])

    @staticmethod
    def context(certificate):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context

    @staticmethod
    def read(certificate, key):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with trustme.Blob(key.bytes() + certificate.bytes()).tempfile() as path:
            context.load_cert_chain(path)
        return context


class Server:
    """Routes are kept by "/path", "host/path", "HEAD /path" or "HEAD host/path", the most
    exact first; a route is an Answer, a list of them (one a request, the last one again and
    again) or a function of the Request."""

    def __init__(self, certificates):
        self.certificates = certificates
        self.routes = {}
        self.log = []
        self.connections = 0
        self.busy, self.busiest = {}, {}  # requests under way by host; "" for all
        self.hello = Answer(raw=b"HTTP/1.1 400 Bad Request\r\n\r\n")  # for TLS at the port that has none
        self.tunnel = "good"  # the certificate that whoever comes by CONNECT is shown
        self.ports = {}
        self.tasks = set()
        self.lock = threading.Lock()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self.listen(), self.loop).result(60)

    async def listen(self):
        plain = await asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=512)
        self.ports["http"] = plain.sockets[0].getsockname()[1]
        # a machine may lack IPv6; the test that needs it says so
        with contextlib.suppress(OSError):
            await asyncio.start_server(self.serve, "::1", self.ports["http"])
        for name, context in self.certificates.contexts.items():
            secure = await asyncio.start_server(self.serve, "127.0.0.1", 0, ssl=context)
            self.ports[name] = secure.sockets[0].getsockname()[1]

    def close(self):
        async def stop():
            for task in self.tasks:
                task.cancel()
            await asyncio.gather(*self.tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(stop(), self.loop).result(60)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(60)

    # --- where, and what was asked -------------------------------------------------------

    def url(self, path="/", host="127.0.0.1", port="http"):
        scheme = "http" if port == "http" else "https"
        if port != "http" and host == "127.0.0.1":
            host = "localhost"
        return f"{scheme}://{host}:{self.ports[port]}{path}"

    def proxy(self):
        return f"http://127.0.0.1:{self.ports['http']}"

    def methods(self, path):
        return [r.method for r in self.log if r.path == path]

    def times(self, path):
        return [r.at for r in self.log if r.path == path]

    def route(self, request):
        host = request.host.rsplit(":", 1)[0]
        for key in (f"{request.method} {host}{request.path}", f"{host}{request.path}",
                f"{request.method} {request.path}", request.path):
            if key in self.routes:
                found = self.routes[key]
                if isinstance(found, list):
                    return found.pop(0) if len(found) > 1 else found[0]
                return found(request) if callable(found) else found
        return Answer(404, body=b"<title>Fout</title>")

    # --- answering -----------------------------------------------------------------------

    async def serve(self, reader, writer):
        task = asyncio.current_task()
        self.tasks.add(task)
        self.connections += 1
        secure = writer.get_extra_info("ssl_object")
        try:
            if secure is not None and secure.selected_alpn_protocol() == "h2":
                await self.serve_http2(reader, writer)
            else:
                while await self.serve_one(reader, writer):
                    pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, ssl.SSLError):
            pass
        finally:
            self.tasks.discard(task)
            writer.close()

    async def serve_one(self, reader, writer):
        start = await reader.readexactly(1)
        if start == b"\x16":
            await reader.read(65536)
            return await self.answer(self.hello, None, writer)
        text = (start + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = text.split("\r\n")
        method, target, version = first.split(" ")
        headers = {k.lower(): v.strip() for k, v in (line.split(":", 1) for line in lines if line)}
        if method == "CONNECT":
            await self.serve_tunnel(target, headers, reader, writer)
            return False
        host = headers.get("host", "")
        if "://" in target:
            target = "/" + target.split("://", 1)[1].partition("/")[2]
        request = Request(method, host, target, headers, version, time.monotonic())
        with self.under_way(request) as answer:
            return await self.answer(answer, request, writer)

    @contextlib.contextmanager
    def under_way(self, request):
        host = request.host.rsplit(":", 1)[0]
        with self.lock:
            self.log.append(request)
            for key in ("", host):
                self.busy[key] = self.busy.get(key, 0) + 1
                self.busiest[key] = max(self.busy[key], self.busiest.get(key, 0))
        try:
            yield self.route(request)
        finally:
            with self.lock:
                for key in ("", host):
                    self.busy[key] -= 1

    async def answer(self, answer, request, writer):
        await asyncio.sleep(answer.wait)
        if answer.raw is not None:
            writer.write(answer.raw)
            await writer.drain()
            if answer.reset_after is not None:
                await self.reset(writer)
            await asyncio.sleep(0.1 if answer.late else 0)
            writer.write(answer.late)
            return answer.late != b""
        writer.write(answer.head())
        await writer.drain()
        if request.method == "HEAD":
            return True
        body = answer.body
        if answer.reset_after is not None:
            body = body[: answer.reset_after]
        if answer.close_after is not None:
            body = body[: answer.close_after]
        for piece in [body[i : i + 1] for i in range(len(body))] if answer.drip else [body]:
            await asyncio.sleep(answer.drip)
            writer.write(piece)
            await writer.drain()
        while answer.length == ENDLESS:
            writer.write(b"x" * 65536)
            await writer.drain()
        if answer.reset_after is not None:
            await self.reset(writer)
        return answer.reset_after is None and answer.close_after is None

    @staticmethod
    async def reset(writer):
        await asyncio.sleep(0.1)  # what was sent is to arrive
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()

    async def serve_tunnel(self, target, headers, reader, writer):
        host = target.rsplit(":", 1)[0]
        self.log.append(Request("CONNECT", host, target, headers, "HTTP/1.1", time.monotonic()))
        refusal = self.routes.get(f"CONNECT {host}")
        if refusal is not None:
            writer.write(refusal.head())
            await writer.drain()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.ports[self.tunnel])
        writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")

        async def pipe(source, sink):
            with contextlib.suppress(ConnectionError):
                while data := await source.read(65536):
                    sink.write(data)
                    await sink.drain()
            sink.close()

        await asyncio.gather(pipe(reader, far_writer), pipe(far_reader, writer))

    async def serve_http2(self, reader, writer):
        h2c = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        h2c.initiate_connection()
        writer.write(h2c.data_to_send())
        while data := await reader.read(65536):
            for event in h2c.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    self.answer_http2(h2c, event)
            writer.write(h2c.data_to_send())
            await writer.drain()

    def answer_http2(self, h2c, event):
        fields = {k.decode(): v.decode() for k, v in event.headers}
        request = Request(fields[":method"], fields[":authority"], fields[":path"], fields, "HTTP/2",
            time.monotonic())
        with self.under_way(request) as answer:
            if answer.reset_after is not None:
                h2c.reset_stream(event.stream_id, 2)
                return
            head = {":status": str(answer.status), "content-type": answer.kind or "", **answer.headers}
            h2c.send_headers(event.stream_id, [(k.lower(), v) for k, v in head.items()])
            body = answer.body if request.method == "GET" else b""
            h2c.send_data(event.stream_id, body, end_stream=True)
