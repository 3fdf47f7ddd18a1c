/* Any bytes as an announcement: read or refused with a message, never more. */
#include "announcement/announcement.h"

#include "reading.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct reading r = reading_open(data, len);
	struct announcement read;
	reading_close(&r, announcement_parse(&r.source, &r.a, &r.d, &read));
	return 0;
}
