/* http.h - one request and its answer (RFC 9110), by libcurl.
 *
 * No cookies are kept and no credentials sent; certificates are always verified.  A
 * socket to a private network is refused before a byte is sent, unless that is allowed or
 * a proxy of the environment is there.  At most 256 KB of an answer are read.
 */
#ifndef LINKS_HTTP_H
#define LINKS_HTTP_H

#include <stdbool.h>
#include <time.h>

#include <curl/curl.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "link/url.h"

enum method { METHOD_HEAD, METHOD_GET /* the first 256 KB */, METHOD_GET_ALL };

struct request {
	const char *url; /* http or https */
	struct url parts;
	enum method method;
	double seconds; /* for all of it */
	bool fresh;     /* over a new connection */
};

/* What keeps an answer from being one. */
enum fault {
	FAULT_NONE,
	FAULT_REFUSED, /* nobody listens there */
	FAULT_PRIVATE, /* it is on a private network */
	FAULT_TLS,
	FAULT_UNKNOWN_HOST, /* its name is not known */
	FAULT_UNREACHABLE,  /* there is no way to its network */
	FAULT_PROXY,        /* a proxy refuses, or does not answer */
	FAULT_SILENCE,      /* time ran out without a connection to send a request by */
	FAULT_TIMEOUT,
	FAULT_BROKEN /* it ends early, or is not HTTP */
};

struct answer {
	enum fault fault;
	const char *why;      /* of a certificate, in the user's language; else NULL */
	int status;           /* 0: none came */
	const char *location; /* as it came; NULL: none */
	bool is_page;         /* it is text, or may be */
	const char *page;     /* how it begins, until the exchange is closed */
	int retry_after;      /* seconds; 0: it does not say */
	time_t expires;       /* its certificate; 0: no new one was shown */
	double seconds;
};

/* A request under way. */
struct exchange {
	CURL *easy;                          /* its CURLOPT_PRIVATE is the exchange */
	void *job;                           /* the caller's */
	bool allow_private, direct, refused; /* direct: through no proxy */
	struct buffer page;
	char error[CURL_ERROR_SIZE]; /* what libcurl says of a fault */
	size_t body_len, headers_len;
};

/* Readies e->easy for a request; the caller lets it run.  False: the host shows that it
 * is private, and there is nothing to run, end or close. */
bool
exchange_begin(struct exchange *e, const struct request *request, bool allow_private);

/* What came of it; CODE is libcurl's. */
struct answer exchange_end(struct exchange *e, CURLcode code, struct arena *a);

void exchange_close(struct exchange *e);

#endif
