#include "link/address.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>

/* Every address is 16 bytes here: IPv4 as ::ffff:a.b.c.d (RFC 4291, 2.5.5.2). */
enum { ADDRESS_LEN = 16, IPV4_LEN = 4, IPV4_AT = ADDRESS_LEN - IPV4_LEN };

static const struct network {
	const char *start;
	int bits;
	int ipv4_at; /* the byte at which an IPv4 address is that decides; 0: all is
			private */
} networks[] = {{"::ffff:0.0.0.0", 104, 0}, {"::ffff:10.0.0.0", 104, 0},
    {"::ffff:100.64.0.0", 106, 0}, {"::ffff:127.0.0.0", 104, 0},
    {"::ffff:169.254.0.0", 112, 0}, {"::ffff:172.16.0.0", 108, 0},
    {"::ffff:192.0.0.0", 120, 0}, {"::ffff:192.168.0.0", 112, 0},
    {"::ffff:198.18.0.0", 111, 0},
    {"::ffff:224.0.0.0", 99, 0}, /* multicast, reserved, broadcast: all that follows */
    {"::", 127, 0},              /* unspecified and loopback */
    {"64:ff9b:1::", 48, 0}, {"100::", 64, 0}, {"2001::", 32, 0}, {"fc00::", 7, 0},
    {"fe80::", 10, 0}, {"fec0::", 10, 0}, {"ff00::", 8, 0}, {"64:ff9b::", 96, IPV4_AT},
    {"2002::", 16, 2}, {"::", 96, IPV4_AT}};

/* Whether A and B begin with the same BITS. */
static bool
same_bits(const unsigned char *a, const unsigned char *b, int bits)
{
	int bytes = bits / 8, rest = bits % 8;
	return memcmp(a, b, (size_t)bytes) == 0 &&
	    (rest == 0 || (a[bytes] ^ b[bytes]) >> (8 - rest) == 0);
}

static void
map_ipv4(const void *ipv4, unsigned char *out)
{
	memset(out, 0, ADDRESS_LEN);
	memset(out + IPV4_AT - 2, 0xff, 2);
	memcpy(out + IPV4_AT, ipv4, IPV4_LEN);
}

static bool
is_private(const unsigned char *address)
{
	for (size_t i = 0; i < sizeof networks / sizeof *networks; i++) {
		unsigned char start[ADDRESS_LEN], ipv4[ADDRESS_LEN];
		inet_pton(AF_INET6, networks[i].start, start);
		if (!same_bits(address, start, networks[i].bits))
			continue;
		if (networks[i].ipv4_at == 0)
			return true;
		map_ipv4(address + networks[i].ipv4_at, ipv4);
		if (is_private(ipv4))
			return true;
	}
	return false;
}

bool
address_is_private(const struct sockaddr *address)
{
	unsigned char bytes[ADDRESS_LEN];
	const void *any = address;
	if (address->sa_family == AF_INET)
		map_ipv4(&((const struct sockaddr_in *)any)->sin_addr, bytes);
	else if (address->sa_family == AF_INET6)
		memcpy(
		    bytes, &((const struct sockaddr_in6 *)any)->sin6_addr, ADDRESS_LEN);
	else
		return true;
	return is_private(bytes);
}

/* Reads what the LEN characters of TEXT spell, with or without brackets and zone. */
static bool
read_address(const char *text, size_t len, unsigned char *out)
{
	char copy[INET6_ADDRSTRLEN];
	size_t skip = len > 0 && text[0] == '[';
	len = strcspn(text + skip, "]%") < len - skip ? strcspn(text + skip, "]%")
						      : len - skip;
	if (len >= sizeof copy)
		return false;
	memcpy(copy, text + skip, len);
	copy[len] = '\0';
	if (inet_pton(AF_INET6, copy, out) == 1)
		return true;
	in_addr_t ipv4 = inet_addr(copy); /* 127.1 and 0x7f000001, as browsers do */
	map_ipv4(&ipv4, out);
	return ipv4 != (in_addr_t)-1 || strcmp(copy, "255.255.255.255") == 0;
}

bool
address_host_is_private(const char *host)
{
	unsigned char address[ADDRESS_LEN];
	size_t len = strlen(host), local = strlen("localhost");
	if (read_address(host, len, address))
		return is_private(address);
	len -= len > 0 && host[len - 1] == '.';
	return len >= local && strncasecmp(host + len - local, "localhost", local) == 0 &&
	    (len == local || host[len - local - 1] == '.');
}

/* Whether HOST is in the network, such as "192.0.2.0/24", of the LEN characters of TEXT.
 */
static bool
in_network(const char *host, const char *text, size_t len)
{
	unsigned char address[ADDRESS_LEN], start[ADDRESS_LEN];
	const char *slash = memchr(text, '/', len);
	size_t n = slash != NULL ? (size_t)(slash - text) : len;
	if (!read_address(host, strlen(host), address) || !read_address(text, n, start))
		return false;
	int all = memchr(text, ':', n) == NULL ? 8 * IPV4_LEN : 8 * ADDRESS_LEN;
	if (slash != NULL && strspn(slash + 1, "0123456789") == 0)
		return false;
	long bits = slash != NULL ? strtol(slash + 1, NULL, 10) : all;
	return bits >= 0 && bits <= all &&
	    same_bits(address, start, 8 * ADDRESS_LEN - all + (int)bits);
}

bool
address_host_in(const char *host, const char *list)
{
	static const char blanks[] = ", \t";
	size_t all = strlen(host), len;
	all -= all > 0 && host[all - 1] == '.';
	for (; *(list += strspn(list, blanks)) != '\0'; list += len) {
		len = strcspn(list, blanks);
		if ((len == 1 && list[0] == '*') || in_network(host, list, len))
			return true;
		size_t skip = strspn(list, "*") < len ? strspn(list, "*") : 0;
		skip += list[skip] == '.';
		size_t name = len - skip;
		if (name > 0 && name <= all &&
		    strncasecmp(host + all - name, list + skip, name) == 0 &&
		    (name == all || host[all - name - 1] == '.'))
			return true;
	}
	return false;
}

bool
address_has_route(void)
{
	static const char *const far[] = {"::ffff:198.51.100.1", "2001:db8::1"};
	bool found = false;
	for (int i = 0; i < 2 && !found; i++) {
		struct sockaddr_in6 to = {.sin6_family = AF_INET6, .sin6_port = htons(9)};
		inet_pton(AF_INET6, far[i], &to.sin6_addr);
		int fd = socket(AF_INET6, SOCK_DGRAM, 0);
		if (fd < 0)
			return true; /* nobody knows */
		found = connect(fd, (const void *)&to, sizeof to) == 0;
		close(fd);
	}
	return found;
}
