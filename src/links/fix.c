#include "links/fix.h"

#include <string.h>

#include "base/buffer.h"
#include "base/i18n.h"
#include "diag/program.h"
#include "link/address.h"
#include "link/link.h"
#include "link/url.h"

enum fix
fix_of(const struct target *target, struct arena *a)
{
	const struct outcome *out = &target->outcome;
	struct url old, new, end;
	struct link_verdict verdict = {0};
	url_read(target->url, a, &old);
	url_read(out->end, a, &end);
	if (!url_read(out->moved, a, &new) ||
	    !link_judge(out->moved, LINK_WEB, a, &verdict) || out->downgraded ||
	    strlen(new.scheme) < strlen(old.scheme) ||
	    (address_host_is_private(new.host) && !address_host_is_private(old.host)) ||
	    (url_is_home(&new) && !url_is_home(&old)) || url_is_login(&new) ||
	    url_is_login(&end))
		return FIX_NEVER;
	return url_same_owner(&old, &new) ? FIX_SAFE : FIX_OTHER_OWNER;
}

/* Whether the file at PATH is still what LIST was read from. */
static bool
is_same(const struct list *list, const char *path, struct arena *a, struct diag *d)
{
	struct source now;
	if (!source_read(path, LIST_MAX, a, d, &now))
		return false;
	if (now.len == list->saved.len &&
	    memcmp(now.bytes, list->saved.bytes, now.len) == 0)
		return true;
	diag_report(d, RULE_FILE_CHANGED, (struct place){.file = path},
	    _("the file changed while its links were checked, so nothing was written; try again"));
	return false;
}

void
fix_write(struct list *list, const char *path, bool any, struct arena *a, struct diag *d)
{
	struct buffer text = {0};
	size_t done = 0;
	for (int i = 0; i < list->nreferences; i++) {
		struct reference *reference = &list->references[i];
		const struct target *target = &list->targets[reference->target];
		enum fix fix = FIX_NEVER;
		if (reference->cell != NULL && target->outcome.class == CLASS_MOVED)
			fix = fix_of(target, a);
		reference->fixed = fix == FIX_SAFE || (fix == FIX_OTHER_OWNER && any);
		if (!reference->fixed)
			continue;
		struct csv_splice splice =
		    csv_replace(&list->table, reference->cell, target->outcome.moved, a);
		buffer_append(&text, list->saved.bytes + done, splice.start - done);
		buffer_append(&text, splice.bytes, splice.len);
		done = splice.end;
	}
	buffer_append(&text, list->saved.bytes + done, list->saved.len - done);
	bool ok = done > 0 && is_same(list, path, a, d) && program_save(path, &text, d);
	for (int i = 0; i < list->nreferences && ok; i++) {
		const struct reference *reference = &list->references[i];
		const struct target *target = &list->targets[reference->target];
		if (reference->fixed)
			diag_report(d, RULE_LINK_FIXED, reference->at,
			    _("moved permanently: wrote \"%s\" in place of \"%s\""),
			    target->outcome.moved, target->url);
	}
	buffer_free(&text);
}
