/* speech.h - what a screen reader says of a composed document, as text for people.
 */
#ifndef COMPOSE_SPEECH_H
#define COMPOSE_SPEECH_H

#include "base/buffer.h"
#include "compose/document.h"

/* A line for all that is said, in order, in the user's language: what it is (and its
 * language, where that is not the document's), then its words; what stands within it is
 * indented.  A link has its name, which has its caption in it, and where it leads, then
 * its picture.  docs/accessibility.md says where browsers differ. */
void dump_speech(const struct document *doc, struct buffer *out);

#endif
