"""brochure-links against servers of ours: each way in which a link is well, or is not."""

import csv
import json
import os
import signal
import socket
import subprocess
import time

import pytest

from helpers import ENVIRONMENT, LINKS, PROGRAM, ROOT, environment, run
from links.server import ENDLESS, PAGE, Answer, Certificates, Server, moved

# They wait more than they work: one process is enough for all.
pytestmark = pytest.mark.xdist_group("links")

HEADER = ["city", "url", "logo", "alt"]


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def server(certificates):
    server = Server(certificates)
    server.routes["/"] = server.routes["/ok"] = Answer()
    yield server
    server.close()


class Checked:
    """What a run of brochure-links told."""

    def __init__(self, done, seconds):
        self.status, self.stdout, self.stderr, self.seconds = done.returncode, done.stdout, done.stderr, seconds
        self.links = json.loads(done.stdout)["links"] if done.stdout.startswith("{") else None

    @property
    def link(self):
        (link,) = self.links
        return link

    @property
    def classes(self):
        return [link["class"] for link in self.links]

    @property
    def rules(self):
        return [d["rule"] for d in json.loads(self.stderr)["diagnostics"]]

    @property
    def messages(self):
        return [d["message"] for d in json.loads(self.stderr)["diagnostics"]]


def write(path, urls):
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        # names in the order of the alphabet: the list has nothing else to be told of
        rows.writerows([f"Stad {chr(97 + i // 26)}{chr(97 + i % 26)}", url, "stad.png", ""] for i, url in enumerate(urls))
    return path


@pytest.fixture
def check(server, tmp_path):
    """Runs the program over URLs, or a list of cities; what it told."""

    def check(*urls, options=(), env=None, private=True, form="json", path=None, timeout=10, retries=0):
        path = path or write(tmp_path / "cities.csv", urls)
        told = environment({"SSL_CERT_FILE": str(server.certificates.file), **(env or {})})
        start = time.monotonic()
        done = run(LINKS, *(["--allow-private"] if private else []), f"--timeout={timeout}",
            f"--retries={retries}", f"--diagnostics={form}", *options, path, env=told, cwd=tmp_path, text=True)
        return Checked(done, time.monotonic() - start)

    return check


# --- statuses --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "status, expected",
    [
        (200, "ok"), (204, "ok"), (206, "ok"), (299, "ok"),
        (401, "blocked"), (403, "blocked"), (429, "blocked"), (451, "blocked"), (999, "blocked"),
        (400, "dead"), (402, "dead"), (404, "dead"), (408, "dead"), (410, "dead"), (418, "dead"), (499, "dead"),
        (500, "server"), (501, "server"), (502, "server"), (503, "server"), (504, "server"), (599, "server"),
        (300, "server"), (304, "server"), (700, "server"),
    ],
)
def test_status_decides_the_class(status, expected, server, check):
    server.routes["/x"] = Answer(status)
    done = check(server.url("/x"))
    assert (done.link["class"], done.link["status"]) == (expected, status)
    assert done.status == (0 if expected in ("ok", "blocked") else 1)
    assert done.rules == ([] if expected == "ok" else [f"link-{expected}"])


def test_every_link_has_its_place_and_city(server, check, tmp_path):
    done = check(server.url("/ok"), server.url("/gone"))
    assert [(x["city"], x["line"], x["url"]) for x in done.links] == [
        ("Stad aa", 2, server.url("/ok")), ("Stad ab", 3, server.url("/gone"))]
    assert all(0 < link["seconds"] < 5 for link in done.links)
    assert set(done.links[0]) == {"url", "class", "status", "location", "city", "file", "line", "seconds"}
    (told,) = json.loads(done.stderr)["diagnostics"]
    assert (told["file"], told["line"], told["column"]) == (str(tmp_path / "cities.csv"), 3, 9)
    assert (told["severity"], told["rule"]) == ("error", "link-dead")


def test_a_link_is_asked_for_once(server, check):
    done = check(server.url("/ok"), server.url("/gone"), server.url("/ok"), server.url("/gone"))
    assert done.classes == ["ok", "dead", "ok", "dead"]
    assert server.methods("/ok") == ["HEAD", "GET"] and server.methods("/gone") == ["HEAD", "GET"]
    assert done.rules == ["link-dead", "link-dead"]


def test_links_of_the_text_are_told_of(server, check, tmp_path):
    (tmp_path / "announcement.md").write_text(
        "---\ntitle: T\nlang: nl-BE\ngrid:\n  heading: H\n  intro: I\n  link: '{city}'\n---\n\n"
        f"Zie [hier]({server.url('/gone')}), [daar]({server.url('/ok')}) en [ons](mailto:a@gent.be).\n\n"
        f"* of [**toch** niet]({server.url('/old')})\n")
    server.routes["/old"] = moved("/ok")
    done = check(server.url("/ok"), options=["--fix"])
    assert [(x["class"], x["line"], x["city"]) for x in done.links] == [
        ("ok", 2, "Stad aa"), ("dead", 10, None), ("ok", 10, None), ("moved", 12, None)]
    assert done.rules == ["link-dead", "link-moved"] and done.status == 1
    assert server.url("/old") in (tmp_path / "announcement.md").read_text()


# --- HEAD ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_get_decides_where_head_is_refused(status, server, check):
    server.routes.update({"HEAD /x": Answer(status), "/x": Answer()})
    assert check(server.url("/x")).link["class"] == "ok"
    assert server.methods("/x") == ["HEAD", "GET"]
    assert server.log[-1].headers["range"] == "bytes=0-262143"


@pytest.mark.parametrize(
    "lie",
    [Answer(raw=b"garbage\r\n\r\n"), Answer(raw=b""), Answer(wait=60), moved("/x", 302), moved("ftp://x/")],
    ids=["garbage", "nothing", "silence", "circle", "other-scheme"],
)
def test_get_decides_where_head_fails(lie, server, check):
    server.routes.update({"HEAD /x": lie, "/x": Answer()})
    assert check(server.url("/x"), timeout=3).link["class"] == "ok"


def test_get_decides_where_head_is_too_kind(server, check):
    server.routes.update({"HEAD /x": Answer(), "/x": Answer(404)})
    assert check(server.url("/x")).link["class"] == "dead"


def test_what_is_no_page_is_not_fetched(server, check):
    server.routes["/x"] = Answer(kind="application/pdf")
    assert check(server.url("/x")).link["class"] == "ok"
    assert server.methods("/x") == ["HEAD"]


def test_whole_page_is_fetched_where_a_range_is_refused(server, check):
    server.routes["/x"] = lambda request: Answer(416 if "range" in request.headers else 200)
    assert check(server.url("/x")).link["class"] == "ok"


def test_host_that_needs_get_is_soon_asked_by_get_only(server, check):
    urls = [server.url(f"/p{i}") for i in range(60)]
    server.routes.update({f"/p{i}": Answer() for i in range(60)})
    done = check(*urls)
    assert set(done.classes) == {"ok"}
    assert 16 <= sum(r.method == "HEAD" for r in server.log) <= 24
    assert sum(r.method == "GET" for r in server.log) == 60


# --- redirects -------------------------------------------------------------------------------


@pytest.mark.parametrize("status, expected", [(301, "moved"), (308, "moved"), (302, "ok"), (303, "ok"), (307, "ok")])
def test_redirects(status, expected, server, check):
    server.routes["/old"] = moved("/ok", status)
    done = check(server.url("/old"))
    assert (done.link["class"], done.link["location"]) == (expected, server.url("/ok"))
    assert done.link["status"] == (status if expected == "moved" else 200)
    assert done.status == 0 and done.rules == (["link-moved"] if expected == "moved" else [])
    if expected == "moved":
        assert server.url("/ok") in done.messages[0]


@pytest.mark.parametrize(
    "first, second, expected, location",
    [(301, 301, "moved", "/ok"), (301, 302, "moved", "/b"), (302, 301, "ok", "/ok"), (308, 301, "moved", "/ok")],
)
def test_only_the_first_redirects_that_are_for_good_count(first, second, expected, location, server, check):
    server.routes.update({"/a": moved("/b", first), "/b": moved("/ok", second)})
    link = check(server.url("/a")).link
    assert (link["class"], link["location"]) == (expected, server.url(location))


@pytest.mark.parametrize("status, expected", [(404, "dead"), (500, "server"), (403, "blocked")])
def test_moved_to_what_is_not_there_is_not_moved(status, expected, server, check):
    server.routes.update({"/old": moved("/new"), "/new": Answer(status)})
    link = check(server.url("/old")).link
    assert (link["class"], link["status"], link["location"]) == (expected, status, server.url("/new"))


@pytest.mark.parametrize("count, expected", [(10, "ok"), (11, "dead")])
def test_ten_redirects_at_most(count, expected, server, check):
    server.routes.update({f"/r{i}": moved(f"/r{i + 1}", 302) for i in range(count)})
    server.routes[f"/r{count}"] = Answer()
    assert check(server.url("/r0")).link["class"] == expected


@pytest.mark.parametrize("path", ["/self", "/a"])
def test_circle_is_dead(path, server, check):
    server.routes.update({"/self": moved("/self"), "/a": moved("/b", 302), "/b": moved("/a", 302)})
    done = check(server.url(path))
    assert done.link["class"] == "dead" and "in a loop" in done.messages[0]
    assert len(server.log) < 10


@pytest.mark.parametrize(
    "location",
    ["ftp://127.0.0.1/", "file:///etc/passwd", "mailto:a@gent.be", "javascript:alert(1)", "data:text/html,x",
        "gopher://x:1/", "http://", "http://[::1/", "//", "https:///x", "tel:1", "about:blank"],
)
def test_redirect_to_anything_but_a_website_is_dead(location, server, check):
    server.routes["/x"] = moved(location, 302)
    done = check(server.url("/x"))
    assert done.link["class"] == "dead" and "not a website" in done.messages[0]


@pytest.mark.parametrize(
    "location, expected",
    [("b/c?d=1", "/a/b/c?d=1"), ("../c", "/c"), ("?q", "/a/x?q"), ("/met een spatie", "/met%20een%20spatie"),
        ("/caf\u00e9", "/caf%C3%A9"), ("/a|b", "/a%7Cb"), ("/n?tx[uid]=5", "/n?tx%5Buid%5D=5"), ("/100%", "/100%25")],
)
def test_redirects_are_resolved(location, expected, server, check):
    server.routes.update({"/a/x": moved(location.encode().decode("latin-1"), 302), expected: Answer()})
    link = check(server.url("/a/x")).link
    assert (link["class"], link["location"]) == ("ok", server.url(expected))


def test_redirect_keeps_the_fragment(server, check):
    server.routes["/old"] = moved("/ok")
    assert check(server.url("/old#cijfers")).link["location"] == server.url("/ok#cijfers")


@pytest.mark.parametrize("headers", [{}, {"Location": ""}], ids=["none", "empty"])
def test_redirect_without_location_is_broken(headers, server, check):
    server.routes["/x"] = Answer(302, headers)
    assert check(server.url("/x")).link["class"] == "server"


def test_redirect_from_https_to_http_is_told(server, check):
    server.routes["localhost/down"] = moved(server.url("/ok"), 302)
    done = check(server.url("/down", port="good"))
    assert done.link["class"] == "ok" and "link-downgrade" in done.rules and done.status == 0


def test_another_website_at_the_end_is_noted(server, check):
    server.routes["/go"] = moved(server.url("/ok", host="stad.localhost"), 302)
    done = check(server.url("/go", host="kort.localhost"))
    assert (done.link["class"], done.rules, done.status) == ("ok", ["link-elsewhere"], 0)


@pytest.mark.parametrize("path", ["/login", "/a/Aanmelden.aspx", "/oauth2/x", "/sso"])
def test_log_in_page_at_the_end_is_noted(path, server, check):
    server.routes.update({"/go": moved(path, 302), path: Answer()})
    done = check(server.url("/go"))
    assert (done.link["class"], done.rules, done.status) == ("ok", ["link-login"], 0)


# --- short addresses -------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["short", "Kort", "court"])
@pytest.mark.parametrize(
    "answer, rules",
    [
        (moved("https://www.stad.be/cijfers/"), []), (moved("https://www.stad.be/cijfers/", 302), []),
        (moved("https://www.stad.be/old"), []), (moved("https://www.stad.be/anders"), ["link-short"]),
        (Answer(), ["link-short"]), (Answer(404), ["link-dead"]), (moved("https://www.stad.be/"), ["link-short"]),
    ],
    ids=["moved", "redirected", "through-the-old-one", "elsewhere", "its-own-page", "dead", "home"],
)
def test_short_address_leads_to_the_page_of_the_link(column, answer, rules, server, check, tmp_path):
    server.routes.update({"stad.be/x": answer, "www.stad.be/old": moved("/cijfers"), "/cijfers": Answer(),
        "/cijfers/": Answer(), "/anders": Answer()})
    path = tmp_path / "list.csv"
    path.write_text(f"city,url,logo,alt,{column}\nStad,https://www.stad.be/cijfers,stad.png,,stad.be/x\nDorp,https://www.stad.be/cijfers,d.png,,\n")
    before = path.read_bytes()
    done = check(path=path, options=["--fix=any"], env={"https_proxy": server.proxy()})
    assert done.rules == rules and done.status == (1 if rules else 0), done.messages
    assert [x["url"] for x in done.links] == [
        "https://www.stad.be/cijfers", "https://stad.be/x", "https://www.stad.be/cijfers"]
    assert path.read_bytes() == before


# --- pages that are gone, and say 200 --------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    ["Pagina niet gevonden | Stad Gent", "404 - Stad", "Page introuvable", "Page not found", "Fout 404",
        "Seite nicht gefunden", "De pagina bestaat niet", "This page could not be found", "  404"],
)
def test_title_that_says_not_found(title, server, check):
    server.routes["/x"] = Answer(body=f"<html><head><TITLE lang=x>\n{title}\n</TITLE></head>".encode())
    done = check(server.url("/x"))
    assert (done.link["class"], done.rules, done.status) == ("soft 404", ["link-soft-404"], 0)


@pytest.mark.parametrize(
    "title", ["Stad in cijfers", "Cijfers over 1404 straten", "Lost and found", "Kaart 4041", "Niets te vinden?", ""]
)
def test_title_of_a_page_that_is_there(title, server, check):
    server.routes["/x"] = Answer(body=f"<title>{title}</title>".encode())
    assert check(server.url("/x")).link["class"] == "ok"


@pytest.mark.parametrize("home", ["/", "/nl/", "/nl-be", "/index.html", "/nl/home", "/Home.aspx"])
@pytest.mark.parametrize("status", [301, 302])
def test_home_page_in_place_of_a_page(home, status, server, check):
    server.routes.update({"/dashboard": moved(home, status), home: Answer()})
    assert check(server.url("/dashboard")).link["class"] == "soft 404"


@pytest.mark.parametrize("page, home, expected", [("data.gent.be", "www.gent.be", "soft 404"), ("www.gent.be", "data.gent.be", "ok"), ("gent.be", "stad.be", "ok")])
def test_home_page_of_another_host(page, home, expected, server, check):
    server.routes[f"{page}/x"] = moved(f"http://{home}/", 302)
    assert check(f"http://{page}/x", env={"http_proxy": server.proxy()}).link["class"] == expected


def test_home_page_that_redirects_within_the_website(server, check):
    server.routes.update({"/": moved("/nl/", 302), "/nl/": Answer()})
    assert check(server.url("/")).link["class"] == "ok"


# --- retries ---------------------------------------------------------------------------------


@pytest.mark.long
def test_what_passes_is_tried_again(server, check):
    server.routes["GET /x"] = [Answer(502), Answer(reset_after=9), Answer()]
    server.routes["HEAD /x"] = Answer(405)
    done = check(server.url("/x"), retries=2)
    assert done.link["class"] == "ok"
    times = [r.at for r in server.log if r.method == "GET"]
    # a second, then two; by chance from half to one and a half of that
    assert 0.4 < times[1] - times[0] < 2.5 and 0.9 < times[2] - times[1] < 4


def test_retries_come_to_an_end(server, check):
    server.routes["/x"] = Answer(500)
    done = check(server.url("/x"), retries=1)
    assert done.link["class"] == "server" and server.methods("/x") == ["HEAD", "GET", "GET"]


@pytest.mark.parametrize("method", ["HEAD", "GET"])
@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured(status, method, server, check):
    server.routes[f"{method} /x"] = [Answer(status, {"Retry-After": "2"}), Answer()]
    server.routes["/x"] = Answer()
    done = check(server.url("/x"), retries=1)
    assert done.link["class"] == "ok"
    at = [r.method for r in server.log].index(method)
    times = server.times("/x")
    assert times[at + 1] - times[at] >= 1.9


def test_retry_after_at_head_is_not_the_last_word(server, check):
    server.routes.update({"HEAD /x": Answer(503, {"Retry-After": "1"}), "/x": Answer()})
    for retries, methods in ((0, ["HEAD", "GET"]), (1, ["HEAD", "HEAD", "GET"])):
        server.log.clear()
        assert check(server.url("/x"), retries=retries).link["class"] == "ok"
        assert server.methods("/x") == methods


def test_retry_after_holds_for_the_whole_host(server, check):
    server.routes["/x"] = [Answer(429, {"Retry-After": "2"}), Answer()]
    urls = [server.url(f"/p{i}") for i in range(12)]
    server.routes.update({f"/p{i}": Answer(wait=0.1) for i in range(12)})
    check(server.url("/x"), *urls, retries=1)
    refused, again = server.times("/x")[:2]
    assert not [r for r in server.log if refused + 0.5 < r.at < again - 0.1]


@pytest.mark.parametrize("status, expected", [(429, "blocked"), (503, "server")])
def test_retry_after_of_an_hour_is_not_waited_for(status, expected, server, check):
    server.routes["/x"] = Answer(status, {"Retry-After": "3600"})
    done = check(server.url("/x"), retries=2)
    assert done.link["class"] == expected and done.seconds < 5


# --- broken, slow, huge ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        Answer(body=PAGE * 99, reset_after=100), Answer(body=PAGE * 99, close_after=100), Answer(raw=b""),
        Answer(raw=b"\0\1\2garbage\r\n\r\n"), Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
        Answer(headers={"Content-Encoding": "gzip"}), Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 60000),
        Answer(raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    ],
    ids=["reset", "closed", "empty", "garbage", "length", "encoding", "headers", "chunks"],
)
def test_broken_answer(answer, server, check):
    server.routes["/x"] = answer
    done = check(server.url("/x"))
    assert (done.link["class"], done.status, done.rules) == ("server", 1, ["link-server"])


def test_body_sent_to_head_spoils_nothing(server, check):
    spoilt = Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", late=b"<p>Dag")
    server.routes.update({"HEAD /x": spoilt, "GET /x": Answer(), "/y": Answer()})
    done = check(server.url("/x"), server.url("/y"), options=["--concurrency=1"])
    assert done.classes == ["ok", "ok"] and done.seconds < 5


def test_folded_line_before_any_header(server, check):
    """libcurl 7.88 looks for the header that it continues among those of the request before."""
    server.routes["/x"] = Answer(raw=b"HTTP/1.1 200 OK\r\n folded: line\r\nContent-Length: 0\r\n\r\n")
    done = check(server.url("/ok"), server.url("/x"), server.url("/ok?2"), server.url("/x?2"), options=["--concurrency=1"])
    assert done.status in (0, 1) and done.links[0]["class"] == "ok", done.stderr


def test_server_that_sends_a_byte_a_second_ends_at_the_timeout(server, check):
    server.routes["/x"] = Answer(drip=1)
    done = check(server.url("/x"), timeout=3)
    assert done.link["class"] == "timeout" and 2.5 < done.seconds < 6


def test_server_that_says_nothing_ends_at_the_timeout(server, check):
    server.routes["/x"] = Answer(wait=60)
    done = check(server.url("/x"), timeout=2)
    assert (done.link["class"], done.link["status"]) == ("timeout", None) and 1.5 < done.seconds < 5


def test_slow_links_do_not_hold_up_others(server, check):
    urls = [server.url("/slow", host=f"s{i}.localhost") for i in range(20)]
    server.routes["/slow"] = Answer(wait=60)
    done = check(*urls, server.url("/ok"), timeout=2)
    assert done.classes == ["timeout"] * 20 + ["ok"] and done.seconds < 6


@pytest.mark.long
def test_many_links_to_one_host_have_time_for_all(server, check):
    server.routes["/far"] = Answer(wait=0.7)
    names = [server.url("/go", host=f"s{i}.localhost") for i in range(24)]
    server.routes["/go"] = moved(server.url("/far", host="ver.localhost"), 302)
    # four at a time: eight seconds for what two would do if they had nothing to wait for
    assert set(check(*names, timeout=2).classes) == {"ok"}


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}], ids=["plain", "bomb"])
def test_body_is_cut(headers, server, check):
    import gzip
    server.routes["/x"] = Answer(length=ENDLESS) if not headers else Answer(
        headers=headers, body=gzip.compress(bytes(300 * 1024 * 1024), 1))
    done = check(server.url("/x"))
    assert done.link["class"] == "ok" and done.seconds < 8


def test_compressed_page_is_read(server, check):
    import gzip
    server.routes["/x"] = Answer(headers={"Content-Encoding": "gzip"}, body=gzip.compress(b"<title>Not found</title>"))
    assert check(server.url("/x")).link["class"] == "soft 404"


# --- nobody there ----------------------------------------------------------------------------


def test_connection_refused(check, server):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        done = check(f"http://127.0.0.1:{free.getsockname()[1]}/")
    assert (done.link["class"], done.link["status"], done.status) == ("dead", None, 1)
    assert "refuses the connection" in done.messages[0]


def test_unknown_host(check, server):
    done = check("https://bestaat-niet.invalid/", server.url("/ok"))
    assert done.classes == ["dead", "ok"] and done.status == 1
    assert "no website has that name" in done.messages[0]


def test_no_network_is_told_once(check, server, tmp_path):
    path = write(tmp_path / "offline.csv", [f"https://stad{i}.example/" for i in range(13)])
    if os.geteuid() == 0:  # in a network of its own there is none
        done = run("unshare", "-n", LINKS, "--retries=0", "--diagnostics=json", path, env=ENVIRONMENT, text=True)
        assert done.returncode == 3, done.stderr
        assert [d["rule"] for d in json.loads(done.stderr)["diagnostics"]] == ["network-none"]
        assert json.loads(done.stdout) == {"links": []}
    # nor where nobody answers; what is settled later stands for it here
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        urls = [f"https://stad{i}.localhost:{silent.getsockname()[1]}/" for i in range(3)]
        done = check(*urls, timeout=1)
        assert (done.status, done.rules, done.links) == (3, ["network-none"], [])
        # one website that answers shows that there is a network
        done = check(*urls, server.url("/ok"), timeout=1)
        assert (done.status, done.classes) == (1, ["timeout"] * 3 + ["ok"])
    # a proxy that is not there lets nobody out either
    done = check(path=path, env={"https_proxy": "http://127.0.0.1:9"})
    assert (done.status, done.rules, done.links) == (3, ["network-none"], [])
    # nor one that wants a password
    server.routes["/"] = Answer(407)
    done = check("http://a.gent.be/", "http://b.gent.be/", env={"http_proxy": server.proxy()})
    assert (done.status, done.rules, done.links) == (3, ["network-none"], [])


# --- TLS -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind, said",
    [("expired", "has expired"), ("future", "not valid yet"), ("other", "belongs to another website"),
        ("unknown", "incomplete, or not from a known"), ("own", "certificate is not from a known"),
        ("cut", "incomplete, or not from a known")],
)
def test_bad_certificate(kind, said, server, check):
    done = check(server.url("/ok", port=kind))
    assert (done.link["class"], done.status, done.rules) == ("tls", 1, ["link-tls"])
    assert said in done.messages[0]
    assert server.log == []


def test_server_without_tls(server, check):
    done = check(f"https://127.0.0.1:{server.ports['http']}/ok")
    assert (done.link["class"], done.rules) == ("tls", ["link-tls"])


@pytest.mark.parametrize(
    "hello, expected",
    [(Answer(raw=b"", reset_after=0), "server"), (Answer(raw=b""), "server"),
        (Answer(raw=bytes.fromhex("160303"), reset_after=0), "server"),
        (Answer(raw=bytes.fromhex("15030300020228")), "tls"), (Answer(raw=b"SSH-2.0-OpenSSH_9.2p1\r\n"), "tls")],
    ids=["reset", "closed", "begun", "alert", "other"],
)
def test_handshake_that_fails(hello, expected, server, check):
    server.hello = hello
    done = check(f"https://127.0.0.1:{server.ports['http']}/ok")
    assert (done.link["class"], done.status) == (expected, 1)


@pytest.mark.parametrize("path", ["/nonexistent/ca.pem", "/"])
def test_authorities_that_cannot_be_read_are_told_once(path, server, check):
    done = check(server.url("/ok"), server.url("/ok", port="good"), env={"SSL_CERT_FILE": path})
    assert done.status == 1 and done.rules in (["file-missing"], ["file-unreadable"]) and server.log == []


@pytest.mark.parametrize("kind, expected", [("good", "ok"), ("later", "ok"), ("soon", "expiring")])
def test_certificate_that_ends_soon(kind, expected, server, check):
    # the second link goes over the connection of the first one
    server.routes["/two"] = Answer()
    done = check(server.url("/ok", port=kind), server.url("/two", port=kind), options=["--concurrency=1"])
    assert done.classes == [expected] * 2 and done.status == 0
    assert done.rules == (["link-expiring"] * 2 if expected == "expiring" else [])


def test_own_authority_is_needed(server, check):
    assert check(server.url("/ok", port="good"), env={"SSL_CERT_FILE": ""}).link["class"] == "tls"


def test_verification_cannot_be_turned_off(server, check):
    for option in ("--insecure", "-k", "--no-verify"):
        assert check(server.url("/ok"), options=[option]).status == 2


# --- HTTP/2, IPv6, names ---------------------------------------------------------------------


def test_http2(server, check):
    server.routes["/gone"] = Answer(404)
    done = check(server.url("/ok", port="h2"), server.url("/gone", port="h2"))
    assert done.classes == ["ok", "dead"] and {r.version for r in server.log} == {"HTTP/2"}


def test_http2_stream_that_is_reset(server, check):
    server.routes["/x"] = Answer(reset_after=0)
    assert check(server.url("/x", port="h2")).link["class"] == "server"


def test_ipv6(server, check):
    assert socket.has_ipv6
    done = check(server.url("/ok", host="[::1]"))
    assert done.link["class"] == "ok" and server.log[0].host.startswith("[::1]")


def test_request_is_honest(server, check):
    version = run(LINKS, "--version", text=True).stdout.split()[1]
    check(server.url("/ok"))
    for request in server.log:
        assert request.headers["user-agent"] == f"Mozilla/5.0 (compatible; brochure-links/{version})"
        assert "text/html" in request.headers["accept"] and "gzip" in request.headers["accept-encoding"]
        assert not {"cookie", "authorization", "referer"} & set(request.headers)


def test_cookies_are_not_kept(server, check):
    server.routes["/a"] = moved("/ok", 302)
    server.routes["/a"].headers["Set-Cookie"] = "id=1; Path=/"
    check(server.url("/a"))
    assert not [r for r in server.log if "cookie" in r.headers]


def test_credentials_of_a_redirect_are_not_sent(server, check, tmp_path):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login x password y\n")
    server.routes["/a"] = moved(server.url("/ok").replace("//", "//naam:geheim@"))
    done = check(server.url("/a"), env={"HOME": str(tmp_path)})
    assert done.link["location"] == server.url("/ok")
    assert not [r for r in server.log if "authorization" in r.headers]


# --- private networks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST.", "a.localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "127.1.2.3"],
)
def test_this_computer_is_refused(host, server, check):
    done = check(server.url("/ok", host=host), private=False)
    assert (done.link["class"], done.status) == ("dead", 1) and "private network" in done.messages[0]
    assert server.connections == 0


def test_redirect_to_a_private_network_is_refused(server, check):
    proxied = {"http_proxy": server.proxy(), "no_proxy": "127.0.0.1,intern.stad.be,.localhost"}
    for target in ("127.0.0.1", "a.localhost"):
        server.routes["www.stad.be/x"] = moved(server.url("/ok", host=target), 302)
        before = server.connections
        done = check("http://www.stad.be/x", private=False, env=proxied)
        assert done.link["class"] == "dead" and "private network" in done.messages[0]
        assert server.methods("/ok") == [] and server.connections == before + 1


def test_name_that_resolves_to_a_private_address_is_refused(server, check):
    """The machine's own name stands for any name with such an address."""
    name = socket.gethostname()
    address = socket.getaddrinfo(name, None, socket.AF_INET)[0][4][0]
    if not address.startswith(("127.", "10.", "192.168.", "172.")):
        pytest.skip(f"{name} is {address} here")
    done = check(f"http://{name}.:{server.ports['http']}/ok", private=False)
    assert done.link["class"] == "dead" and server.connections == 0


# --- proxies ---------------------------------------------------------------------------------


def test_proxy_for_http(server, check):
    server.routes["www.stad.be/x"] = Answer()
    done = check("http://www.stad.be/x", private=False, env={"http_proxy": server.proxy()})
    assert done.link["class"] == "ok" and {r.host for r in server.log} == {"www.stad.be"}


def test_proxy_for_https(server, check):
    done = check("https://www.stad.be/ok", private=False, env={"https_proxy": server.proxy()})
    assert done.link["class"] == "ok" and server.log[0].method == "CONNECT"


def test_certificate_is_verified_through_a_proxy(server, check):
    server.tunnel = "other"
    assert check("https://www.stad.be/ok", private=False, env={"https_proxy": server.proxy()}).link["class"] == "tls"


@pytest.mark.parametrize(
    "env, through",
    [
        ({"all_proxy": "{p}"}, True), ({"ALL_PROXY": "{p}"}, True), ({"HTTP_PROXY": "{p}"}, False),
        ({"http_proxy": "{p}", "no_proxy": "*"}, False), ({"http_proxy": "{p}", "no_proxy": "x.be, localhost"}, False),
        ({"http_proxy": "{p}", "NO_PROXY": ".localhost"}, False), ({"http_proxy": "{p}", "no_proxy": "calhost,ost"}, True),
        ({"http_proxy": "{p}", "no_proxy": "a.localhost"}, True), ({"http_proxy": ""}, False),
        ({"http_proxy": "{p}", "no_proxy": "*.localhost"}, False), ({"http_proxy": "{p}", "no_proxy": "127.0.0.0/8"}, True),
    ],
    ids=str,
)
def test_proxies_of_the_environment(env, through, server, check):
    with socket.socket() as free:  # nobody listens there, but the proxy does not mind
        free.bind(("127.0.0.1", 0))
        done = check(f"http://localhost:{free.getsockname()[1]}/ok",
            env={k: v.format(p=server.proxy()) for k, v in env.items()})
    assert (done.link["class"] == "ok") == through


@pytest.mark.parametrize("networks, through", [("127.0.0.0/8", False), ("10.0.0.0/8, 127.0.0.1", False), ("::1", True), ("128.0.0.0/8", True)])
def test_networks_without_a_proxy(networks, through, server, check):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        done = check(f"http://127.0.0.1:{free.getsockname()[1]}/ok", env={"http_proxy": server.proxy(), "no_proxy": networks})
    assert (done.link["class"] == "ok") == through


def test_proxy_for_http_that_wants_a_password(server, check):
    server.routes.update({"www.stad.be/x": Answer(407), "www.gent.be/x": Answer()})
    done = check("http://www.stad.be/x", "http://www.gent.be/x", env={"http_proxy": server.proxy()})
    assert done.classes == ["blocked", "ok"] and "a proxy refuses" in done.messages[0]


@pytest.mark.parametrize("status, expected", [(403, "blocked"), (407, "blocked"), (502, "server"), (504, "server")])
def test_proxy_that_refuses(status, expected, server, check):
    server.routes["CONNECT www.stad.be"] = Answer(status)
    done = check("https://www.stad.be/ok", server.url("/ok"), env={"https_proxy": server.proxy()})
    assert done.classes == [expected, "ok"] and done.links[0]["status"] == status


# --- how many at a time ----------------------------------------------------------------------


def test_four_requests_a_host(server, check):
    server.routes.update({f"/p{i}": Answer(wait=0.05) for i in range(40)})
    done = check(*[server.url(f"/p{i}") for i in range(40)])
    assert set(done.classes) == {"ok"} and server.busiest["127.0.0.1"] == 4


@pytest.mark.parametrize("options, most", [([], 32), (["--concurrency=5"], 5), (["--concurrency=1"], 1)])
def test_requests_in_all(options, most, server, check):
    server.routes["/p"] = Answer(wait=0.3)
    links = [server.url("/p", host=f"h{i}.localhost") for i in range(most * 3 // 2 + 1)]
    done = check(*links, options=options, timeout=60)
    assert set(done.classes) == {"ok"} and server.busiest[""] == most


# --- rewriting the list ----------------------------------------------------------------------


def fix(check, path, *options, **more):
    return check(path=path, options=["--fix", *options], **more)


def test_fix_changes_only_the_cells_that_moved(server, check, tmp_path):
    server.routes.update({"/old": moved("/new?a=1,2"), "/new?a=1,2": Answer(), "/tmp": moved("/ok", 302)})
    old, ok, gone, tmp = (server.url(p) for p in ("/old", "/ok", "/gone", "/tmp"))
    new = server.url("/new?a=1,2")
    path = tmp_path / "list.csv"
    form = ("\ufeffurl ; city;alt;logo;opmerking\r\n{0};  Aalst;;a.png;\"x;\"\"y\"\"\"\r\n\r\n\"{1}\";Brugge;\"in\r\nregels\";b.png;\r\n"
        "  {0}  ;Gent;;g.png;{0}\r\n{2};Lier;;l.png;\r\n\" {0} \";Ronse;;r.png;\r\n{3};Temse;;t.png;")
    path.write_bytes(form.format(old, ok, gone, tmp).encode())
    done = fix(check, path)
    expected = form.format("{0}", ok, gone, tmp)
    # the last column is not of links
    expected = expected.replace(";g.png;{0}", f";g.png;{old}").replace('" {0} "', '"{0}"').replace("{0}", new)
    assert path.read_bytes().decode() == expected
    assert done.status == 1 and done.rules == ["link-fixed", "link-fixed", "link-dead", "link-fixed"]
    assert all(f'"{new}"' in m and f'"{old}"' in m for m in done.messages if "wrote" in m)
    again = fix(check, path)
    assert path.read_bytes().decode() == expected and again.rules == ["link-dead"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_fix_keeps_the_form_of_the_file(encoding, separator, end, server, check, tmp_path):
    server.routes.update({"/old": moved("/new,a;b"), "/new,a;b": Answer()})
    rows = [["city", "url", "logo", "alt"], ["Liège", "{}", "l.png", ""], ["Tielt", server.url("/ok"), "t.png", "één"]]
    text = end.join(separator.join(row) for row in rows) + end
    path = tmp_path / "list.csv"
    path.write_bytes(text.format(server.url("/old")).encode(encoding))
    done = fix(check, path)
    new = server.url("/new,a;b")
    quoted = f'"{new}"' if separator in new else new
    assert path.read_bytes() == text.format(quoted).encode(encoding) and done.status == 0


def test_nothing_is_written_without_fix(server, check, tmp_path):
    server.routes["/old"] = moved("/ok")
    path = write(tmp_path / "list.csv", [server.url("/old")])
    before = path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino
    check(path=path)
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_file_is_left_alone_when_nothing_is_to_be_changed(server, check, tmp_path):
    path = write(tmp_path / "list.csv", [server.url("/ok"), server.url("/gone")])
    before = path.stat().st_mtime_ns, path.stat().st_ino
    fix(check, path)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


# --fix within what the same owner registered; a proxy answers for all of these names
OTHERS = [
    ("http://www.gent.be/x", "http://gent.be/x", "safe"),
    ("http://www.gent.be/x", "https://stad.gent.be/y", "safe"),
    ("http://www.gent.be/x", "http://www.stad.be/x", "other"),
    ("http://gent.be/x", "http://gent.be.evil.example/x", "other"),
    ("http://stad.github.io/x", "http://evil.github.io/x", "other"),
    ("http://a.co.uk/x", "http://b.co.uk/x", "other"),
    ("http://198.51.100.1/x", "http://198.51.101.1/x", "other"),
    ("https://www.gent.be/x", "http://www.gent.be/y", "never"),
    ("http://www.gent.be/x", "http://www.gent.be/login", "never"),
    ("http://www.gent.be/x", "http://stad.gent.be/", "never"),
    ("http://www.gent.be/x", "http://stad.gent.be/nl/home", "never"),
    ("http://www.gent.be/x", "http://10.0.0.1/x", "never"),
]


@pytest.mark.parametrize("any_owner", [False, True])
@pytest.mark.parametrize("old, new, kind", OTHERS)
def test_fix_stays_with_the_owner(old, new, kind, any_owner, server, check, tmp_path):
    path = write(tmp_path / "list.csv", [old])
    server.routes[old.split("//")[1]] = moved(new)
    server.routes[new.split("//")[1]] = Answer()
    proxied = {"http_proxy": server.proxy(), "https_proxy": server.proxy()}
    done = check(path=path, options=["--fix=any" if any_owner else "--fix"], env=proxied)
    written = kind == "safe" or (kind == "other" and any_owner)
    assert done.link["class"] == "moved", done.stderr
    assert path.read_text() == write(tmp_path / "other.csv", [new if written else old]).read_text()
    assert ("link-fixed" in done.rules) == written and ("link-moved" in done.rules) == (not written)


def test_fix_never_writes_what_was_found_by_way_of_http(server, check, tmp_path):
    path = write(tmp_path / "list.csv", ["https://www.gent.be/a"])
    server.routes.update({"www.gent.be/a": moved("http://www.gent.be/b"), "www.gent.be/b": moved("https://www.gent.be/c"),
        "www.gent.be/c": Answer()})
    done = fix(check, path, env={"http_proxy": server.proxy(), "https_proxy": server.proxy()})
    assert done.link["class"] == "moved" and "/a" in path.read_text()
    assert sorted(done.rules) == ["link-downgrade", "link-moved"]


@pytest.mark.parametrize("new", [Answer(404), Answer(500), Answer(403), Answer(body=b"<title>Niet gevonden</title>"), moved("/new")])
def test_fix_writes_only_what_answers(new, server, check, tmp_path):
    server.routes.update({"/old": moved("/new"), "/new": new})
    path = write(tmp_path / "list.csv", [server.url("/old")])
    before = path.read_bytes()
    fix(check, path)
    assert path.read_bytes() == before


def test_fix_leaves_a_file_that_was_changed_meanwhile(server, check, tmp_path):
    server.routes["/old"] = moved("/ok")
    path = write(tmp_path / "list.csv", [server.url("/old")])

    def edit(request):
        path.write_text("somebody else wrote this\n")
        return Answer()

    server.routes["GET /ok"] = edit
    done = fix(check, path)
    assert path.read_text() == "somebody else wrote this\n"
    assert done.status == 1 and "file-changed" in done.rules and "link-fixed" not in done.rules


def test_fix_follows_a_symbolic_link_and_keeps_the_mode(server, check, tmp_path):
    server.routes["/old"] = moved("/ok")
    path = write(tmp_path / "list.csv", [server.url("/old")])
    path.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to("list.csv")
    fix(check, link)
    assert link.is_symlink() and server.url("/ok") in path.read_text() and path.stat().st_mode & 0o777 == 0o640


def test_fix_needs_a_file(server, check):
    done = check(options=["--fix"], path="-")
    assert done.status == 2 and done.rules == ["usage-input"]


# --- the cache -------------------------------------------------------------------------------


def age(cache, seconds):
    """Makes all that CACHE knows older."""
    known = json.loads(cache.read_text())
    for link in known["links"].values():
        for name in ("asked", "seen"):
            link[name] -= seconds if link[name] else 0
    cache.write_text(json.dumps(known))


def test_what_was_ok_is_asked_once_a_day(server, check, tmp_path):
    cache = tmp_path / "cache.json"
    server.routes.update({"/old": moved("/ok"), "/tmp": moved("/ok", 302)})
    urls = [server.url(p) for p in ("/ok", "/gone", "/old", "/tmp")]
    first = check(*urls, options=[f"--cache={cache}"])
    server.log.clear()
    second = check(*urls, options=[f"--cache={cache}"])
    assert first.classes == second.classes == ["ok", "dead", "moved", "ok"]
    assert [x["location"] for x in first.links] == [x["location"] for x in second.links]
    assert server.methods("/tmp") == [] and server.methods("/gone") != [] and server.methods("/old") != []
    age(cache, 25 * 3600)
    server.log.clear()
    check(*urls, options=[f"--cache={cache}"])
    assert server.methods("/tmp") != []


def test_dead_link_is_told_when_it_was_last_seen_alive(server, check, tmp_path):
    cache = tmp_path / "cache.json"
    server.routes["/x"] = Answer()
    check(server.url("/x"), options=[f"--cache={cache}"])
    age(cache, 30 * 24 * 3600)
    del server.routes["/x"]
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 30 * 24 * 3600))
    for _ in range(2):
        done = check(server.url("/x"), options=[f"--cache={cache}"])
        assert done.link["class"] == "dead" and done.messages[0].endswith(f"last seen alive on {day}")


@pytest.mark.parametrize("seen", [2**60, -(2**60)])
def test_day_of_a_cache_that_cannot_be_is_not_told(seen, server, check, tmp_path):
    cache = tmp_path / "cache.json"
    check(server.url("/gone"), options=[f"--cache={cache}"])
    age(cache, 0)
    known = json.loads(cache.read_text())
    known["links"][server.url("/gone")]["seen"] = seen
    cache.write_text(json.dumps(known))
    done = check(server.url("/gone"), options=[f"--cache={cache}"])
    assert done.link["class"] == "dead" and "last seen" not in done.messages[0]


def test_cache_forgets_after_a_year(server, check, tmp_path):
    cache = tmp_path / "cache.json"
    check(server.url("/ok"), options=[f"--cache={cache}"])
    age(cache, 400 * 24 * 3600)
    check(server.url("/"), options=[f"--cache={cache}"])
    assert list(json.loads(cache.read_text())["links"]) == [server.url("/")]


@pytest.mark.parametrize("content", ["city,url\n", "[]", "{}", '{"program": "x", "links": {}}', '{"program": "brochure-links", "links": []}', "{"])
def test_other_file_is_not_taken_for_a_cache(content, server, check, tmp_path):
    other = tmp_path / "other"
    other.write_text(content)
    done = check(server.url("/ok"), options=[f"--cache={other}"])
    assert (done.status, done.rules) == (1, ["cache-format"]) and other.read_text() == content
    assert server.log == []


@pytest.mark.parametrize("entry", ['3', '{}', '{"class": "ok", "asked": "x"}', '{"class": "ok", "asked": 99999999999999}', 'null'])
def test_odd_entry_of_a_cache_is_asked_anew(entry, server, check, tmp_path):
    cache = tmp_path / "cache.json"
    cache.write_text('{"program": "brochure-links", "links": {"%s": %s}}' % (server.url("/ok"), entry))
    done = check(server.url("/ok"), options=[f"--cache={cache}"])
    assert done.link["class"] == "ok" and server.methods("/ok") == ["HEAD", "GET"]


def test_cache_that_cannot_be_written(server, check, tmp_path):
    done = check(server.url("/ok"), options=["--cache=/nonexistent/cache.json"])
    assert done.status == 1 and done.rules == ["output-write"]


# --- how it is told --------------------------------------------------------------------------


def test_text(server, check, tmp_path):
    server.routes["/old"] = moved("/ok")
    path = tmp_path / "cities.csv"
    done = check(server.url("/ok"), server.url("/gone"), server.url("/old"), form="text")
    assert done.stderr.splitlines() == [
        f"{path}:3:9: error: dead (404): the page is gone; look for its new address [link-dead]",
        f'{path}:4:9: warning: moved permanently (301); write "{server.url("/ok")}" [link-moved]',
        "1 error, 1 warning",
    ]
    lines = done.stdout.splitlines()
    assert sorted(line.split()[0] for line in lines[:3]) == ["dead", "moved", "ok"]
    assert [line for line in lines[:3] if line.endswith(server.url("/gone")) and " 404 " in line]
    assert "3 links, 1 ok, 1 moved, 1 dead" in lines[4]
    assert lines[5:8] == ["", "failing:", lines[7]] and server.url("/gone") in lines[7]
    assert lines[8:10] == ["", "slowest:"] and len(lines) == 13
    assert done.status == 1


def test_github(server, check):
    done = check(server.url("/gone"), form="github")
    assert "::error file=" in done.stderr and ",line=2,col=9,title=link-dead::dead (404)" in done.stderr


def test_dutch_and_french(server, check):
    for language, word, width, summary in (
        ("nl_BE.UTF-8", "dood (404)", len("bijna verlopen"), "1 link, 1 dood; duurde "),
        ("fr_BE.UTF-8", "mort (404)", len("expire bientôt"), "1 lien, mort\xa0: 1\xa0; a duré "),
    ):
        done = check(server.url("/gone"), env={"LC_ALL": language})
        assert done.messages[0].startswith(word) and done.link["class"] == "dead"
        table = check(server.url("/gone"), form="text", env={"LC_ALL": language}).stdout.splitlines()
        # the class is padded by characters, not by bytes
        assert table[0].split(" ")[0] == word.split()[0] and table[0].index(" 404 ") == width
        assert table[2].startswith(summary)


def test_allowed_kinds_are_silent(server, check):
    server.routes["/old"] = moved("/ok")
    assert check(server.url("/old"), options=["--allow=link-moved"]).rules == []
    assert check(server.url("/old"), options=["--werror"]).status == 1


def test_faults_of_the_list_are_told(server, check, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(f"city,url,logo,alt\nAalst,javascript:1,a.png,\nGent,{server.url('/ok')},g.png,\n")
    done = check(path=path)
    assert done.classes == ["ok"] and done.rules == ["url-scheme"] and done.status == 1


@pytest.mark.parametrize("options", [["--timeout=0"], ["--timeout=x"], ["--retries=-1"], ["--concurrency=33"], ["--fix=all"], ["--cache="], ["--nix"], ["a.csv", "b.csv"]])
def test_wrong_usage(options, server, check):
    done = check(server.url("/ok"), options=options)
    assert done.status == 2 and server.log == []


def test_list_that_is_missing(check, server, tmp_path):
    done = check(path=tmp_path / "none.csv")
    assert (done.status, done.rules) == (1, ["file-missing"])


@pytest.mark.parametrize("number, status", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_it_tells_and_keeps_what_is_known(number, status, server, tmp_path):
    server.routes["/slow"] = Answer(wait=60)
    path = write(tmp_path / "cities.csv", [server.url("/ok"), server.url("/gone"), server.url("/slow")])
    cache = tmp_path / "cache.json"
    process = subprocess.Popen([LINKS, "--allow-private", "--timeout=30", "--diagnostics=json", f"--cache={cache}", path],
        env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 20
    while not (server.methods("/slow") and server.methods("/gone")[1:] and server.methods("/ok")[1:]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=20)
    assert process.returncode == status, stderr
    assert [x["class"] for x in json.loads(stdout)["links"]] == ["ok", "dead"]
    assert [d["rule"] for d in json.loads(stderr)["diagnostics"]] == ["run-interrupted", "link-dead"]
    assert set(json.loads(cache.read_text())["links"]) == {server.url("/ok"), server.url("/gone")}


# --- the programs ----------------------------------------------------------------------------


def test_only_this_program_links_the_network_library():
    libraries = lambda program: run("ldd", program, text=True).stdout
    assert "libcurl" in libraries(LINKS) and "libpsl" in libraries(LINKS)
    assert "libcurl" not in libraries(PROGRAM) and "libssl" not in libraries(PROGRAM)
    assert "libhpdf" not in libraries(LINKS) and "harfbuzz" not in libraries(LINKS)


def test_progress_is_shown_on_a_terminal(server, tmp_path):
    path = write(tmp_path / "cities.csv", [server.url("/ok"), server.url("/gone")])
    try:
        main, side = os.openpty()
    except OSError:
        pytest.skip("there is no pseudo-terminal here")
    process = subprocess.Popen([LINKS, "--allow-private", "--retries=0", path], env=ENVIRONMENT, stdout=side, stderr=subprocess.DEVNULL)
    os.close(side)
    seen = b""
    try:
        while data := os.read(main, 4096):
            seen += data
    except OSError:  # the other side was closed
        pass
    os.close(main)
    assert process.wait(20) == 1
    assert b"\r1 of 2 links\r2 of 2 links\r" in seen and seen.count(server.url("/ok").encode()) == 1


# --- an edition, and the weekly check --------------------------------------------------------


@pytest.mark.parametrize("path, status", [("/ok", 0), ("/gone", 1), ("/500", 0), ("/moved-to-nothing", 1)])
def test_dead_link_stops_an_edition(path, status, server, tmp_path):
    server.routes.update({"/500": Answer(500), "/moved-to-nothing": moved("/gone")})
    cities = write(tmp_path / "cities.csv", [server.url("/ok"), server.url(path)])
    done = run("sh", "tools/alive", "--allow-private", "--retries=0", cities, cwd=ROOT, text=True,
        env={**ENVIRONMENT, "BUILD": str(LINKS.parent)})
    assert done.returncode == status and ("a link is dead" in done.stderr) == (status == 1), done.stderr


@pytest.mark.long
def test_edition_goes_on_without_network(tmp_path):
    cities = write(tmp_path / "cities.csv", ["https://www.gent.be/"])
    done = run("sh", "tools/alive", cities, cwd=ROOT, text=True,
        env={**ENVIRONMENT, "BUILD": str(LINKS.parent), "https_proxy": "http://127.0.0.1:9"})
    assert done.returncode == 0 and "the links were not checked" in done.stderr
    done = run("sh", "tools/alive", "--nix", cities, cwd=ROOT, env={**ENVIRONMENT, "BUILD": str(LINKS.parent)})
    assert done.returncode == 2


@pytest.mark.parametrize(
    "status, open_issue, expected",
    [("0", "", []), ("0", "7", ["issue close 7"]), ("1", "", ["issue create"]), ("1", "7", ["issue edit 7"]), ("2", "7", [])],
)
def test_one_issue_is_kept(status, open_issue, expected, tmp_path):
    """A stand-in for gh says whether there is an issue, and keeps what it is asked for."""
    (tmp_path / "gh").write_text(
        '#!/bin/sh\nif [ "$2" = list ]; then echo "$OPEN"; exit; fi\necho "$@" >>"$LOG"\n'
        'while [ $# -gt 0 ]; do if [ "$1" = --body-file ]; then cat "$2" >>"$LOG"; fi; shift; done\n')
    (tmp_path / "gh").chmod(0o755)
    told = tmp_path / "told.txt"
    told.write_text("data/cities.csv:7:9: error: dead (404) @everyone [link-dead]\n1 error\n")
    log = tmp_path / "log"
    log.touch()
    env = {**ENVIRONMENT, "PATH": f"{tmp_path}:{os.environ['PATH']}", "OPEN": open_issue, "LOG": str(log)}
    done = run("sh", ".ci/report-links", status, told, cwd=ROOT, env=env, text=True)
    lines = log.read_text().splitlines()
    assert done.returncode == (1 if status == "2" else 0), done.stderr
    assert [" ".join(line.split()[: len(e.split())]) for line, e in zip(lines, expected)] == expected
    assert bool(lines) == bool(expected)
    if status == "1":
        assert "    data/cities.csv:7:9: error: dead (404) @everyone [link-dead]" in lines


def test_issue_is_not_too_long_for_github(tmp_path):
    (tmp_path / "gh").write_text('#!/bin/sh\nwhile [ $# -gt 0 ]; do if [ "$1" = --body-file ]; then cat "$2"; fi; shift; done\n')
    (tmp_path / "gh").chmod(0o755)
    told = tmp_path / "told.txt"
    told.write_text("".join(f"data/cities.csv:{i}:9: error: dead (404) [link-dead]\n" for i in range(9999)) + "x" * 99999)
    env = {**ENVIRONMENT, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    body = run(".ci/report-links", "1", told, cwd=ROOT, env=env, text=True).stdout
    assert 59000 < len(body) < 65536 and body.endswith("error: dead (404) [link-dead]\n    … the log of the check has the rest\n")
