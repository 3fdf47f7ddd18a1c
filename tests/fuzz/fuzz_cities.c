/* Any bytes as the list of cities: read or refused with a message, never more. */
#include "cities/cities.h"

#include "reading.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct reading r = reading_open(data, len);
	struct cities read;
	reading_close(&r, cities_parse(&r.source, &r.a, &r.d, &read));
	return 0;
}
