/* The program's own fonts, linked in so that it runs from any folder. */
	.section .rodata
	.macro font name, file
	.global \name
	.global \name\()_end
	.balign 16
\name:
	.incbin "\file"
\name\()_end:
	.endm

	font font_data_regular, "fonts/SourceSans3-Regular.ttf"
	font font_data_italic, "fonts/SourceSans3-Italic.ttf"
	font font_data_bold, "fonts/SourceSans3-Bold.ttf"
	font font_data_bold_italic, "fonts/SourceSans3-BoldItalic.ttf"

	.section .note.GNU-stack, "", %progbits
