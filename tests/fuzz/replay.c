/* Gives a fuzz target the files that are named, one after the other. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
replay(FILE *file)
{
	struct buffer all = {0};
	size_t n;
	do {
		n = fread(buffer_reserve(&all, 65536), 1, 65536, file);
		all.len += n;
	} while (n > 0);
	LLVMFuzzerTestOneInput((const uint8_t *)all.data, all.len);
	buffer_free(&all);
}

int
main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: %s FILE...\n", argv[0]);
		return 2;
	}
	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "rb");
		if (file == NULL) {
			perror(argv[i]);
			return EXIT_FAILURE;
		}
		replay(file);
		fclose(file);
	}
	printf("%s: %d inputs replayed\n", argv[0], argc - 1);
	return EXIT_SUCCESS;
}
