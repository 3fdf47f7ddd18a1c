/* folder.h - a folder for each test, which it works in: setup and teardown. */
#ifndef UNIT_FOLDER_H
#define UNIT_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
folder_make(void **state)
{
	static char folder[] = "/tmp/brochure-test-XXXXXX";
	memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
	*state = mkdtemp(folder);
	return *state == NULL || chdir(folder) != 0;
}

static int
folder_remove(void **state)
{
	char command[64];
	snprintf(command, sizeof command, "rm -rf %s", (const char *)*state);
	return chdir("/") != 0 || system(command) != 0;
}

#endif
