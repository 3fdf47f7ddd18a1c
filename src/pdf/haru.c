#include "pdf/haru.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/text.h"

static void *
haru_alloc(HPDF_UINT size)
{
	return memory_alloc(size);
}

/* libharu reports here what it found by itself; its objects only return a status. */
static void
note_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
	struct pdf *pdf = user;
	(void)detail;
	if (pdf->fault == HPDF_OK)
		pdf->fault = error;
}

static void
note(struct pdf *pdf, HPDF_STATUS status)
{
	if (status != HPDF_OK && pdf->fault == HPDF_OK)
		pdf->fault = status;
}

bool
haru_open(struct pdf *pdf)
{
	pdf->haru = HPDF_NewEx(note_error, haru_alloc, free, 0, pdf);
	if (pdf->haru == NULL)
		note(pdf, HPDF_FAILD_TO_ALLOC_MEM);
	return pdf->haru != NULL;
}

void
haru_close(struct pdf *pdf)
{
	if (pdf->haru != NULL)
		HPDF_Free(pdf->haru);
	pdf->haru = NULL;
}

HPDF_Dict
haru_dict(struct pdf *pdf)
{
	return HPDF_Dict_New(pdf->haru->mmgr);
}

HPDF_Dict
haru_indirect(struct pdf *pdf)
{
	HPDF_Dict dict = haru_dict(pdf);
	note(pdf, HPDF_Xref_Add(pdf->haru->xref, dict));
	return dict;
}

HPDF_Array
haru_array(struct pdf *pdf)
{
	return HPDF_Array_New(pdf->haru->mmgr);
}

HPDF_String
haru_string(struct pdf *pdf, const char *bytes)
{
	return HPDF_String_New(pdf->haru->mmgr, bytes, NULL);
}

void *
haru_text(struct pdf *pdf, const char *utf8)
{
	struct buffer text = {0};
	void *string;
	if (text_encode(&text, bytes_of(utf8))) {
		buffer_append(&text, "", 1);
		string = haru_string(pdf, text.data);
	} else {
		string = HPDF_Binary_New(
		    pdf->haru->mmgr, (HPDF_BYTE *)text.data, (HPDF_UINT)text.len);
	}
	buffer_free(&text);
	return string;
}

void *
haru_reference(struct pdf *pdf, int number)
{
	/* libharu makes a reference of any header that says it is indirect */
	HPDF_Obj_Header *target = arena_alloc(&pdf->arena, sizeof *target);
	target->obj_id = (HPDF_UINT32)number | HPDF_OTYPE_INDIRECT;
	target->obj_class = HPDF_OCLASS_NULL;
	return target;
}

void
haru_set(struct pdf *pdf, HPDF_Dict dict, const char *key, void *value)
{
	note(pdf, HPDF_Dict_Add(dict, key, value));
}

void
haru_set_name(struct pdf *pdf, HPDF_Dict dict, const char *key, const char *name)
{
	note(pdf, HPDF_Dict_AddName(dict, key, name));
}

void
haru_set_number(struct pdf *pdf, HPDF_Dict dict, const char *key, int value)
{
	note(pdf, HPDF_Dict_AddNumber(dict, key, value));
}

void
haru_add(struct pdf *pdf, HPDF_Array array, void *value)
{
	note(pdf, HPDF_Array_Add(array, value));
}

void
haru_add_number(struct pdf *pdf, HPDF_Array array, int value)
{
	note(pdf, HPDF_Array_AddNumber(array, value));
}

HPDF_Dict
haru_stream(struct pdf *pdf, struct bytes data)
{
	HPDF_Dict dict = haru_indirect(pdf);
	haru_set_name(pdf, dict, "Filter", "FlateDecode");
	data = serializer_deflate(&pdf->file, data);
	data.data = arena_strndup(&pdf->arena, data.data, data.len);
	*arena_append(&pdf->arena, pdf->streams, pdf->nstreams) =
	    (struct haru_stream){dict, data};
	return dict;
}

int
haru_number(HPDF_Dict dict)
{
	return (int)(dict->header.obj_id & 0x00FFFFFF);
}

/* Only /Info, and that only where the standard wants none (ISO 19005-4, 6.1.3). */
static bool
is_left_out(const struct pdf *pdf, const void *object)
{
	return pdf->version == PDF_2_0 && object == pdf->haru->info;
}

void
haru_number_all(struct pdf *pdf)
{
	HPDF_Xref xref = pdf->haru->xref;
	for (HPDF_UINT i = 1; i < xref->entries->count; i++) {
		HPDF_Obj_Header *object = HPDF_Xref_GetEntry(xref, i)->obj;
		if (!is_left_out(pdf, object))
			object->obj_id = HPDF_OTYPE_INDIRECT |
			    (HPDF_UINT32)serializer_reserve(&pdf->file, 1);
	}
}

/* The sink of libharu's serializing: a buffer. */
static HPDF_STATUS
append_bytes(HPDF_Stream stream, const HPDF_BYTE *data, HPDF_UINT len)
{
	buffer_append(stream->attr, data, len);
	return HPDF_OK;
}

static void
put_value(struct pdf *pdf, void *object, struct buffer *out)
{
	HPDF_Stream stream = HPDF_CallbackWriter_New(pdf->haru->mmgr, append_bytes, out);
	note(pdf, HPDF_Obj_WriteValue(object, stream, NULL));
	HPDF_Stream_Free(stream);
}

static void
haru_stream_write(struct pdf *pdf, const struct haru_stream *stream)
{
	struct buffer text = {0};
	put_value(pdf, stream->dict, &text);
	/* "<<" and ">>" are stream_write's */
	stream_write(&pdf->file, haru_number(stream->dict),
	    (struct bytes){text.data + 2, text.len - 4}, stream->data);
	buffer_free(&text);
}

void
haru_write_all(struct pdf *pdf)
{
	HPDF_Xref xref = pdf->haru->xref;
	int next = 0;
	for (HPDF_UINT i = 1; i < xref->entries->count; i++) {
		HPDF_Dict object = HPDF_Xref_GetEntry(xref, i)->obj;
		if (is_left_out(pdf, object))
			continue;
		if (next < pdf->nstreams && pdf->streams[next].dict == object) {
			haru_stream_write(pdf, &pdf->streams[next++]);
			continue;
		}
		put_value(pdf, object, object_begin(&pdf->file, haru_number(object)));
		object_end(&pdf->file);
	}
}
