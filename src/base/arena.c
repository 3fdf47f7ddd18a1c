#include "base/arena.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __GLIBC__ /* which the headers above define */
#include <malloc.h>
#endif

/* the first one is small, for arenas that serve one paragraph */
enum { FIRST_CHUNK_LEN = 8 * 1024, CHUNK_LEN = 64 * 1024 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t len, used;
	max_align_t bytes[];
};

/* Prepared while there is memory, for when there is none. */
static struct {
	char text[MEMORY_WORDS_MAX];
	size_t len;
	atomic_flag said;
} last_words = {.text = PACKAGE ": error: out of memory\n",
    .len = sizeof PACKAGE ": error: out of memory\n" - 1,
    .said = ATOMIC_FLAG_INIT};

void
memory_prepare(const char *text, size_t len)
{
	if (len > sizeof last_words.text)
		return;
	memcpy(last_words.text, text, len);
	last_words.len = len;
}

void
memory_exhausted(void)
{
	while (atomic_flag_test_and_set(&last_words.said))
		pause(); /* another thread is ending the program */
	const char *s = last_words.text;
	for (size_t len = last_words.len; len > 0;) {
		ssize_t n = write(STDERR_FILENO, s, len);
		if (n <= 0)
			break;
		s += n;
		len -= (size_t)n;
	}
	quick_exit(EXIT_FAILURE); /* exit would free what other threads still use */
}

void
memory_watch(void)
{
	errno = 0;
}

void
memory_watched(void)
{
	if (errno == ENOMEM)
		memory_exhausted();
}

void
memory_trim(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}

void *
memory_alloc(size_t size)
{
	return memory_resize(NULL, size);
}

void *
memory_resize(void *p, size_t size)
{
	void *q = realloc(p, size > 0 ? size : 1);
	if (q == NULL)
		memory_exhausted();
	return q;
}

static struct arena_chunk *
chunk_add(struct arena *a, size_t len)
{
	struct arena_chunk *chunk = calloc(1, sizeof *chunk + len);
	if (chunk == NULL)
		memory_exhausted();
	chunk->len = len;
	/* one that is full at once goes after the newest, which may have room left */
	if (a->chunks != NULL && len != CHUNK_LEN) {
		chunk->next = a->chunks->next;
		a->chunks->next = chunk;
	} else {
		chunk->next = a->chunks;
		a->chunks = chunk;
	}
	return chunk;
}

/* The length of a new chunk that holds SIZE. */
static size_t
chunk_len(const struct arena *a, size_t size)
{
	size_t len = a->chunks == NULL ? FIRST_CHUNK_LEN : CHUNK_LEN;
	return size > len / 4 ? size : len;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	if (size > SIZE_MAX / 2)
		memory_exhausted();
	size = (size + align - 1) / align * align;
	struct arena_chunk *chunk = a->chunks;
	if (chunk == NULL || chunk->len - chunk->used < size)
		chunk = chunk_add(a, chunk_len(a, size));
	void *p = (char *)chunk->bytes + chunk->used;
	chunk->used += size;
	return p;
}

char *
arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *copy = arena_alloc(a, len + 1);
	if (len > 0)
		memcpy(copy, s, len);
	return copy;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *
arena_vprintf(struct arena *a, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (len < 0)
		memory_exhausted();
	char *s = arena_alloc(a, (size_t)len + 1);
	vsnprintf(s, (size_t)len + 1, format, args);
	return s;
}

char *
arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *s = arena_vprintf(a, format, args);
	va_end(args);
	return s;
}

void *
arena_grow(struct arena *a, void *items, int n, size_t size)
{
	if ((n & (n - 1)) != 0)
		return items;
	size_t cap = n > 0 ? 2 * (size_t)n : 1;
	if (size > 0 && cap > SIZE_MAX / 2 / size)
		memory_exhausted();
	void *larger = arena_alloc(a, cap * size);
	if (n > 0)
		memcpy(larger, items, (size_t)n * size);
	return larger;
}

void
arena_free(struct arena *a)
{
	while (a->chunks != NULL) {
		struct arena_chunk *next = a->chunks->next;
		free(a->chunks);
		a->chunks = next;
	}
}
