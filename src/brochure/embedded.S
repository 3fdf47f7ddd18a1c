/* The files of a new folder, linked in so that the program needs nothing beside it. */
	.section .rodata
	.macro file name, path
	.global new_\name, new_\name\()_end
	.hidden new_\name, new_\name\()_end
new_\name:
	.incbin "src/brochure/new/\path"
new_\name\()_end:
	.endm

	file announcement, "announcement.md"
	file cities, "cities.csv"
	file logo, "logo.png"
	file makefile, "Makefile"
	file gitignore, "gitignore"
	file gitattributes, "gitattributes"
	file workflow, "workflow.yml"

	.section .note.GNU-stack, "", %progbits
