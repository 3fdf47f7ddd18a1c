/* The output intent's ICC profile, linked into the program. */
	.section .rodata
	.global srgb_icc, srgb_icc_end
	.hidden srgb_icc, srgb_icc_end
	.balign 16
srgb_icc:
	.incbin "src/pdf/srgb.icc"
srgb_icc_end:
	.section .note.GNU-stack, "", %progbits
