#include "base/system.h"

#include <errno.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/i18n.h"

/* The system's own words are translated only where its catalogs are installed. */
static const struct {
	int number;
	const char *words;
} known[] = {
    {EACCES, N_("no permission")},
    {EPERM, N_("no permission")},
    {EBADF, N_("it is closed")},
    {EBUSY, N_("it is in use")},
    {EDQUOT, N_("your disk quota is used up")},
    {EFBIG, N_("the file would be larger than the system allows")},
    {EIO, N_("the disk or the network reports an error")},
    {EISDIR, N_("it is a folder")},
    {ELOOP, N_("its symbolic links form a loop")},
    {EMFILE, N_("too many files are open")},
    {ENFILE, N_("too many files are open")},
    {ENAMETOOLONG, N_("the name is too long")},
    {ENODEV, N_("there is no such device")},
    {ENXIO, N_("there is no such device")},
    {ENOENT, N_("it does not exist")},
    {ENOSPC, N_("the disk is full")},
    {ENOTDIR, N_("part of the path is not a folder")},
    {EPIPE, N_("the program reading it stopped")},
    {EROFS, N_("the disk is read-only")},
    {ESTALE, N_("the network folder is gone")},
    {ETIMEDOUT, N_("the network folder does not respond")},
    {ETXTBSY, N_("it is in use")},
};

struct system_words
system_words(int number)
{
	struct system_words out;
	if (number == ENOMEM)
		memory_exhausted();
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		if (known[i].number == number) {
			snprintf(out.s, sizeof out.s, "%s", _(known[i].words));
			return out;
		}
	}
	snprintf(out.s, sizeof out.s, _("system error %d"), number);
	return out;
}
