/* version.h - the two editions that a document can be written as. */
#ifndef PDF_VERSION_H
#define PDF_VERSION_H

enum pdf_version {
	PDF_1_7, /* ISO 32000-1, PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) */
	PDF_2_0  /* ISO 32000-2, PDF/UA-2 (ISO 14289-2), PDF/A-4 (ISO 19005-4), WTPDF 1.0
		  */
};

#endif
