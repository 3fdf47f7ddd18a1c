#include "base/streams.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void
streams_open(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			/* the lowest free number; the wrong way round on purpose */
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}
