/* server - answer every request with one small page, over connections that are kept: as
 * little of the time as can be.  Prints its port; ends when standard input does. */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 65536, REQUEST_MAX = 4096, EVENTS = 256 };

static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
			   "Content-Length: 86\r\n\r\n";
static const char page[] = "<!doctype html><html><head><title>Stad in cijfers</title>"
			   "</head><body>1</body></html>\n";
static struct {
	char text[REQUEST_MAX];
	size_t len;
} requests[CONNECTIONS_MAX];

static void
answer(int fd)
{
	char *text = requests[fd].text;
	char out[sizeof head + sizeof page];
	size_t len = sizeof head - 1;
	memcpy(out, head, len);
	if (memcmp(text, "GET", 3) == 0) {
		memcpy(out + len, page, sizeof page - 1);
		len += sizeof page - 1;
	}
	if (write(fd, out, len) != (ssize_t)len)
		close(fd);
	requests[fd].len = 0;
}

static void
take(int fd)
{
	size_t *len = &requests[fd].len;
	ssize_t n = read(fd, requests[fd].text + *len, REQUEST_MAX - 1 - *len);
	if (n <= 0) {
		close(fd);
		return;
	}
	*len += (size_t)n;
	requests[fd].text[*len] = '\0';
	if (strstr(requests[fd].text, "\r\n\r\n") != NULL)
		answer(fd);
}

int
main(void)
{
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t size = sizeof at;
	struct epoll_event event = {.events = EPOLLIN}, events[EVENTS];
	int listener = socket(AF_INET, SOCK_STREAM, 0), poll = epoll_create1(0), one = 1;
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(listener, (struct sockaddr *)&at, size) != 0 || listen(listener, 4096) != 0 ||
	    getsockname(listener, (struct sockaddr *)&at, &size) != 0)
		return 1;
	printf("%d\n", ntohs(at.sin_port));
	fflush(stdout);
	const int watched[] = {listener, STDIN_FILENO};
	for (int i = 0; i < 2; i++) {
		event.data.fd = watched[i];
		epoll_ctl(poll, EPOLL_CTL_ADD, watched[i], &event);
	}
	for (;;) {
		int n = epoll_wait(poll, events, EVENTS, -1);
		for (int i = 0; i < n; i++) {
			int fd = events[i].data.fd;
			if (fd == STDIN_FILENO)
				return 0;
			if (fd != listener) {
				take(fd);
				continue;
			}
			fd = accept(listener, NULL, NULL);
			if (fd < 0 || fd >= CONNECTIONS_MAX)
				continue;
			setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
			requests[fd].len = 0;
			event.data.fd = fd;
			epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
		}
	}
}
