#include "compose/code.h"

#include <assert.h>
#include <errno.h>
#include <qrencode.h>

/* modules a side in version 1, and more of them in each after it (6.3.1) */
enum { NARROWEST = 21, WIDER = 4 };

const struct code *
code_make_wide(struct arena *a, const char *text, int width)
{
	int version = (width - NARROWEST) / WIDER + 1;
	QRcode *made = QRcode_encodeString(text, version, QR_ECLEVEL_M, QR_MODE_8, 1);
	if (made == NULL && errno == ENOMEM)
		memory_exhausted();
	assert(made != NULL);
	struct code *code = arena_alloc(a, sizeof *code);
	size_t n = (size_t)made->width * (size_t)made->width;
	bool *dark = arena_alloc(a, n * sizeof *dark);
	for (size_t i = 0; i < n; i++)
		dark[i] = made->data[i] & 1;
	*code = (struct code){made->width, dark};
	QRcode_free(made);
	return code;
}

const struct code *
code_make(struct arena *a, const char *text)
{
	return code_make_wide(a, text, NARROWEST);
}

int
code_side(const struct code *code)
{
	return code->width + 2 * CODE_QUIET;
}

void
code_draw(struct builder *b, int mark, const struct code *code, struct rect at)
{
	double module = at.w / code_side(code);
	area_add(b, mark, at, (struct color){255, 255, 255});
	struct code_box *box = &box_add(b, BOX_CODE, mark)->code;
	box->code = code;
	box->module = module;
	box->x = at.x + CODE_QUIET * module;
	box->y = at.y + CODE_QUIET * module;
}
