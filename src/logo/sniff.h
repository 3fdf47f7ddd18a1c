/* sniff.h - what a logo's file is, by its first bytes. */
#ifndef LOGO_SNIFF_H
#define LOGO_SNIFF_H

#include <stddef.h>

#include "logo/source.h"

enum logo_format { FORMAT_OTHER, FORMAT_PNG, FORMAT_JPEG, FORMAT_SVG };

/* What FILE begins as (PNG, third edition, 5.2 and 11.2.1; ISO/IEC 10918-1, B.2.2),
 * or as XML speaks of near its start.
 * FORMAT_OTHER: it cannot be taken, also for its size; reported. */
enum logo_format sniff(const struct logo_source *file);

/* Bytes that the pixels of FILE take once they are decoded, by its header; 0: none. */
size_t sniff_pixels_len(const struct logo_source *file);

#endif
