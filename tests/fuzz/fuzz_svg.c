/* Any bytes as an SVG: drawn or refused with a message, never more. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "logo/load.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* What a form refers to is in it. */
static void
check_form(const struct form *form)
{
	const char *p = form->bytes;
	assert(form->nobjects > 1 && form->objects[form->nobjects - 1].is_stream);
	for (int i = 0; i < form->nobjects; i++) {
		const char *end = p + form->objects[i].text_len;
		for (; p < end; p++)
			assert(*p != '@' || atoi(p + 1) < form->nobjects - 1);
		p += form->objects[i].data_len;
	}
	assert(p == (const char *)form->bytes + form->len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct logo_options options = {.box = {30, 20}, .max_ppi = 72};
	struct diag d = {0};
	struct codec codec;
	struct logo logo = {0};
	const struct logo_source file = {.bytes = data,
	    .len = len,
	    .card = {255, 255, (uint8_t)(len % 2 * 255)},
	    .path = "fuzz.svg",
	    .d = &d};
	if (sniff(&file) != FORMAT_SVG) {
		diag_free(&d);
		return -1;
	}
	codec_open(&codec);
	bool ok = logo_load(&options, &codec, &file, &logo);
	assert(ok == (d.nerrors == 0));
	assert(!ok || (logo.kind == LOGO_FORM && logo.size.w > 0 && logo.size.h > 0));
	if (ok)
		check_form(&logo.form);
	logo_free(&logo);
	codec_close(&codec);
	diag_free(&d);
	return 0;
}
