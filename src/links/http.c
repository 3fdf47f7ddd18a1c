#include "links/http.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "link/address.h"

enum { BODY_MAX = 256 * 1024, HEADERS_MAX = BODY_MAX, PAGE_MAX = 64 * 1024, DAY = 86400 };

static size_t
take_header(char *data, size_t size, size_t n, void *context) /* NOLINT: its type */
{
	(void)data;
	struct exchange *e = context;
	e->headers_len += size * n;
	return e->headers_len <= HEADERS_MAX ? size * n : 0;
}

/* Keeps the start of a body, and ends the transfer where it is long enough. */
static size_t
take_body(char *data, size_t size, size_t n, void *context)
{
	struct exchange *e = context;
	size_t room = PAGE_MAX - e->page.len;
	buffer_append(&e->page, data, size * n < room ? size * n : room);
	e->body_len += size * n;
	return e->body_len < BODY_MAX ? size * n : 0;
}

static curl_socket_t
open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	(void)purpose;
	struct exchange *e = context;
	if (!e->allow_private && e->direct && address_is_private(&address->addr)) {
		e->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype, address->protocol);
}

/* The first of two variables that is set and not empty; NULL: neither is. */
static const char *
environment(const char *name, const char *other)
{
	const char *value = getenv(name);
	if (value == NULL || value[0] == '\0')
		value = getenv(other);
	return value == NULL || value[0] == '\0' ? NULL : value;
}

/* The proxy that the environment has for URL; NULL: none. */
static const char *
proxy_of(const struct url *url)
{
	const char *list = environment("no_proxy", "NO_PROXY");
	if (list != NULL && address_host_in(url->host, list))
		return NULL;
	/* HTTP_PROXY is what a web server makes of a header */
	bool secure = strcmp(url->scheme, "https") == 0;
	const char *proxy = secure ? environment("https_proxy", "HTTPS_PROXY")
				   : environment("http_proxy", "http_proxy");
	return proxy != NULL ? proxy : environment("all_proxy", "ALL_PROXY");
}

bool
exchange_begin(struct exchange *e, const struct request *request, bool allow_private)
{
	static const char agent[] =
	    "Mozilla/5.0 (compatible; brochure-links/" PACKAGE_VERSION ")";
	static char languages[] = "Accept-Language: nl,fr;q=0.8,en;q=0.6,*;q=0.4";
	static char types[] = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";
	static struct curl_slist last = {languages, NULL}, headers = {types, &last};
	const char *proxy = proxy_of(&request->parts);
	const char *bundle = getenv("SSL_CERT_FILE");
	*e = (struct exchange){.allow_private = allow_private, .direct = proxy == NULL};
	if (!allow_private && address_host_is_private(request->parts.host))
		return false;
	/* anew: 7.88 would take a folded line for one of the headers that it freed */
	CURL *easy = e->easy = curl_easy_init();
	if (easy == NULL)
		memory_exhausted();
	curl_easy_setopt(easy, CURLOPT_URL, request->url);
	curl_easy_setopt(easy, CURLOPT_PROXY, proxy != NULL ? proxy : "");
	curl_easy_setopt(easy, CURLOPT_NOBODY, (long)(request->method == METHOD_HEAD));
	curl_easy_setopt(easy, CURLOPT_RANGE,
	    request->method == METHOD_GET ? "0-262143" : NULL); /* BODY_MAX */
	curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)(request->seconds * 1000) + 1);
	curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, (long)request->fresh);
	curl_easy_setopt(easy, CURLOPT_PRIVATE, e);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, e->error);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, agent);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, &headers);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
	curl_easy_setopt(easy, CURLOPT_CERTINFO, 1L);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, e);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, e);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, e);
	/* an interrupt is not to wait for a name server */
	curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
	/* a folder of certificates would have the bundle read for every connection */
	curl_easy_setopt(easy, CURLOPT_CAPATH, getenv("SSL_CERT_DIR"));
	if (bundle != NULL && bundle[0] != '\0')
		curl_easy_setopt(easy, CURLOPT_CAINFO, bundle);
	return true;
}

static long
number(const struct exchange *e, CURLINFO what)
{
	long value = 0;
	curl_easy_getinfo(e->easy, what, &value);
	return value;
}

static enum fault
fault_of(const struct exchange *e, CURLcode code)
{
	static const struct {
		CURLcode code;
		enum fault fault;
	} faults[] = {{CURLE_OK, FAULT_NONE}, {CURLE_URL_MALFORMAT, FAULT_UNKNOWN_HOST},
	    {CURLE_COULDNT_RESOLVE_HOST, FAULT_UNKNOWN_HOST},
	    {CURLE_COULDNT_RESOLVE_PROXY, FAULT_PROXY}, {CURLE_PROXY, FAULT_PROXY},
	    {CURLE_OPERATION_TIMEDOUT, FAULT_TIMEOUT},
	    {CURLE_PEER_FAILED_VERIFICATION, FAULT_TLS},
	    {CURLE_SSL_CONNECT_ERROR, FAULT_TLS}, {CURLE_SSL_CACERT_BADFILE, FAULT_TLS}};
	long error = number(e, CURLINFO_OS_ERRNO);
	if (code == CURLE_OPERATION_TIMEDOUT && number(e, CURLINFO_REQUEST_SIZE) == 0)
		return FAULT_SILENCE;
	/* when the connection ends within the handshake, OpenSSL has no error of its own
	 */
	if (code == CURLE_SSL_CONNECT_ERROR &&
	    (!strstr(e->error, "error:") || strstr(e->error, "unexpected eof")))
		return FAULT_BROKEN;
	/* over plain HTTP the proxy answers in the website's place */
	if (!e->direct && number(e, CURLINFO_RESPONSE_CODE) == 407)
		return FAULT_PROXY;
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
		if (faults[i].code == code)
			return faults[i].fault;
	if (code == CURLE_OUT_OF_MEMORY)
		memory_exhausted();
	/* with a 5xx a proxy could not get through itself */
	if (code != CURLE_COULDNT_CONNECT)
		return number(e, CURLINFO_HTTP_CONNECTCODE) / 100 == 4 ? FAULT_PROXY
								       : FAULT_BROKEN;
	if (e->refused || !e->direct)
		return e->refused ? FAULT_PRIVATE : FAULT_PROXY;
	return error == ENETUNREACH || error == EHOSTUNREACH ? FAULT_UNREACHABLE
							     : FAULT_REFUSED;
}

/* What is wrong with the certificate; NULL: it is something else. */
static const char *
tls_fault(const struct exchange *e, CURLcode code)
{
	/* by OpenSSL's number (x509_vfy.h), which is set after the name was looked at */
	static const char *const words[] = {
	    N_("the certificate belongs to another website"),
	    N_("the certificate belongs to another website"),
	    [9] = N_("the certificate is not valid yet"),
	    [10] = N_("the certificate has expired"),
	    [18] = N_("the certificate is not from a known authority")};
	size_t i = (size_t)number(e, CURLINFO_SSL_VERIFYRESULT);
	if (code != CURLE_PEER_FAILED_VERIFICATION)
		return NULL;
	if (i >= sizeof words / sizeof *words || words[i] == NULL)
		return _(
		    "the chain of certificates is incomplete, or not from a known authority");
	return _(words[i]);
}

/* When the certificate ends that the handshake showed; 0: there was none. */
static time_t
expiry(const struct exchange *e)
{
	static const char name[] = "Expire date:";
	struct curl_certinfo *chain = NULL;
	curl_easy_getinfo(e->easy, CURLINFO_CERTINFO, &chain);
	if (chain == NULL || chain->num_of_certs < 1)
		return 0;
	for (struct curl_slist *i = chain->certinfo[0]; i != NULL; i = i->next)
		if (strncmp(i->data, name, strlen(name)) == 0)
			return curl_getdate(i->data + strlen(name), NULL);
	return 0;
}

struct answer
exchange_end(struct exchange *e, CURLcode code, struct arena *a)
{
	long status = number(e, CURLINFO_RESPONSE_CODE);
	long proxy = number(e, CURLINFO_HTTP_CONNECTCODE);
	/* a body that was cut, or that a range cut within its compression, is whole */
	if ((code == CURLE_WRITE_ERROR && e->body_len >= BODY_MAX) ||
	    (code == CURLE_BAD_CONTENT_ENCODING && status == 206))
		code = CURLE_OK;
	struct curl_header *location = NULL;
	char *type = NULL;
	curl_off_t wait = 0, micro = 0;
	curl_easy_header(e->easy, "Location", 0, CURLH_HEADER, -1, &location);
	curl_easy_getinfo(e->easy, CURLINFO_CONTENT_TYPE, &type);
	curl_easy_getinfo(e->easy, CURLINFO_RETRY_AFTER, &wait);
	curl_easy_getinfo(e->easy, CURLINFO_TOTAL_TIME_T, &micro);
	buffer_append(&e->page, "", 1);
	const char *to = location == NULL ? "" : location->value;
	to += to[0] == '\r'; /* so 7.88 gives an empty one */
	return (struct answer){
	    .fault = fault_of(e, code),
	    .why = tls_fault(e, code),
	    .status = (int)(status == 0 && proxy >= 400 ? proxy : status),
	    .location = to[0] == '\0' ? NULL : arena_strdup(a, to),
	    .is_page = type == NULL || strncasecmp(type, "text/", 5) == 0 ||
		strncasecmp(type, "application/xhtml", 17) == 0,
	    .page = e->page.data,
	    .retry_after = wait > DAY ? DAY : (int)wait,
	    .expires = expiry(e),
	    .seconds = (double)micro / 1e6,
	};
}

void
exchange_close(struct exchange *e)
{
	curl_easy_cleanup(e->easy);
	buffer_free(&e->page);
}
