/* address.h - hosts and network addresses that readers elsewhere cannot reach (IANA's
 * registries of special-purpose addresses, RFC 6890).
 *
 * Pure.
 */
#ifndef LINK_ADDRESS_H
#define LINK_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* Whether ADDRESS is this computer or on a private network; also where it is an IPv4
 * address within an IPv6 one.  What is not an IP address is private. */
bool address_is_private(const struct sockaddr *address);

/* The same for the host of a URL, as far as it shows: an address, or localhost. */
bool address_host_is_private(const char *host);

/* Whether HOST is in LIST, names and networks with commas or blanks between them, as
 * no_proxy has: "gent.be" and ".gent.be" with what is below, "*.gent.be", "192.0.2.0/24",
 * "2001:db8::/32", "*". */
bool address_host_in(const char *host, const char *list);

/* Whether the system knows a way to public networks; nothing is sent. */
bool address_has_route(void);

#endif
