#include "link/address.h"

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

static bool
within(const unsigned char *address, const struct network *network)
{
	unsigned char start[ADDRESS_LEN];
	inet_pton(AF_INET6, network->start, start);
	int bytes = network->bits / 8, rest = network->bits % 8;
	return memcmp(address, start, (size_t)bytes) == 0 &&
	    (rest == 0 || (address[bytes] ^ start[bytes]) >> (8 - rest) == 0);
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
		unsigned char ipv4[ADDRESS_LEN];
		if (!within(address, &networks[i]))
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

bool
address_host_is_private(const char *host)
{
	unsigned char address[ADDRESS_LEN];
	char text[INET6_ADDRSTRLEN];
	size_t len =
	    strcspn(host += host[0] == '[', "]%"); /* brackets and zone of IPv6 */
	if (len < sizeof text) {
		memcpy(text, host, len);
		text[len] = '\0';
		if (inet_pton(AF_INET6, text, address) == 1)
			return is_private(address);
		in_addr_t ipv4 =
		    inet_addr(text); /* 127.1 and 0x7f000001, as browsers do */
		map_ipv4(&ipv4, address);
		if (ipv4 != (in_addr_t)-1 || strcmp(text, "255.255.255.255") == 0)
			return is_private(address);
	}
	size_t local = strlen("localhost");
	len -= len > 0 && host[len - 1] == '.';
	return len >= local && strncasecmp(host + len - local, "localhost", local) == 0 &&
	    (len == local || host[len - local - 1] == '.');
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
