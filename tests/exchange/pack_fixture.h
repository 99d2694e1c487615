/* SPDX-License-Identifier: MIT */
/* A customer ten months into the year, with the renewal in sight, in both languages. */
#ifndef PACK_FIXTURE_H
#define PACK_FIXTURE_H

#include <tend/exchange.h>

struct fixture {
	struct tend_pack pack;
	struct tend_customer customer;
	struct tend_pack_stage stages[4];
	struct tend_milestone milestones[9];
	struct tend_item items[8];
	struct tend_pack_milestone rows[9];
	struct tend_subscription subscriptions[2];
	struct tend_pack_usage usage[2];
	struct tend_alert alerts[2];
	struct tend_activity contacts[2];
	const char *steps[3];
};

/* The language has to be set before. */
void fixture_make(struct fixture *f);
/* A customer and nothing else. */
void fixture_make_bare(struct fixture *f);
/* Every text of the book is `text`. */
void fixture_make_hostile(struct fixture *f, const char *text);

#endif
