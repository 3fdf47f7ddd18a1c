#include "link/address.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Whether the address that TEXT spells is private. */
static bool
is_private(const char *text)
{
	struct sockaddr_in ipv4 = {.sin_family = AF_INET};
	struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6};
	if (inet_pton(AF_INET, text, &ipv4.sin_addr) == 1)
		return address_is_private((const struct sockaddr *)&ipv4);
	assert_int_equal(inet_pton(AF_INET6, text, &ipv6.sin6_addr), 1);
	return address_is_private((const struct sockaddr *)&ipv6);
}

/* The first and last address of each network of RFC 6890 that readers cannot reach. */
static const char *const private_addresses[] = {"0.0.0.0", "0.255.255.255", "10.0.0.0",
    "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255",
    "169.254.0.0", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.1",
    "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.1.2.3",
    "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "64:ff9b:1::1", "100::1", "2001::1", "2002:7f00:1::", "2002:a00:1::5",
    "fc00::", "fdff:ffff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1"};

/* The addresses beside them. */
static const char *const public_addresses[] = {"1.0.0.0", "9.255.255.255", "11.0.0.0",
    "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255",
    "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
    "198.17.255.255", "198.20.0.0", "223.255.255.255", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "2002:808:808::1", "2001:4860:4860::8888", "2a00::1", "fbff::1",
    "fe00::1"};

static void
addresses_that_readers_cannot_reach_are_private(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(private_addresses); i++)
		if (!is_private(private_addresses[i]))
			fail_msg("%s", private_addresses[i]);
	for (size_t i = 0; i < COUNT(public_addresses); i++)
		if (is_private(public_addresses[i]))
			fail_msg("%s", public_addresses[i]);
}

static void
what_is_not_an_ip_address_is_private(void **state)
{
	(void)state;
	struct sockaddr local = {.sa_family = AF_UNIX};
	assert_true(address_is_private(&local));
}

static void
hosts_show_what_they_are(void **state)
{
	(void)state;
	static const struct {
		const char *host;
		bool is_private;
	} cases[] = {{"127.0.0.1", true}, {"[::1]", true}, {"[::ffff:10.0.0.1]", true},
	    {"[fe80::1%25eth0]", true}, {"127.1", true}, {"0x7f000001", true},
	    {"2130706433", true}, {"255.255.255.255", true}, {"8.8.2056", false},
	    {"localhost", true}, {"LocalHost.", true}, {"a.b.localhost", true},
	    {"localhost.gent.be", false}, {"mylocalhost", false}, {"8.8.8.8", false},
	    {"[2a00::1]", false}, {"gent.be", false}, {"", false}, {".", false},
	    {"[", false},
	    {"[1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb]", false}};
	for (size_t i = 0; i < COUNT(cases); i++)
		if (address_host_is_private(cases[i].host) != cases[i].is_private)
			fail_msg("%s", cases[i].host);
}

/* As curl reads no_proxy, and with "*.", brackets and the forms of addresses besides. */
static void
hosts_are_found_in_lists(void **state)
{
	(void)state;
	static const struct {
		const char *host, *list;
		bool found;
	} cases[] = {{"gent.be", "gent.be", true}, {"a.gent.be", "x, .GENT.be", true},
	    {"a.gent.be", "x\ty *.gent.be", true}, {"gent.be.", "gent.be", true},
	    {"gent.be", "a.gent.be", false}, {"agent.be", "gent.be", false},
	    {"gent.be", "", false}, {"gent.be", ",. ,*., ", false},
	    {"gent.be", "a,*", true}, {"10.1.2.3", "10.0.0.0/8", true},
	    {"11.1.2.3", "10.0.0.0/8", false}, {"10.1.2.3", "10.1.2.3", true},
	    {"10.1.2.3", "10.1.2.30", false}, {"10.1.2.3", "10.1.2.2/31,x", true},
	    {"10.1.2.4", "10.1.2.2/31", false}, {"10.1.2.3", "0.0.0.0/0", true},
	    {"10.1.2.3", "10.1.2.3/", false}, {"10.1.2.3", "10.1.2.3/33", false},
	    {"10.1.2.3", "10.1.2.3/-1", false}, {"10.1.2.3", "/8", false},
	    {"gent.be", "0.0.0.0/0", false}, {"[fd00::5]", "fd00::/8", true},
	    {"[fd00::5]", "[fd00::5]", true}, {"[fd00::5]", "fd00:0::5", true},
	    {"[fd00::5]", "fe00::/8", false}, {"[::1]", "0.0.0.0/0", false}};
	for (size_t i = 0; i < COUNT(cases); i++)
		if (address_host_in(cases[i].host, cases[i].list) != cases[i].found)
			fail_msg("%s in %s", cases[i].host, cases[i].list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(addresses_that_readers_cannot_reach_are_private),
	    cmocka_unit_test(what_is_not_an_ip_address_is_private),
	    cmocka_unit_test(hosts_show_what_they_are),
	    cmocka_unit_test(hosts_are_found_in_lists),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
