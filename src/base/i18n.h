/* i18n.h - messages in the reader's language (GNU gettext).
 *
 * _("…") marks a whole sentence for translation; N_("…") marks one that is translated
 * where it is used.  Only LC_MESSAGES and LC_CTYPE are ever set, so that numbers in a PDF
 * keep their decimal point.
 */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <libintl.h>

#define _(msgid)  gettext(msgid)
#define N_(msgid) msgid

/* Sets the language from the environment, also where the system lacks that locale.  To
 * be called once, before any thread is started.  Catalogs lie in locale/ beside the
 * program (a checkout), in ../share/locale (an installation) or in LOCALEDIR. */
void i18n_start(void);

#endif
