/* SPDX-License-Identifier: MIT */
#ifndef TUI_FIRST_H
#define TUI_FIRST_H

#include <tend/record.h>

enum offer_id { OFFER_SAMPLE = 1, OFFER_ADD, OFFER_IMPORT, OFFER_EMPTY };

struct offer {
	int64_t id;
	const char *title, *detail; /* to be translated */
};
extern const struct tend_record_type offer_type;

#endif
