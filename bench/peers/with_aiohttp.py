"""with_aiohttp.py CITIES.csv CONCURRENCY [head] - check the links of a list as somebody would
in Python: HEAD, then GET for the title of what is a page; with "head" no GET.  Prints how
many are well."""

import asyncio
import csv
import re
import socket
import sys

import aiohttp
from aiohttp.abc import AbstractResolver

HOST_MAX = 4


class Local(AbstractResolver):
    """Every name is this machine."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}]

    async def close(self):
        pass


async def check(session, url, titles):
    try:
        async with session.head(url, allow_redirects=True) as answer:
            status = answer.status
            page = answer.content_type.startswith("text/")
        if status >= 400 or (titles and page):
            async with session.get(url, headers={"Range": "bytes=0-262143"}) as answer:
                status = answer.status
                title = re.search(rb"<title[^>]*>(.*?)</title", await answer.content.read(262144), re.I | re.S)
                if titles and title and b"not found" in title[1].lower():
                    return False
        return status < 400
    except (aiohttp.ClientError, asyncio.TimeoutError):
        return False


async def main(path, concurrency, titles):
    with open(path, newline="", encoding="utf-8") as file:
        urls = list(dict.fromkeys(row["url"] for row in csv.DictReader(file)))
    connector = aiohttp.TCPConnector(limit=concurrency, limit_per_host=HOST_MAX, resolver=Local())
    timeout = aiohttp.ClientTimeout(total=None, sock_read=20)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        good = await asyncio.gather(*(check(session, url, titles) for url in urls))
    print(sum(good))


asyncio.run(main(sys.argv[1], int(sys.argv[2]), "head" not in sys.argv[3:]))
